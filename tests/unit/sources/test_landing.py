"""One way from a file to landed rows, also when it is taken twice or breaks off."""

import os
from datetime import date, timedelta

import pytest

from sources import landing
from sources.landing import discover, edition_of, land, prepare
from sources.parquet import read_ledger, read_parquet
from sources.registry import load_feeds

KEY = "dclg_net_additional_dwellings"
GOOD = b"geography_code,date,value,Measure\nE06000001,2009-10,120,net_additional_dwellings\n"


@pytest.fixture
def spec():
    return load_feeds()[KEY]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "net_additional.csv"
    path.write_bytes(GOOD)
    return path


def tree(home):
    return {path.relative_to(home): path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}


def test_the_same_bytes_change_nothing(spec, file, tmp_path):
    home = tmp_path / "hub"
    assert land(spec, file, home).status == "landed"
    before = tree(home)
    assert land(spec, file, home).status == "unchanged"
    assert tree(home) == before


def test_other_bytes_are_another_delivery(spec, file, tmp_path):
    first = land(spec, file, tmp_path / "hub")
    file.write_bytes(GOOD.replace(b"120", b"121"))
    second = land(spec, file, tmp_path / "hub")
    assert first.delivery_id != second.delivery_id
    assert sorted(read_ledger(tmp_path / "hub")["delivery_id"]) == sorted([first.delivery_id, second.delivery_id])


def test_a_refused_file_waits_in_quarantine_until_it_can_be_read(spec, file, tmp_path, monkeypatch):
    home = tmp_path / "hub"
    with monkeypatch.context() as patch:
        patch.setattr("sources.reading.read_tables", lambda *_: (_ for _ in ()).throw(RuntimeError("a slip of ours")))
        report = land(spec, file, home)
    assert report.status == "quarantined"
    assert "a slip of ours" in report.reasons()[0]
    assert (home / "quarantine" / KEY / report.sha256 / file.name).read_bytes() == GOOD
    assert land(spec, file, home).status == "landed"
    assert not (home / "quarantine" / KEY / report.sha256).exists()
    assert read_ledger(home)["status"].tolist() == ["landed"]


class Killed(BaseException):
    """Stands for the process being killed."""


@pytest.mark.parametrize("writes", range(6))
def test_a_crash_between_any_two_writes_leaves_nothing_half_there(spec, file, tmp_path, monkeypatch, writes):
    home, done = tmp_path / "hub", []
    kept = {name: getattr(module, name) for module, name in
            ((landing, "write_parquet"), (landing.archive, "write_whole"))}  # fmt: skip

    def dying(name):
        def write(*given):
            if len(done) == writes:
                raise Killed
            done.append(name)
            kept[name](*given)

        return write

    with monkeypatch.context() as patch:
        patch.setattr(landing, "write_parquet", dying("write_parquet"))
        patch.setattr(landing.archive, "write_whole", dying("write_whole"))
        try:
            land(spec, file, home)
        except Killed:
            assert read_ledger(home).empty, "the ledger row comes last"
    assert land(spec, file, home).status in ("landed", "unchanged")
    assert read_ledger(home)["rows"].tolist() == [1]
    assert not list(home.rglob("*.part"))


def test_discovery_takes_the_feeds_files_and_its_inbox(spec, tmp_path):
    folder, inbox = tmp_path / "feeds" / spec.folder, tmp_path / "hub" / "inbox" / KEY
    for path in (folder / "net_additional.csv", folder / "affordable.csv", inbox / "anything.csv", inbox / ".hidden",
                 inbox / "anything.meta.csv"):  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(GOOD)
    found = [path.name for path in discover(spec, tmp_path / "feeds", tmp_path / "hub")]
    assert found == ["net_additional.csv", "anything.csv"]
    assert discover(spec, None, tmp_path / "hub")[0].name == "anything.csv"
    assert discover(spec, tmp_path / "nowhere") == []


def test_real_files_end_the_illustrative_edition(spec, file, tmp_path):
    prepare(tmp_path / "hub")
    land(spec, file, tmp_path / "hub", edition="Illustrative data")
    assert edition_of(tmp_path / "hub") == "Illustrative data"
    file.write_bytes(GOOD.replace(b"120", b"121"))
    land(spec, file, tmp_path / "hub")
    assert edition_of(tmp_path / "hub") == "published"


SMALL = b"geography_code,date,value,Measure\nE06000001,2009-10,5,net_additional_dwellings\n"


@pytest.mark.parametrize("name", ["x" * 240 + ".csv", "x" * 249 + ".csv", "pl[a]n*?'.csv"])
def test_no_name_of_a_file_stops_the_others(tmp_path, name):
    spec = load_feeds()["dclg_net_additional_dwellings"]
    for content, status in ((SMALL, "landed"), (b"", "quarantined")):
        (tmp_path / name).write_bytes(content)
        report = land(spec, tmp_path / name, tmp_path / "home")
        assert (report.status, any(issue.check == "fault" for issue in report.issues)) == (status, False)


