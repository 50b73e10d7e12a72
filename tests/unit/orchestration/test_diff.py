"""Two small hand-made published files with each kind of change between them."""

import csv

import duckdb
import pytest

from orchestration import cli
from orchestration.lib import diff
from sitegen.changes import Changes

TABLES = {
    "dim_area": "area_code varchar, area_name varchar, valid_from date",
    "bridge_area_successor": "predecessor_code varchar, successor_code varchar",
    "dim_delivery": "delivery_id varchar, known_from date, status varchar, feed varchar, file_name varchar,"
    " source_url varchar, sha256 varchar, bytes bigint, received_at timestamp, published_on date, edition varchar",
    "quality_issue": "feed varchar, delivery_id varchar, file_name varchar, message varchar, severity varchar,"
    " check_name varchar, occurrences integer",
    "fct_observation": "area_code varchar, indicator_code varchar, part varchar, period_label varchar,"
    " period_basis varchar, period_end date, dimensions varchar, value double, mark varchar, status varchar,"
    " known_from date, revision integer, delivery_id varchar, source_file varchar, revision_kind varchar,"
    " correction_code varchar",
    "fct_target": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar,"
    " period_label varchar, target_value double, state varchar, partnership_code varchar, decision varchar,"
    " known_from date, delivery_id varchar, source_file varchar, is_current boolean",
    "dim_target": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar,"
    " base_period_label varchar, baseline_value double, partnership_code varchar, decision varchar,"
    " last_known_from date, delivery_id varchar, source_file varchar",
    "bridge_partnership_indicator": "partnership_code varchar, indicator_code varchar, part varchar,"
    " organisation_code varchar, post varchar, valid_to date, is_current boolean, known_from date,"
    " delivery_id varchar, source_file varchar",
    "bridge_plan_indicator": "plan_code varchar, indicator_code varchar, part varchar, relation varchar,"
    " partnership_code varchar, owner varchar, known_from date, delivery_id varchar, is_current boolean default true",
    "dim_plan": "plan_code varchar, area_code varchar",
    "fct_performance": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar,"
    " round_label varchar, computed_status varchar",
}
DAYS = {"old": "2009-03-31", "new": "2009-06-30"}


class File:
    """A published file that is being written, and how rows are put into it."""

    def __init__(self, path, when, without=()):
        path.mkdir()
        self.con, self.day, self.path = duckdb.connect(str(path / "hub.duckdb")), DAYS[when], path
        self.con.execute("create schema marts")
        for name, columns in TABLES.items():
            if name not in without:
                self.con.execute(f"create table marts.{name} ({columns})")
        self.put("dim_area", area_code="E1", area_name="Ashford", valid_from="2000-01-01")
        self.put("dim_area", area_code="E2", area_name="Cornwall", valid_from="2009-04-01")
        self.put("bridge_area_successor", predecessor_code="E9", successor_code="E2")
        self.put("dim_delivery", delivery_id=f"d-{when}", known_from=self.day, status="landed", feed="f")

    def put(self, table, **row):
        names = ", ".join(row)
        self.con.execute(
            f"insert into marts.{table} ({names}) values ({', '.join('?' * len(row))})", list(row.values())
        )

    def value(self, value, indicator="NI 001", kind="first", **more):
        row = {
            "area_code": "E1", "indicator_code": indicator, "part": "headline", "period_label": "2008",
            "period_basis": "calendar_year", "period_end": "2008-12-31", "dimensions": "", "value": value,
            "status": "final", "known_from": self.day, "revision": 1, "delivery_id": f"d-{self.day}",
            "source_file": "file.csv", "revision_kind": kind,
        }  # fmt: skip
        self.put("fct_observation", **(row | more))

    def target(self, value, indicator="NI 001", **more):
        row = {"area_code": "E1", "indicator_code": indicator, "part": "headline", "commitment_type": "designated"}
        told = {"period_label": "2010/11", "target_value": value, "state": "agreed", "is_current": True}
        self.put("fct_target", **(row | told | more))

    def done(self):
        self.con.execute(
            """create table marts.fct_observation_current as from marts.fct_observation qualify row_number() over (
            partition by area_code, indicator_code, part, period_label, period_basis, dimensions
            order by known_from desc, revision desc) = 1"""
        )
        self.con.close()


@pytest.fixture
def files(tmp_path):
    return File(tmp_path / "a", "old"), File(tmp_path / "b", "new")


