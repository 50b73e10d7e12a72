"""Feeds the hub describes itself: what their writers print is read back as it was, and no NI is without a feed."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from quality.issues import Refused
from sources.archive import Received
from sources.areas import read_seed
from sources.demo.delivery import CELLS, Delivery
from sources.demo.files import ods_bytes
from sources.demo.formats import WRITERS
from sources.landing import discover
from sources.readers.grid import read_grids
from sources.reading import read
from sources.registry import load_feeds

DESCRIBED = sorted(key for key, spec in load_feeds().items() if spec.suppliers)
KEY = ["indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions"]
NUMBERS = ["value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect"]
ENGLAND, NORTH_EAST, HARTLEPOOL, KENT, ASHFORD, HACKNEY = (
    "E92000001", "E12000001", "E06000001", "E10000016", "E07000105", "E09000012",
)  # fmt: skip
LEICESTERSHIRE_POLICE, BEDFORDSHIRE = "E23000021", "E10000001"
PERIODS = {
    "financial_year": ["2008/09", "2009/10"],
    "academic_year": ["2007/08", "2008/09"],
    "calendar_year": ["2008", "2009"],
    "october_year": ["2007/08", "2008/09"],
    "pooled": ["2005-07", "2006-08"],
    "quarter": ["2008/09 Q4", "2009/10 Q1"],
    "rolling": ["Apr 2008 - Mar 2009", "Jul 2008 - Jun 2009"],
}
BASES = {  # the kinds of period each feed prints
    "clg_housing_planning": ("quarter", "financial_year"),
    "clg_place_survey": ("calendar_year",),
    "council_return": ("financial_year", "calendar_year", "rolling"),
    "dcms_active_people": ("october_year",),
    "dcsf_attainment": ("academic_year",),
    "dcsf_childrens_social_care": ("financial_year", "calendar_year", "academic_year"),
    "dcsf_schools": ("academic_year", "financial_year", "calendar_year", "quarter"),
    "dcsf_young_people_surveys": ("academic_year", "financial_year"),
    "defra_environment": ("financial_year", "quarter"),
    "dft_transport": ("pooled", "academic_year", "financial_year", "calendar_year"),
    "dh_vital_signs": ("quarter", "financial_year"),
    "dwp_benefits": ("quarter", "financial_year", "calendar_year", "rolling"),
    "home_office_apacs": ("quarter", "financial_year", "rolling"),
    "ic_adult_social_care": ("financial_year",),
    "ic_public_health": ("financial_year", "academic_year", "calendar_year", "pooled", "quarter"),
    "ons_economy": ("calendar_year", "quarter", "rolling", "financial_year"),
    "yjb_youth_justice": ("quarter", "financial_year"),
}
ONE_STATUS_A_PERIOD = ("clg_place_survey", "dcms_active_people")


@cache
def seed(name: str) -> pd.DataFrame:
    return read_seed(name)


@cache
def named_parts() -> list[tuple[str, str]]:
    """Parts that a feed names in its layouts, once a feed."""
    measures = [
        dict.fromkeys((measure.indicator, measure.part) for layout in spec.layouts for measure in layout.measures)
        for spec in load_feeds().values()
    ]
    return [pair for named in measures for pair in named if "{" not in pair[0]]


@cache
def derived_parts() -> set[tuple[str, str]]:
    return set(map(tuple, seed("rules/derived_parts")[["indicator_code", "part"]].to_numpy()))


@cache
def parts_of(key: str) -> list[tuple[str, str]]:
    """The parts a described feed has: those of its indicators that no other feed names and that are not derived."""
    parts = seed("framework/indicator_parts")
    mine = parts[parts["indicator_code"].isin(load_feeds()[key].indicators)]
    others = {*named_parts(), *derived_parts()}
    return [pair for pair in map(tuple, mine[["indicator_code", "part"]].to_numpy()) if pair not in others]


def areas_of(codes: list[str]) -> pd.DataFrame:
    """The frame of areas a delivery brings, from the framework."""
    every = seed("framework/areas").set_index("area_code").loc[codes].reset_index()
    names = seed("framework/areas").set_index("area_code")["area_name"]
    coded = seed("framework/area_codes").drop_duplicates(["scheme", "area_code"])
    schemes = coded.pivot(index="area_code", columns="scheme", values="code").reindex(codes).fillna("")
    of = {scheme: schemes[scheme].to_numpy() for scheme in ("ons", "dcsf", "pct", "sha")}
    of["force"] = schemes["home_office_force"].to_numpy()
    return every.assign(region_name=every["region_code"].map(names).fillna(""), people=1000.0, **of)


def area_codes(key: str) -> list[str]:
    trusts = seed("framework/areas").query("area_type == 'primary_care_trust'")["area_code"]
    forces = [LEICESTERSHIRE_POLICE] if key == "home_office_apacs" else []
    trusts = [trusts.iloc[0], trusts.iloc[-1]] if key in ("dh_vital_signs", "ic_public_health") else []
    totals = [] if key == "council_return" else [ENGLAND, NORTH_EAST]
    district = [] if key.startswith("dcsf") else [ASHFORD]
    return [*totals, HARTLEPOOL, KENT, HACKNEY, *district, *forces, *trusts]


def cells_of(key: str, bases: tuple[str, ...] | None = None, codes: list[str] | None = None) -> pd.DataFrame:
    """Two parts, every kind of period, every kind of cell: numbers, a zero, and marks in turn."""
    spec = load_feeds()[key]
    parts = parts_of(key)
    parts = [parts[0], parts[-1], *(pair for pair in parts if pair[1] != "headline")][:3]
    rows = [
        (indicator, part, area, label, basis)
        for indicator, part in dict.fromkeys(parts)
        for basis in (bases or BASES[key])
        for label in PERIODS[basis]
        for area in (codes or area_codes(key))
    ]
    cells = pd.DataFrame(rows, columns=["indicator_code", "part", "area_code", "period_label", "period_basis"])
    number = np.arange(len(cells))
    cells = cells.assign(dimensions="", mark="", numerator=37.0 + number, denominator=220.0 + number)
    cells["value"] = (100 * cells["numerator"] / cells["denominator"]).round(1)
    wanted = {**spec.layouts[0].columns, **spec.layouts[0].optional}
    beside = {"lower_ci": cells["value"] - 1.5, "upper_ci": cells["value"] + 1.5, "survey_base": 500.0 + number,
              "design_effect": 1.25}  # fmt: skip
    cells = cells.assign(**{name: numbers if name in wanted else np.nan for name, numbers in beside.items()})
    cells.loc[number % 7 == 1, ["value", "numerator"]] = 0.0
    cells.loc[number % 7 == 1, "lower_ci"] = np.where("lower_ci" in wanted, 0.0, np.nan)
    texts = [
        mark
        for mark in dict.fromkeys(spec.marks.values())
        if mark not in ("zero", "nothing", "low_reliability", "estimated")
    ]
    for place, mark in enumerate(texts):
        hit = number % 11 == place + 2
        cells.loc[hit, NUMBERS[:6]] = np.nan
        cells.loc[hit, "mark"] = mark
    newest = cells["period_label"].isin([labels[-1] for labels in PERIODS.values()])
    return cells.assign(status=np.where(newest, "provisional", "final"))[CELLS]


def delivery_of(key: str, cells: pd.DataFrame, *quirks: str) -> Delivery:
    areas = areas_of(sorted(cells["area_code"].unique()))
    return Delivery(load_feeds()[key], date(2010, 8, 5), 1, cells, areas, frozenset(quirks))


def read_back(key: str, files: dict[str, bytes]) -> tuple[pd.DataFrame, list]:
    """Rows of every file of a delivery, and the issues that are more than a note."""
    frames, issues = [], []
    for name, content in files.items():
        if not name.endswith(".meta.csv"):
            companion = files.get(name.removesuffix(".csv") + ".meta.csv")
            landed, found = read(load_feeds()[key], Received(content, name, companion=companion))
            frames.append(landed["observations"])
            issues += [issue for issue in found if issue.severity != "info"]
    return pd.concat(frames, ignore_index=True), issues


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    kept = frame[[*KEY, *NUMBERS, "mark", "status"]].copy()
    kept["mark"] = kept["mark"].fillna("")
    kept = kept.astype(dict.fromkeys([*KEY, "mark", "status"], "object") | dict.fromkeys(NUMBERS, "float64"))
    return kept.sort_values(KEY, ignore_index=True)


def assert_the_same(delivery: Delivery) -> dict[str, bytes]:
    key = delivery.feed.key
    files = WRITERS[key](delivery)
    rows, issues = read_back(key, files)
    assert [str(issue) for issue in issues] == []
    pd.testing.assert_frame_equal(plain(rows), plain(delivery.cells), rtol=1e-12)
    return files


@pytest.mark.parametrize("key", DESCRIBED)
def test_what_is_printed_is_read_back(key, tmp_path):
    delivery = delivery_of(key, cells_of(key))
    files = assert_the_same(delivery)
    assert files == WRITERS[key](delivery), "the same bytes every time"
    folder = tmp_path / delivery.feed.folder
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
        assert "_2010-08_illustrative." in name
    for other, spec in load_feeds().items():
        claimed = {path.name for path in discover(spec, tmp_path)} if spec.folder == delivery.feed.folder else set()
        assert claimed == ({name for name in files if not name.endswith(".meta.csv")} if other == key else set())


@pytest.mark.parametrize("key", DESCRIBED)
def test_quirks_are_understood(key):
    cells = cells_of(key, BASES[key][:1])
    odd = assert_the_same(delivery_of(key, cells, "renamed_column", "old_codes"))
    usual, renamed = (WRITERS[key](delivery_of(key, cells, *quirks)) for quirks in ((), ("renamed_column",)))
    assert renamed != usual
    assert (odd == renamed) == key.startswith("dcsf"), "the department has numbers of its own"


@pytest.mark.parametrize("key", DESCRIBED)
def test_one_kind_of_period_and_one_area_are_enough(key):
    basis = BASES[key][0]
    cells = cells_of(key, (basis,), [HARTLEPOOL])
    assert_the_same(delivery_of(key, cells[cells["period_label"] == PERIODS[basis][0]].reset_index(drop=True)))


@pytest.mark.parametrize("key", ["clg_place_survey", "dcsf_young_people_surveys", "dh_vital_signs", "dwp_benefits"])
def test_no_numerators_no_columns_for_them(key):
    cells = cells_of(key).assign(numerator=np.nan, denominator=np.nan)
    for content in assert_the_same(delivery_of(key, cells)).values():
        assert b"umerator" not in content


@pytest.mark.parametrize("key", DESCRIBED)
def test_a_mark_beside_a_number(key):
    spec, cells = load_feeds()[key], cells_of(key, BASES[key][:1])
    beside = [mark for mark in ("low_reliability", "estimated") if mark in spec.marks.values()]
    cells["mark"] = cells["mark"].mask(cells["value"].notna() & (cells.index % 3 == 0), (beside or ["estimated"])[0])
    if {"flag", "note"} & {*spec.layouts[0].columns, *spec.layouts[0].optional}:
        assert_the_same(delivery_of(key, cells))
    else:
        with pytest.raises(ValueError, match="prints no mark beside a number"):
            WRITERS[key](delivery_of(key, cells))


@pytest.mark.parametrize("key", [key for key in DESCRIBED if load_feeds()[key].layouts[0].status])
def test_statuses_may_differ_within_a_period(key):
    cells = cells_of(key, BASES[key][:1])
    words = np.array(["final", "provisional", "revised"])
    assert_the_same(delivery_of(key, cells.assign(status=words[np.arange(len(cells)) % 3])))


@pytest.mark.parametrize("key", ONE_STATUS_A_PERIOD)
def test_a_period_with_two_statuses_is_not_printed_wrongly(key):
    cells = cells_of(key)
    cells.loc[0, "status"] = "revised"
    with pytest.raises(ValueError, match="several statuses"):
        WRITERS[key](delivery_of(key, cells))


def test_a_council_that_ended_has_no_blank_record_after_it():
    cells = cells_of("yjb_youth_justice", codes=[HARTLEPOOL, BEDFORDSHIRE])
    ended = (cells["area_code"] == BEDFORDSHIRE) & (cells["period_label"] > "2009")
    assert_the_same(delivery_of("yjb_youth_justice", cells[~ended].reset_index(drop=True)))


def test_a_period_the_feed_cannot_say_is_not_printed():
    key = "yjb_youth_justice"
    with pytest.raises(ValueError, match="cannot be printed"):
        WRITERS[key](delivery_of(key, cells_of(key, ("october_year",))))


def test_a_zero_of_the_police_is_a_dash():
    files = WRITERS["home_office_apacs"](delivery_of("home_office_apacs", cells_of("home_office_apacs")))
    assert b",-," in next(iter(files.values()))


def test_the_same_mark_has_opposite_meanings():
    feeds = load_feeds()
    assert feeds["dcsf_attainment"].marks["x"] == "not_available"
    assert feeds["dcsf_childrens_social_care"].marks["x"] == "suppressed"


@pytest.mark.parametrize("key", DESCRIBED)
def test_each_feed_can_say_why_a_value_is_missing(key):
    meanings = {mark for text, mark in load_feeds()[key].marks.items() if text}
    assert meanings >= {"suppressed", "not_available", "not_applicable", "not_collected"}


def test_every_live_part_has_exactly_one_feed_and_its_supplier_is_the_frameworks():
    suppliers = seed("framework/indicators").set_index("indicator_code")["supplier_system"]
    owned = sorted(
        [pair for key in DESCRIBED for pair in parts_of(key)] + [pair for pair in named_parts() if "NI " in pair[0]]
    )
    parts = seed("framework/indicator_parts")[["indicator_code", "part"]].to_numpy()
    live = {tuple(row) for row in parts if row[0].startswith("NI ") and row[0] != "NI 031"}
    assert owned == sorted(live - derived_parts())
    assert len({indicator for indicator, _ in live}) == 198
    for key in DESCRIBED:
        spec = load_feeds()[key]
        assert set(spec.suppliers) == {suppliers[code] for code in spec.indicators}
        assert "no file of this release is held" in spec.description


@pytest.mark.parametrize("key", DESCRIBED)
def test_a_file_in_another_layout_is_refused(key):
    content = b"Area,Percent,Year\r\nHartlepool,12.1,2009\r\nKent,13.2,2009\r\n"
    with pytest.raises(Refused, match="column"):
        read(load_feeds()[key], Received(content, "other.csv"))


def test_an_indicator_the_framework_does_not_know_is_told_once():
    delivery = delivery_of("council_return", cells_of("council_return"))
    name, content = next(iter(WRITERS["council_return"](delivery).items()))
    content = content.replace(b"NI 012", b"NI 912").replace(b",Pm10,", b",Pm25,").replace(b"NI 197", b"ni197")
    rows, issues = read_back("council_return", {name: content})
    assert {issue.check for issue in issues} == {"unknown_indicator"}
    code = next(issue for issue in issues if issue.value == "NI 912")
    assert "closest known code is NI 012 (Refused and deferred" in code.message
    assert (code.row, code.column) == (2, "Indicator")
    assert code.occurrences == (delivery.cells["indicator_code"] == "NI 012").sum()
    assert code.remedy
    assert "NI 012" not in set(rows["indicator_code"])
    assert "NI 197" in set(rows["indicator_code"])


def test_a_part_the_framework_does_not_know_names_those_it_does():
    key = "clg_housing_planning"
    cells = cells_of(key).assign(indicator_code="NI 157", part="major").drop_duplicates(KEY)
    name, content = next(iter(WRITERS[key](delivery_of(key, cells.reset_index(drop=True))).items()))
    rows, issues = read_back(key, {name: content.replace(b",Major,", b",Majors,")})
    assert rows.empty
    assert [issue.column for issue in issues] == ["Part"]
    assert "Its parts are county_matters, major, minor, other" in issues[0].message


def test_a_status_that_is_none_is_told():
    delivery = delivery_of("council_return", cells_of("council_return"))
    name, content = next(iter(WRITERS["council_return"](delivery).items()))
    rows, issues = read_back("council_return", {name: content.replace(b"Provisional", b"Draft")})
    assert [(issue.check, issue.value, issue.column) for issue in issues] == [("unreadable_status", "Draft", "Status")]
    assert set(rows["status"]) == {"final"}


def test_an_ods_is_read_as_it_was_written():
    sheet = [["a & b", "", 1, 2.5], [], [None, float("nan"), "<x>", -3]]
    grid = read_grids(ods_bytes({"NI 1": sheet}), "x.ods")[0]
    assert (grid.sheet, grid.rows) == ("NI 1", [["a & b", "", "1", "2.5"], [""] * 4, ["", "", "<x>", "-3"]])