def test_a_name_that_is_no_text_is_written_as_it_can_be(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff\xfe.csv")
    path.write_bytes(SMALL)
    report = land(load_feeds()["dclg_net_additional_dwellings"], path, tmp_path / "home")
    assert report.status == "landed"
    assert report.file_name.endswith(".csv")


def test_a_home_with_pattern_letters_in_its_name(tmp_path):
    (tmp_path / "x.csv").write_bytes(SMALL)
    spec, home = load_feeds()["dclg_net_additional_dwellings"], tmp_path / "h[1]*?"
    statuses = [land(spec, tmp_path / "x.csv", home).status for _ in range(2)]
    assert statuses == ["landed", "unchanged"]


def test_a_day_of_publication_given_later_is_put_into_the_ledger(tmp_path):
    (tmp_path / "x.csv").write_bytes(SMALL)
    spec = load_feeds()["dclg_net_additional_dwellings"]
    land(spec, tmp_path / "x.csv", tmp_path)
    report = land(spec, tmp_path / "x.csv", tmp_path, published_on=date(2013, 1, 1))
    assert report.status == "unchanged"
    assert [issue.check for issue in report.issues if issue.check == "redated"] == ["redated"]
    assert str(read_ledger(tmp_path)["known_from"].iloc[0])[:10] == "2013-01-01"
    again = land(spec, tmp_path / "x.csv", tmp_path, published_on=date(2013, 1, 1))
    assert not [issue for issue in again.issues if issue.check == "redated"]


def test_what_a_dead_process_left_unfinished_is_swept_away(tmp_path):
    ours = tmp_path / "raw" / f".{os.getpid()}-abc.part"
    dead = tmp_path / "landing" / "observations" / ".999999999-abc.part"
    for part in (ours, dead):
        part.parent.mkdir(parents=True)
        part.write_bytes(b"x")
    prepare(tmp_path)
    assert (ours.exists(), dead.exists()) == (True, False)


def checks(report):
    """What was found; one area is too few for any file."""
    return [issue.check for issue in report.issues if issue.check != "coverage"]


def ledger_days(home):
    row = read_ledger(home).iloc[0]
    return [None if row[name] is None or row[name] != row[name] else f"{row[name]:%Y-%m-%d}"
            for name in ("received_at", "published_on", "known_from")]  # fmt: skip


def test_figures_are_known_from_the_day_they_were_received(spec, file, tmp_path):
    land(spec, file, tmp_path / "a", published_on=date(2009, 6, 1), received_on=date(2009, 7, 2))
    assert ledger_days(tmp_path / "a") == ["2009-07-02", "2009-06-01", "2009-07-02"]
    land(spec, file, tmp_path / "b", received_on=date(2009, 7, 2))
    assert ledger_days(tmp_path / "b") == ["2009-07-02", None, "2009-07-02"]


def test_a_list_of_arrivals_that_comes_later_dates_what_has_landed(spec, file, tmp_path):
    home = tmp_path / "hub"
    land(spec, file, home)
    days = {"published_on": date(2009, 6, 1), "received_on": date(2009, 7, 2)}
    assert checks(land(spec, file, home, **days)) == ["redated"]
    assert ledger_days(home) == ["2009-07-02", "2009-06-01", "2009-07-02"]
    before = tree(home)
    assert checks(land(spec, file, home, **days)) == checks(land(spec, file, home)) == []
    assert tree(home) == before


def test_the_same_bytes_under_another_name_are_told_once(spec, file, tmp_path):
    home, again = tmp_path / "hub", tmp_path / "net_additional_again.csv"
    again.write_bytes(GOOD)
    land(spec, file, home, published_on=date(2009, 6, 1), received_on=date(2009, 7, 2))
    report = land(spec, again, home, published_on=date(2009, 9, 1), received_on=date(2009, 9, 2))
    assert (report.status, checks(report)) == ("unchanged", ["resent"])
    assert "received on 2009-09-02, holds the same bytes as net_additional.csv" in report.issues[-1].message
    assert ledger_days(home) == ["2009-07-02", "2009-06-01", "2009-07-02"]
    before = tree(home)
    for path, received in ((file, date(2009, 7, 2)), (again, date(2009, 9, 2))):
        land(spec, path, home, received_on=received)
    assert tree(home) == before
    issues = read_parquet(list((home / "landing" / "issues").rglob("*.parquet")), "issues")
    assert sorted(issues["check_name"]) == ["coverage", "resent"]
    assert set(issues["delivery_id"]) == {report.delivery_id}


def test_an_earlier_copy_that_turns_up_later_gives_its_day(spec, file, tmp_path):
    later = tmp_path / "net_additional_later.csv"
    later.write_bytes(GOOD)
    land(spec, later, tmp_path / "hub", received_on=date(2009, 9, 2))
    land(spec, file, tmp_path / "hub", received_on=date(2009, 7, 2))
    assert ledger_days(tmp_path / "hub") == ["2009-07-02", None, "2009-07-02"]


def test_a_refused_file_that_lies_there_at_every_build_came_once(spec, file, tmp_path, monkeypatch):
    file.write_bytes(b"nothing of use")
    home = tmp_path / "hub"
    land(spec, file, home)
    first = read_ledger(home)["received_at"].tolist()
    monkeypatch.setattr(landing.archive, "now", lambda: first[0] + timedelta(days=1))
    land(spec, file, home)
    assert read_ledger(home)["received_at"].tolist() == first
