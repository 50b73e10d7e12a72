"""Pages and files of regional assurance in a site built from the tiny published file."""

import csv
import re
import shutil
import zipfile

import duckdb
import judged_marts
import pytest
from markupsafe import Markup
from python_calamine import CalamineWorkbook

import sitegen
from sitegen import ods


@pytest.fixture(scope="module")
def page(tiny_site):
    """Text of a page as a reader gets it: no tags, spaces joined."""

    def read(path):
        html = (tiny_site / path).read_text("utf-8").split("<main")[1]
        return re.sub(r"\s+", " ", Markup(re.sub(r"<[^>]+>", " ", html)).unescape())

    return read


def test_an_agreement_says_of_each_measure_who_chose_it_and_how_fit_its_data_is(page):
    text = page("psa/14.html")
    assert "\N{MINUS SIGN}1.250 since 2008 3 of 4 assessed; chosen by 5 3 of 4 areas \N{CHECK MARK} Fit" in text


def test_a_measure_says_what_each_region_adds_to_englands_change(page):
    text = page("psa/14/ni-112.html")
    minus = "\N{MINUS SIGN}"
    assert f"North West none {minus}1.250 {minus}1.500 +0.250" in text
    assert "The nine add up to England's change." in text
    assert "figure first known 1 February 2011" in text
    assert "No area has a numerator and a denominator." in text
    assert "\N{MULTIPLICATION X} Not fit Fewer than half." in text


def test_measures_are_told_where_no_commitment_was_ever_judged(tiny_site, tmp_path):
    """As in a build of publishers' files alone: there are figures and no agreements."""
    published = tmp_path / "hub.duckdb"
    shutil.copyfile(tiny_site.parent / "hub.duckdb", published)
    with duckdb.connect(str(published)) as con:
        for table in judged_marts.TABLES.keys() | {"go_region_matrix", "barrier", "review_item"}:
            con.execute(f"delete from marts.{table}")
    sitegen.build(published, tmp_path / "site")
    assert "England at the end of 2009/10 Q1." in (tmp_path / "site" / "psa" / "14.html").read_text("utf-8")
    assert not list((tmp_path / "site" / "go").rglob("*assurance*"))


def test_the_rules_of_assurance_stand_with_their_sources(page):
    text = page("rules.html")
    assert "Fewer than half. \N{MULTIPLICATION X} Not fit a rule of this test ( unverified )" in text
    assert "One chance in five. At risk" in text


def test_an_office_is_told_what_moved_what_is_at_risk_and_what_stands_in_the_way(page):
    minus, cross = "\N{MINUS SIGN}", "\N{MULTIPLICATION X}"
    text = page("go/north-west/assurance.html")
    assert re.search(
        rf"Statuses that changed since the round before: 1 .* Worse \S+ Near target {cross} Off target", text
    )
    assert f"{minus}7.7% {minus}3.2% {cross} Off target" in text
    assert "One chance in five. 1" in text
    assert "Staff 2 1 =Vacancies" in text
    listed = page("go/north-west/at-risk.html")
    assert "1 commitment that a rule lists as at risk at the end of 2009/10 Q1 (30 June 2009)." in listed
    assert "12% One chance in five." in listed


def test_a_cell_of_the_matrix_has_status_direction_and_age(page):
    text = page("go/north-west/matrix-safer-communities.html")
    assert "Chosen by 1 of 1 \N{MULTIPLICATION X} Off target \N{BLACK CIRCLE} No change, 5 months old" in text


def test_a_review_pack_has_every_section(page):
    text = page("review/E08000003.html")
    assert "59.3 2009 50.0 2010/11 \N{BLACK CIRCLE} No change Children's Board" in text
    assert '2010/11 \N{WHITE CIRCLE} Target to come =HYPERLINK("x")' in text
    assert "2010/11 50.0 The target is frozen: its review is pending." in text
    change = "a change of \N{MINUS SIGN}"
    assert f"2010/11 {change}6.0% from the baseline {change}5.0% from the baseline Eased" in text
    assert "Manchester City Council Lead organisation no light 2 of 3 assessed, 4 in all" in text
    assert "Returns: 1 in time." in text


def test_a_review_pack_says_what_inspectorates_judged_and_where_it_was_read(page):
    text = page("review/E08000003.html")
    assert "Area assessment AC Safety NI 112" in text
    assert "Red flag Significant concern =Plans" in text
    assert re.search(r"9 June 2009 caa.*\.xlsx , sheet AC, row 7", text)
    assert "corrected.xlsx" not in text
    assert "Homes Blue flag the framework does not list this judgement nothing was passed on 9 June 2009" in text
    assert "No inspectorate says anything." in page("review/E08000006.html")


def test_an_office_takes_its_matrix_and_reviews_away(tiny_site):
    path = tiny_site / "go" / "north-west-assurance.ods"
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Notes", "Matrix", "Review"]
    notes, matrix, review = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert ["[c]", "confidential: held back so that nobody can be identified"] in notes
    row = dict(zip(*matrix, strict=True))
    assert (row["Figure"], row["Figure marks"], row["Change of distance"]) == (59.25, "[e] [p]", -3.2)
    assert row["At risk by rule"] == "One chance in five."
    items = [dict(zip(review[0], item, strict=True)) for item in review[1:]]
    assert [item["Section"] for item in items] == [
        "progress", "unresolved", "change", "change", "partner", "partner", *["inspectorate"] * 3,
    ]  # fmt: skip
    judged = next(item for item in items if item["Judgement"] == "Red flag")
    assert (judged["Assessment"], judged["About"], judged["Indicator code"]) == ("Area assessment", "Safety", "NI 112")
    assert judged["Indicator"] not in ("", "[z]")
    assert {item["Statement"] for item in items if item["Judgement"] == "blue_flag"} == {"[x]"}
    assert {item["Judgement"] for item in items if item["Section"] == "partner"} == {"[z]"}
    assert items[1]["Target"] == "[x]"
    assert items[4]["Target"] == items[4]["Figure"] == "[z]"
    with (tiny_site / "go" / "north-west-review.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert told[1]["Statement"].startswith("'=HYPERLINK")
    assert items[1]["Statement"] == told[1]["Statement"]


def test_equal_rows_give_an_equal_file_that_readers_know_by_its_first_entry(tmp_path):
    rows = [("Head", "Figure"), ("a < b & \x00", 1.5), (None, 2)]
    for name in ("one.ods", "two.ods"):
        ods.write(tmp_path / name, [ods.Sheet('"Sheet" & <co>', rows)])
    assert (tmp_path / "one.ods").read_bytes() == (tmp_path / "two.ods").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.ods") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    book = CalamineWorkbook.from_path(tmp_path / "one.ods")
    assert book.get_sheet_by_index(0).to_python() == [["Head", "Figure"], ["a < b & ", 1.5], ["", 2.0]]


def test_a_sheet_of_many_rows_is_whole(tmp_path):
    ods.write(tmp_path / "many.ods", [ods.Sheet("Many", ((number, "x") for number in range(1234)))])
    rows = CalamineWorkbook.from_path(tmp_path / "many.ods").get_sheet_by_index(0).to_python()
    assert rows == [[number, "x"] for number in range(1234)]