def changes(old, new):
    old.done(), new.done()
    with diff.compare(old.path / "hub.duckdb", new.path / "hub.duckdb") as con:
        names = [name for name, *_ in con.execute("describe changes").fetchall()]
        assert tuple(names) == diff.COLUMNS
        return [dict(zip(names, row, strict=True)) for row in con.execute("from changes").fetchall()]


def kinds(found):
    return {row["indicator_code"]: row["kind"] for row in found}


def again(old, new, value, kind, *, correction_code=None, mark=None, **key):
    """The same figure told by a later delivery, the earlier one kept."""
    old.value(10.0, **key)
    new.value(10.0, **{**key, "known_from": DAYS["old"]})
    new.value(value, kind=kind, revision=2, correction_code=correction_code, mark=mark, **key)


def test_the_same_file_has_no_changes(files):
    for file in files:
        file.value(1.0)
        file.target(2.0)
    assert changes(*files) == []


@pytest.mark.parametrize(
    ("kind", "value", "more", "told"),
    [
        ("revised", 11.0, {}, "revised"),
        ("silent", 11.0, {}, "revised"),
        ("finalised", 11.0, {}, "revised"),
        ("corrected", 11.0, {"correction_code": "C1"}, "corrected"),
        ("restated", 11.0, {}, "restated_method"),
        ("restated", 11.0, {"area_code": "E2", "period_end": "2009-12-31"}, "restated_boundary"),
        ("redefined", 11.0, {}, "restated_method"),
        ("withdrawn", None, {"mark": "withdrawn"}, "withdrawn"),
        ("annotated", 10.0, {"mark": "estimated"}, "annotated"),
    ],
)
def test_what_became_of_a_value_is_told_by_its_revision(files, kind, value, more, told):
    again(*files, value, kind, **more)
    (row,) = changes(*files)
    assert row["kind"] == told
    assert (row["before"], row["after"]) == ("10.0", " ".join(str(said) for said in (value, more.get("mark")) if said))
    assert (row["delivery_id"], row["source_file"]) == ("d-2009-06-30", "file.csv")
    assert row["why"] == {"corrected": "C1", "silent": "the publisher does not call it revised"}.get(
        kind, "another definition" if kind == "redefined" else None
    )


def test_a_change_told_before_the_last_delivery_is_not_lost(files):
    """Corrected, then repeated by a later delivery: the last revision says `unchanged`."""
    old, new = files
    old.value(10.0)
    new.value(10.0, known_from=DAYS["old"])
    new.value(11.0, kind="restated", revision=2, known_from="2009-05-01")
    new.value(11.0, kind="unchanged", revision=2)
    assert kinds(changes(old, new)) == {"NI 001": "restated_method"}


def test_new_gone_supplied_back_cast_and_final_values(files):
    old, new = files
    new.value(1.0, "NI 002")
    old.value(1.0, "NI 003")
    old.value(None, "NI 004", mark="suppressed")
    new.value(2.0, "NI 004", kind="supplied", revision=2)
    new.value(3.0, "NI 005", area_code="E2")
    old.value(4.0, "NI 006", status="provisional")
    new.value(4.0, "NI 006", kind="finalised")
    found = changes(old, new)
    assert kinds(found) == {
        "NI 002": "new", "NI 003": "withdrawn", "NI 004": "new", "NI 005": "restated_boundary", "NI 006": "finalised",
    }  # fmt: skip
    assert {row["indicator_code"]: row["before"] for row in found}["NI 004"] == "suppressed"
    assert {row["area_name"] for row in found} == {"Ashford", "Cornwall"}


def test_what_is_suppressed_now_is_not_repeated_from_the_old_file(files):
    old, new = files
    old.value(3.0)
    new.value(None, mark="suppressed")
    (change,) = changes(old, new)
    assert (change["kind"], change["before"], change["after"]) == ("withdrawn", None, "suppressed")


def test_targets_are_re_set_agreed_and_withdrawn_and_baselines_restated(files):
    old, new = files
    old.target(5.0), new.target(6.0, decision="Review")
    new.target(7.0, "NI 002")
    old.target(8.0, "NI 003"), new.target(8.0, "NI 003", state="withdrawn")
    old.target(9.0, "NI 004"), new.target(9.0, "NI 004", state="frozen")
    new.target(99.0, "NI 005", is_current=False)
    key = {"area_code": "E1", "part": "headline", "commitment_type": "designated", "base_period_label": "2007"}
    old.put("dim_target", indicator_code="NI 006", baseline_value=1.0, **key)
    new.put("dim_target", indicator_code="NI 006", baseline_value=1.5, **key)
    found = changes(old, new)
    assert kinds(found) == {
        "NI 001": "target_reset", "NI 002": "target_agreed", "NI 003": "target_withdrawn", "NI 004": "target_reset",
        "NI 006": "baseline_restated",
    }  # fmt: skip
    told = {row["indicator_code"]: (row["before"], row["after"], row["why"]) for row in found}
    assert told["NI 001"] == ("5.0", "6.0", "Review")
    assert told["NI 004"] == ("9.0", "9.0 frozen", None)
    assert told["NI 002"][0] is None


