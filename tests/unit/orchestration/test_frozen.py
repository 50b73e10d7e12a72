"""Freezing and verifying, on a small published state whose pages are one file."""

import json
from datetime import date

import duckdb
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from orchestration import cli
from orchestration.lib import frozen, manifest, releases, seal, verify
from orchestration.settings import Settings

DELIVERY = (
    "some_feed", "some_feed-1", "table.csv", None, "ab" * 32, 12, "2009-03-02 10:00:01", date(2009, 3, 1),
    date(2009, 3, 2), "landed", "Illustrative data",
)  # fmt: skip


def publish(settings):
    folder = releases.begin(settings)
    for kind in ("csv", "parquet"):
        (folder / kind).mkdir()
        (folder / kind / f"dim_area.{kind}").write_text(kind)
    with duckdb.connect(str(folder / "hub.duckdb")) as con:
        con.execute("create schema marts")
        con.execute(
            """create table marts.dim_delivery (
                feed varchar, delivery_id varchar, file_name varchar, source_url varchar, sha256 varchar, bytes bigint,
                received_at timestamp, published_on date, known_from date, status varchar, edition varchar)"""
        )
        con.execute(f"insert into marts.dim_delivery values ({', '.join('?' * 11)})", DELIVERY)
        con.execute(
            "create table marts.quality_issue as select 'some_feed' as feed, 'some_feed-1' as delivery_id, "
            "'again.csv' as file_name, 'the same bytes' as message, 'info' as severity, 'resent' as check_name, "
            "3 as occurrences"
        )
        con.execute("create table marts.lineage_test as select 'pass' as status from range(4)")
    releases.set_ready(settings)
    releases.show(settings)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    settings = Settings(tmp_path / "home")
    publish(settings)
    monkeypatch.setenv("HUB_HOME", str(settings.home))

    def make(release, *, frozen):
        (release / "site").mkdir()
        (release / "site" / "index.html").write_text("released: " + ", ".join(folder.name for folder in frozen))

    def compare(old, new):
        con = duckdb.connect()
        con.execute("create table changes as select 1 as kind")
        return con

    monkeypatch.setattr("orchestration.lib.pages.make", make)
    monkeypatch.setattr("orchestration.lib.diff.compare", compare)
    return settings


@pytest.fixture
def keys(tmp_path):
    key = Ed25519PrivateKey.generate()
    private, public = tmp_path / "key.pem", tmp_path / "key.pub"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_release_is_whole_read_only_and_reached_through_published(settings, keys):
    raw = settings.home / "raw" / "some_feed"
    raw.mkdir(parents=True)
    (raw / f"{'ab' * 32}.meta").write_text("meta")
    folder = frozen.freeze(settings, "2009-Q1", keys[0], "The hub team")
    assert settings.published.joinpath("releases", "2009-Q1", "hub.duckdb").samefile(folder / "hub.duckdb")
    assert sorted(path.name for path in folder.iterdir()) == [
        "SHA256SUMS", "SIGNATURE", "csv", "hub.duckdb", "manifest.json", "parquet", "site",
    ]  # fmt: skip
    assert {path.stat().st_mode & 0o222 for path in folder.rglob("*") if path.is_file()} == {0}
    told = manifest.read(folder)
    assert (told["name"], told["number"], told["supersedes"], told["as_at"]) == ("2009-Q1", 1, "", "2009-03-02")
    assert told["rows"] == {"dim_delivery": 1, "lineage_test": 4, "quality_issue": 1}
    assert told["checks"] == {"tests": {"pass": 4}, "quality_issues": {"info": 3}}
    assert told["inputs"][0]["received_at"] == "2009-03-02T10:00:01"
    assert told["inputs"][0]["companion_sha256"] == seal.sha256(raw / f"{'ab' * 32}.meta")
    assert told["resent"][0]["file_name"] == "again.csv"
    assert told["signed"] == {"by": "The hub team", "public_key": seal.public_key(keys[1])}
    assert len(told["code"]["sha256"]) == 64
    assert verify.problems(folder, seal.public_key(keys[1])) == []


def test_the_public_pages_list_the_release_and_the_data_stay(settings):
    before = (settings.published / "hub.duckdb").read_bytes()
    frozen.freeze(settings, "one")
    assert (settings.published / "site" / "index.html").read_text() == "released: .preparing"
    assert (settings.published / "hub.duckdb").read_bytes() == before
    frozen.freeze(settings, "two", reason="A figure was wrong.")
    second = manifest.read(settings.frozen / "two")
    assert (second["supersedes"], second["reason"], second["number"]) == ("one", "A figure was wrong.", 2)
    assert second["earlier"] == [{"name": "one", "sha256sums": seal.sha256(settings.frozen / "one" / seal.SUMS)}]
    assert [folder.name for folder in frozen.every(settings)] == ["one", "two"]
    assert (settings.frozen / "two" / "changes.csv").exists()


