"""`hub pack`: files made of pages that are there, and what is said where they cannot be."""

import builtins
import re
import zipfile
import zlib

import pytest

from orchestration import cli
from orchestration.commands import pack
from orchestration.settings import Settings

PAGE = '<!DOCTYPE html><html lang="en-GB"><head><title>Pack</title></head><body><h1>Pack</h1></body></html>'


@pytest.fixture
def home(tmp_path, monkeypatch):
    site = tmp_path / "home" / "published" / "site"
    for name, text in {"pack/E1.html": PAGE, **dict.fromkeys(pack.STYLES, "body {}")}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def without_pango(monkeypatch):
    """A machine on which the library of text is missing."""
    real = builtins.__import__

    def missing(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nsecond line")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)


def test_without_the_system_library_it_says_what_to_install(home, without_pango, capsys):
    assert cli.main(["pack", "E1", "--out", str(home)]) == 1
    said = capsys.readouterr().err
    assert "libpango" in said
    assert "pip install '.[pdf]'" in said
    assert "second line" not in said
    assert not (home / "E1.pdf").exists()


def test_the_zip_holds_the_page_and_its_styles_and_is_the_same_twice(home, without_pango):
    for folder in ("a", "b"):
        assert cli.main(["pack", "E1", "--zip", "--out", str(home / folder)]) == 0
    assert (home / "a" / "E1.zip").read_bytes() == (home / "b" / "E1.zip").read_bytes()
    with zipfile.ZipFile(home / "a" / "E1.zip") as archive:
        assert sorted(archive.namelist()) == sorted(["pack/E1.html", *pack.STYLES])


def test_a_pack_that_is_not_there_is_named(home, capsys):
    assert cli.main(["pack", "E9", "--out", str(home)]) == 2
    assert "There is no pack of E9" in capsys.readouterr().err


def test_before_anything_is_published_it_says_so(tmp_path, capsys):
    assert pack.pack(Settings(tmp_path), ["E1"], tmp_path, as_zip=False) == 2
    assert "hub build" in capsys.readouterr().err


def test_the_pdf_is_tagged_and_in_english(home):
    pytest.importorskip("weasyprint", reason="the extra `pdf` is not installed", exc_type=(ImportError, OSError))
    assert cli.main(["pack", "E1", "--out", str(home)]) == 0
    raw = (home / "E1.pdf").read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL)
    said = raw + b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    assert b"/StructTreeRoot" in said
    assert b"en-GB" in said