def test_owners_are_those_of_the_day_a_file_is_as_at(files):
    old, new = files
    key = {"partnership_code": "P1", "part": "headline", "is_current": True}
    for file in files:
        file.put("bridge_partnership_indicator", indicator_code="NI 001", organisation_code="A", **key)
    old.put("bridge_partnership_indicator", indicator_code="NI 002", organisation_code="A", **key)
    new.put(
        "bridge_partnership_indicator", indicator_code="NI 002", organisation_code="A", valid_to="2009-05-01", **key
    )
    new.put("bridge_partnership_indicator", indicator_code="NI 002", organisation_code="B", post="Head", **key)
    for file, owner in ((old, "A"), (new, "B")):
        file.put("dim_plan", plan_code="L1", area_code="E1")
        file.put("bridge_plan_indicator", plan_code="L1", indicator_code="NI 003", relation="laa_target", owner=owner)
    found = changes(old, new)
    assert kinds(found) == {"NI 002": "owner_moved", "NI 003": "plan_owner_moved"}
    assert {row["indicator_code"]: (row["before"], row["after"]) for row in found}["NI 002"] == ("A", "B, Head")


def test_statuses_flip_within_a_round_only(files):
    old, new = files
    key = {"area_code": "E1", "part": "headline", "commitment_type": "designated"}
    for file, status in ((old, "green"), (new, "red")):
        file.put("fct_performance", indicator_code="NI 001", round_label="Q1", computed_status=status, **key)
    new.put("fct_performance", indicator_code="NI 001", round_label="Q2", computed_status="red", **key)
    (row,) = changes(old, new)
    assert (row["kind"], row["period_label"], row["before"], row["after"]) == ("status_changed", "Q1", "green", "red")


def test_what_an_older_file_lacks_is_left_out(tmp_path):
    lacking = ("fct_target", "dim_target", "bridge_partnership_indicator", "bridge_plan_indicator", "fct_performance")
    old, new = File(tmp_path / "a", "old", lacking), File(tmp_path / "b", "new")
    old.con.execute("alter table marts.fct_observation drop revision_kind")
    old.value = lambda value: None
    new.target(1.0)
    new.value(2.0)
    assert kinds(changes(old, new)) == {"NI 001": "new"}


def test_the_command_says_it_in_words_as_csv_and_as_feeds(files, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "home"))
    again(*files, 11.0, "revised")
    files[0].target(5.0), files[1].target(6.0)
    for file in files:
        file.done()
    command = ["diff", str(tmp_path / "a"), str(tmp_path / "b"), "--csv", str(tmp_path / "c.csv")]
    assert cli.main([*command, "--atom", str(tmp_path / "atom")]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "1 value revised, 1 target re-set."
    assert "Ashford" in told
    with (tmp_path / "c.csv").open(newline="") as handle:
        assert [row["kind"] for row in csv.DictReader(handle)] == ["revised", "target_reset"]
    assert sorted(path.relative_to(tmp_path / "atom").as_posix() for path in (tmp_path / "atom").rglob("*.atom")) == [
        "area/e1.atom",
        "ni/ni-001.atom",
    ]
    assert "1 value revised, 1 target re-set." in (tmp_path / "atom" / "area" / "e1.atom").read_text()


def test_changes_kept_as_csv_are_read_back_as_they_were(tmp_path):
    told = ["=A1", "-4.5", "-", "'quoted", None]
    with duckdb.connect() as con:
        con.execute(f"create table changes ({', '.join(f'{name} varchar' for name in diff.COLUMNS)})")
        con.executemany("insert into changes (kind, before) values ('revised', ?)", [[text] for text in told])
        diff.write_csv(con, tmp_path / "changes.csv")
    kept = (tmp_path / "changes.csv").read_text()
    assert "'=A1" in kept
    assert "'-4.5" not in kept
    read = Changes.of_csv(tmp_path / "changes.csv").con.execute("select before from changes").fetchall()
    assert [text for (text,) in read] == told