def test_the_same_state_and_key_give_the_same_release(settings, keys):
    first = frozen.freeze(settings, "one", keys[0])
    sums = {name: (first / name).read_bytes() for name in (seal.SUMS, seal.SIGNATURE)}
    for path in sorted(first.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    first.rmdir()
    again = frozen.freeze(settings, "one", keys[0])
    assert {name: (again / name).read_bytes() for name in sums} == sums


@pytest.mark.parametrize("name", ["", "..", "a/b", "a..b", "published", "Index", "-x", "x" * 61, "a b"])
def test_a_name_that_cannot_be_one_is_refused(settings, name):
    with pytest.raises(frozen.NotFrozen, match="cannot name a release"):
        frozen.freeze(settings, name)
    assert frozen.every(settings) == []


def test_a_name_taken_is_refused_and_the_release_stays(settings, capsys):
    assert cli.main(["release", "one"]) == 0
    before = (settings.frozen / "one" / seal.SUMS).read_bytes()
    assert cli.main(["release", "ONE"]) == 1
    assert "never changed" in capsys.readouterr().err
    assert (settings.frozen / "one" / seal.SUMS).read_bytes() == before


def test_nothing_published_is_said_plainly(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "empty"))
    assert cli.main(["release", "one"]) == 1
    assert "hub build" in capsys.readouterr().err


def test_a_state_of_another_code_is_not_frozen(settings):
    (settings.published / manifest.CODE).write_text(json.dumps({"sha256": "other"}))
    with pytest.raises(frozen.NotFrozen, match="hub build"):
        frozen.freeze(settings, "one")


def test_a_key_in_the_checkout_is_refused_and_how_to_make_one_is_told(settings, capsys):
    inside = manifest.CHECKOUT / "key.pem"
    assert cli.main(["release", "one", "--sign-with", str(inside)]) == 1
    assert "openssl genpkey -algorithm ed25519" in capsys.readouterr().err


def test_what_a_crash_left_behind_does_no_harm(settings, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("orchestration.lib.pages.make", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            frozen.freeze(settings, "one")
    assert frozen.every(settings) == []
    frozen.freeze(settings, "one")
    assert [path.name for path in settings.frozen.iterdir()] == ["one"]


def change(path, content):
    path.chmod(0o644)
    path.write_bytes(content)


def test_every_harm_is_named_with_its_file(settings, keys, capsys):
    folder = frozen.freeze(settings, "one", keys[0])
    change(folder / "csv" / "dim_area.csv", b"other")
    (folder / "parquet" / "dim_area.parquet").unlink()
    (folder / "site" / "extra.html").write_text("x")
    (folder / "site" / "link.html").symlink_to("/etc/hostname")
    assert cli.main(["verify", "one"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in told] == [
        "csv/dim_area.csv: different",
        "parquet/dim_area.parquet: missing",
        "site/extra.html: extra",
        "site/link.html: a link",
    ]


def resealed(folder, key=None):
    (folder / seal.SUMS).chmod(0o644)
    if (folder / seal.SIGNATURE).exists():
        (folder / seal.SIGNATURE).chmod(0o644)
    seal.write(folder, key)


def test_a_harm_hidden_by_new_sums_shows_in_the_signature(settings, keys, capsys):
    folder = frozen.freeze(settings, "one", keys[0])
    change(folder / "csv" / "dim_area.csv", b"other")
    resealed(folder)
    assert cli.main(["verify", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("SIGNATURE: wrong")


def test_a_harm_signed_with_another_key_shows_against_the_right_one(settings, keys, capsys):
    folder = frozen.freeze(settings, "one", keys[0])
    other = Ed25519PrivateKey.generate()
    told = manifest.read(folder)
    told["signed"]["public_key"] = seal.named(other.public_key())
    (folder / "manifest.json").chmod(0o644)
    manifest.write(folder, told)
    resealed(folder, other)
    assert cli.main(["verify", "one"]) == 0
    assert "whose key was not checked" in capsys.readouterr().out
    assert cli.main(["verify", "one", "--public-key", str(keys[1])]) == 1
    assert "SIGNATURE: made with the key" in capsys.readouterr().out


def test_a_manifest_that_tells_other_facts_is_named(settings, capsys):
    folder = frozen.freeze(settings, "one")
    told = manifest.read(folder)
    told["rows"]["dim_delivery"], told["inputs"][0]["sha256"] = 2, "cd" * 32
    (folder / "manifest.json").chmod(0o644)
    manifest.write(folder, told)
    resealed(folder)
    assert cli.main(["verify", "one"]) == 1
    said = capsys.readouterr().out
    assert "manifest.json: rows dim_delivery is 2, but hub.duckdb has 1" in said
    assert f"manifest.json: inputs some_feed-1 sha256 is '{'cd' * 32}', but hub.duckdb has '{'ab' * 32}'" in said


@pytest.mark.parametrize(("name", "said"), [("SHA256SUMS", "SHA256SUMS: missing"), ("SIGNATURE", "SIGNATURE: missing")])
def test_a_seal_that_is_gone_is_named(settings, keys, capsys, name, said):
    folder = frozen.freeze(settings, "one", keys[0], "The hub team")
    (folder / name).unlink()
    assert cli.main(["verify", "one"]) == 1
    assert said in capsys.readouterr().out


def test_an_unsigned_release_does_not_pass_where_a_key_is_asked_for(settings, keys, capsys):
    frozen.freeze(settings, "one")
    assert cli.main(["verify", "one"]) == 0
    assert "unsigned" in capsys.readouterr().out
    assert cli.main(["verify", "one", "--public-key", str(keys[1])]) == 1


def test_a_release_that_is_not_there_is_said_plainly(settings, capsys):
    frozen.freeze(settings, "one")
    assert cli.main(["verify", "two"]) == 2
    assert cli.main(["diff", "one", "two"]) == 2
    assert "There is: one" in capsys.readouterr().err
