"""An area is a row or a file: a look-up lands, and figures about what it names are placed."""

import pytest

from sources.archive import Received
from sources.areas import areas_of, load_areas
from sources.landing import land, prepare
from sources.parquet import read_parquet
from sources.reading import read
from sources.registry import load_feeds

FEED, RETURN = load_feeds()["ons_small_areas"], load_feeds()["council_return"]
HEADER = "SA08CD,SA08NM,AREATYPE,LAD08CD,LAD08NM,GOR08CD,GOR08NM,POP08,OPER_DATE,TERM_DATE"
GOOD = "E01900001,Hartlepool 001,Small area,E06000001,Hartlepool,E12000001,North East,1500,2001-04-01,"
FIGURE = "LA code,Indicator,Part,Period,Numerator,Denominator,Value,Status,Note\n{},NI 014,,2008/09,1,10,10,Final,\n"


def content(*lines):
    return "\r\n".join([HEADER, *lines, ""]).encode()


def reading(*lines):
    landed, issues = read(FEED, Received(content(*lines), "small_areas.csv"))
    return landed["areas"], issues


@pytest.fixture
def home(tmp_path):
    prepare(tmp_path / "hub")
    return tmp_path / "hub"


@pytest.fixture
def sent(home, tmp_path):
    """Lands a file's content through a feed."""

    def through(spec, name, text):
        path = tmp_path / name
        path.write_bytes(text)
        return land(spec, path, home)

    return through


def test_a_row_is_an_area_with_the_council_it_lies_in():
    rows, issues = reading(GOOD, GOOD.replace("E01900001", "E01900002").replace("E06000001", "00EB"))
    assert issues == []
    assert rows["area_code"].tolist() == ["E01900001", "E01900002"]
    assert set(rows["parent_code"]) == {"E06000001"}
    first = rows.iloc[0]
    assert (first["area_name"], first["area_type"]) == ("Hartlepool 001", "small_area")
    assert first["region_code"] == "E12000001"
    assert (first["population"], f"{first['valid_from']}", first["valid_to"]) == (1500, "2001-04-01", None)


@pytest.mark.parametrize(
    ("wrong", "check", "column"),
    [
        (GOOD.replace("E06000001", "E06999999"), "unknown_area", "LAD08CD"),
        (GOOD.replace("E12000001", "North"), "unknown_area", "GOR08CD"),
        (GOOD.replace("E01900001", "Hart 1"), "unreadable_value", "SA08CD"),
        (GOOD.replace("E01900001", ""), "blank_cell", "SA08CD"),
        (GOOD.replace("Small area", "Ward"), "unreadable_value", "AREATYPE"),
        (GOOD + "1999-01-01", "dates_out_of_order", "TERM_DATE"),
    ],
)
def test_a_row_that_names_no_area_is_kept_out_aloud(wrong, check, column):
    rows, issues = reading(wrong, GOOD.replace("E01900001", "E01900009"))
    assert rows["area_code"].tolist() == ["E01900009"]
    assert [(issue.check, issue.row, issue.column) for issue in issues] == [(check, 2, column)]


def test_figures_about_a_delivered_area_land_once_it_has_landed(home, sent):
    assert areas_of(home) is load_areas()
    early = sent(RETURN, "council_return_1.csv", FIGURE.format("E01900001").encode())
    assert early.status == "quarantined"
    assert [issue.check for issue in early.issues if issue.severity == "warning"] == ["unknown_area"]
    assert sent(FEED, "small_areas.csv", content(GOOD)).status == "landed"
    late = sent(RETURN, "council_return_2.csv", FIGURE.format("e01900001").replace("10,10", "10,10.0").encode())
    assert (late.status, late.issues) == ("landed", [])
    landed = read_parquet(list((home / "landing" / "observations").glob("feed=council_return/*")), "observations")
    assert landed["area_code"].tolist() == ["E01900001"]


def test_a_look_up_adds_to_the_framework_and_changes_nothing_of_it(home, sent):
    assert sent(FEED, "small_areas.csv", content(GOOD, GOOD.replace("E01900001", "E06000002"))).status == "landed"
    known, framework = areas_of(home), load_areas()
    assert known.by_code("gss", "E01900001") == "E01900001"
    assert known.by_name(("small_area",), "Hartlepool 001") == "E01900001"
    assert known.by_code("ons", "00EB") == framework.by_code("ons", "00EB")
    assert known.details.set_index("area_code")["area_name"]["E06000002"] == "Middlesbrough"
    assert len(known.details) == len(framework.details) + 1
    assert framework.by_code("gss", "E01900001") == ""
