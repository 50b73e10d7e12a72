"""`hub demo`: what it prints, what it refuses, and that it writes only where it may."""

import pytest

from orchestration import cli
from sources import demo
from sources.demo.schedule import Preset


@pytest.fixture
def calls(monkeypatch):
    """Stands in for writing, which its own package tests: one file, and what was asked for."""
    heard = []

    def answer(out, preset, seed, scale, progress):
        heard.append((preset, seed, scale))
        out.mkdir(parents=True, exist_ok=True)
        (out / "arrivals.csv").write_text("path,published_on,received_on\n")
        progress("council_return")
        return 1

    monkeypatch.setattr(demo, "write_edition", answer)
    return heard


def test_it_says_how_much_was_written_and_where(calls, tmp_path, capsys):
    out = tmp_path / "edition"
    assert cli.main(["demo", "--out", str(out), "--seed", "7", "--scale", "3", "--rounds", "2"]) == 0
    assert calls == [(Preset(rounds=2), 7, 3)]
    assert f"1 illustrative deliveries, 0.0 MB, in {out}" in capsys.readouterr().out


def test_a_preset_keeps_its_rounds_when_none_are_given(calls, tmp_path):
    assert cli.main(["demo", "--out", str(tmp_path / "edition"), "--preset", "small"]) == 0
    ((preset, seed, scale),) = calls
    assert (preset.rounds, seed, scale) == (4, demo.SEED, 1)


def test_an_empty_folder_and_an_older_edition_are_written_over(calls, tmp_path):
    assert cli.main(["demo", "--out", str(tmp_path)]) == 0
    assert cli.main(["demo", "--out", str(tmp_path)]) == 0
    assert len(calls) == 2


@pytest.mark.parametrize("inside", ["notes.txt", ".hidden"])
def test_a_folder_that_is_no_edition_is_left_alone(calls, tmp_path, capsys, inside):
    (tmp_path / inside).write_text("mine")
    assert cli.main(["demo", "--out", str(tmp_path)]) == 2
    assert (calls, (tmp_path / inside).read_text()) == ([], "mine")
    assert "is no illustrative edition: name a new or empty folder" in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_left_alone(calls, tmp_path):
    (tmp_path / "out").write_text("mine")
    assert cli.main(["demo", "--out", str(tmp_path / "out")]) == 2
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("wrong", [["--scale", "0"], ["--rounds", "0"], ["--seed", "-1"], ["--preset", "huge"], []])
def test_arguments_that_make_no_edition_are_refused(calls, tmp_path, wrong):
    arguments = ["demo", *wrong, *(["--out", str(tmp_path)] if wrong else [])]
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert (stopped.value.code, calls) == (2, [])
