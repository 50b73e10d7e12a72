"""A whole site built from the tiny published file: structure, links, reasons, escaping, repeatability."""

import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

BANNER = "Illustrative data"


class Outline(HTMLParser):
    """What the tests need of a page: ids, links, headings, landmarks, cells without scope, and its text."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.tags, self.unscoped, self.captions = [], [], [], 0, 0
        self.text, self.scripts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src") if found.get(name)]
        self.unscoped += tag == "th" and "scope" not in found
        self.scripts += [found] if tag == "script" else []

    def handle_data(self, data):
        self.text.append(data)


def pages(site: Path) -> dict[Path, Outline]:
    return {path: Outline(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def leads_somewhere(site, outlines, path, link):
    """Whether a link of a page is to another site, or to a file and fragment that exist in this one."""
    if link.startswith(("https://", "http://")):
        return True
    target, fragment = urldefrag(unquote(link))
    place = (path.parent / target).resolve() if target else path.resolve()
    if link.startswith("/") or not place.is_file() or not place.is_relative_to(site.resolve()):
        return False
    fragment = "chosen" if fragment.startswith("areas=") else fragment  # a comparison names its areas there
    return not fragment or fragment in outlines[site / place.relative_to(site.resolve())].ids


@pytest.fixture(scope="module")
def outlines(tiny_site):
    return pages(tiny_site)


def read(site, path):
    return (site / path).read_text("utf-8")


def test_every_kind_of_page_is_there(tiny_site):
    expected = (
        "index",
        "404",
        "about",
        "accessibility",
        "data",
        "quality",
        "ni/index",
        "ni/ni-112",
        "ni/ni-031",
        "area/index",
        "area/E08000003",
        "area/E12000002",
        "area/E23000005",
        "go/index",
        "go/north-west",
        "go/north-west/ni-110",
        "licences",
        "psa/index",
        "psa/14",
        "proof/ni-112",
        "proof/ni-112.E12000002",
        "ni/ni-112.regions",
        "area/E08000003.safer-communities",
        "quality/ons-conceptions",
        "proof/ni-112.2009.calendar-year",
        "lineage/index",
        "lineage/fct_observation_current",
    )
    missing = [name for name in expected if not (tiny_site / f"{name}.html").is_file()]
    assert missing == []
    assert not (tiny_site / "area/CSP1.html").exists()  # a partnership without figures has no page


def test_each_page_has_one_heading_a_main_landmark_a_language_and_unique_ids(outlines):
    for path, page in outlines.items():
        assert page.tags.count("h1") == 1, path
        assert page.tags.count("main") == 1, path
        assert page.tags.count("table") == page.tags.count("caption"), path
        assert page.unscoped == 0, path
        assert len(page.ids) == len(set(page.ids)), path
        assert '<html lang="en-GB"' in path.read_text("utf-8"), path


def test_every_link_is_relative_and_leads_somewhere_even_its_fragment(tiny_site, outlines):
    broken = [
        (path.name, link)
        for path, page in outlines.items()
        for link in page.links
        if not leads_somewhere(tiny_site, outlines, path, link)
    ]
    assert broken == []


def test_scripts_and_styles_are_the_sites_own(outlines):
    for page in outlines.values():
        assert all(script["src"].replace("../", "").startswith("static/") for script in page.scripts)


def test_a_missing_value_says_why_and_a_qualified_one_too(tiny_site):
    area = read(tiny_site, "area/E08000006.safer-communities.html")
    assert "suppressed: too few people" in area
    indicator = read(tiny_site, "ni/ni-112.html")
    assert "suppressed: too few people" in indicator
    assert "(estimated)" in indicator


def test_an_indicator_without_data_says_why(tiny_site):
    assert "No data held: this indicator was dropped from the framework." in read(tiny_site, "ni/ni-031.html")
    assert "No data held: no delivery in this release carries this indicator." in read(tiny_site, "ni/ni-009.html")
    cheshire = read(tiny_site, "area/E10000004.html")
    assert "figures only for other kinds of area" in cheshire
    assert "31 March 2009" in cheshire
    assert "Cheshire West and Chester" in cheshire


def test_a_figure_names_its_period_status_file_and_row(tiny_site):
    area = read(tiny_site, "area/E08000003.safer-communities.html")
    for words in (
        "59.3",
        "2009",
        "Final",
        "conceptions-1.xls",
        "sheet Table 6, row 14",
        "Improved",
        "Lower is better",
    ):
        assert words in area
    indicator = read(tiny_site, "ni/ni-112.html")
    for words in (
        "<strong>Lower is better.</strong>",
        "1" * 64,
        "Open Government Licence v3.0",
        "row 12",
        "38.1",
    ):
        assert words in indicator


def test_a_rollup_gives_its_coverage_and_the_reason_there_is_none(tiny_site):
    for path in ("ni/ni-112.html", "psa/14.html"):
        page = read(tiny_site, path)
        assert "1 of 4 areas reported, 31% of people" in page
        assert "No area has a numerator and a denominator." in page
        assert page.count("figure: 3 of 4 areas have no figure here.") == 1
        assert page.count("Against the publisher") == 1
    assert "its one local indicator shows a part of it, not the whole" in read(tiny_site, "psa/14.html")
    assert "1 of 4 areas reported" in read(tiny_site, "go/north-west/ni-110.html")


def entry(site, name):
    """The figure a fragment such as `ni-112.html#E08000003` names, from the JSON beside the page."""
    page, fragment = name.split("#")
    data = json.loads((site / "proof" / page).with_suffix(".json").read_text("utf-8"))
    return data, next(item for item in data["figures"] if item.get("id") == fragment)


def test_every_row_of_a_table_with_figures_leads_to_its_proof(tiny_site):
    for path in (
        "area/E08000003.safer-communities.html",
        "ni/ni-112.html",
        "ni/ni-112.regions.html",
        "go/north-west/ni-110.html",
        "psa/14.html",
    ):
        tables = re.findall(r"<tbody>(.*?)</tbody>", read(tiny_site, path), re.S)
        rows = [row for table in tables for row in table.split("</tr>") if re.search(r"hub-figure|#E08000003", row)]
        assert rows, path
        assert [row for row in rows if "../proof/" not in row] == [], path


def test_proof_names_file_cell_checks_rule_and_sql(tiny_site):
    assert 'href="../proof/ni-112.E12000002.html#E08000003"' in read(tiny_site, "area/E08000003.safer-communities.html")
    assert "../proof/ni-112.E12000002.html" in read(tiny_site, "proof/ni-112.html")
    page = read(tiny_site, "proof/ni-112.E12000002.html")
    row = page.split('<tr id="E08000003">')[1].split("</tr>")[0]
    assert "59.3" in row  # as shown
    assert "59.25" in row  # as it is
    assert "sheet Table 6, row 14" in row
    for words in (
        "1" * 64,
        f"raw/ons_conceptions/{'1' * 64}",
        "0 errors, 267 warnings and 0 notes",
        "1 of 1 test of fct_observation_current passed",
        "../lineage/fct_observation_current.html#sql",
    ):
        assert words in page


def test_json_beside_a_proof_page_says_the_same(tiny_site):
    data, figure = entry(tiny_site, "ni-112.E12000002.html#E08000003")
    assert (figure["value"], figure["shown"], figure["text"], figure["rows"]) == (59.25, "59.3", "59.25", "14")
    assert data["files"][str(figure["file"])]["raw"] == f"raw/ons_conceptions/{'1' * 64}"
    assert data["tests"] == {"fct_observation_current_grain": "pass"}
    missing = entry(tiny_site, "ni-112.E12000002.html#E08000006")[1]
    assert (missing["mark"], missing.get("value")) == ("suppressed", None)


def test_a_corrected_figure_is_marked_and_its_proof_gives_the_reason_and_the_publishers_own(tiny_site):
    assert '43.5</span> <span class="hub-note">(corrected by the hub)' in read(
        tiny_site, "area/E12000002.safer-communities.html"
    )
    assert "corrected by the hub" in read(tiny_site, "ni/ni-112.regions.html")
    row = read(tiny_site, "proof/ni-112.html").split('id="E12000002.2009.calendar-year"')[1].split("</tr>")[0]
    assert "Corrected by the hub (C-1, 1 March 2011), where the publisher gives 4.35: a rate printed per 100" in row
    assert "the publisher&#39;s own table 7" in row
    correction = entry(tiny_site, "ni-112.html#E12000002.2009.calendar-year")[1]["correction"]
    assert (correction["code"], correction["published_value"]) == ("C-1", 4.35)


def test_a_rollup_leads_to_the_areas_it_adds_up(tiny_site):
    assert "../proof/ni-112.2009.calendar-year.html#E12000002" in read(tiny_site, "psa/14.html")
    assert "../proof/ni-112.2009.calendar-year.html#E12000002" in read(tiny_site, "go/north-west/ni-110.html")
    page = read(tiny_site, "proof/ni-112.2009.calendar-year.html")
    assert "<td>59.25</td><td>1,000</td></tr>" in page
    rolled = entry(tiny_site, "ni-112.2009.calendar-year.html#E12000002")[1]
    assert rolled["operands"][0]["counted"] == {"numerator": 59.25, "denominator": 1000.0}
    assert rolled["operands"][0]["text"] == "59.25"


def test_lineage_leads_from_a_column_to_the_delivery(tiny_site):
    page = read(tiny_site, "lineage/rollup_region.html")
    assert "landing.observations.value" in page
    assert "stg_observations.html#column-value" in page
    assert "Rollup region grain" in page
    assert "lineage/rollup_region.html" in read(tiny_site, "data.html")


def test_unverified_rows_are_marked_and_explained(tiny_site):
    assert "Unverified" in read(tiny_site, "ni/index.html")
    assert "#unverified" in read(tiny_site, "ni/ni-112.html")
    assert 'id="unverified"' in read(tiny_site, "about.html")


def test_a_quarantined_delivery_shows_its_reason(tiny_site):
    assert "quality/ons-conceptions.html" in read(tiny_site, "quality.html")
    quality = read(tiny_site, "quality/ons-conceptions.html")
    assert "Quarantined" in quality
    assert "Column missing:" in quality
    assert "Send the table with its header row." in quality


def test_issues_are_counted_by_how_often_they_occurred(tiny_site):
    assert "1 error, 267 warnings and 0 notes" in read(tiny_site, "index.html")
    assert '<td class="hub-number">267</td>' in read(tiny_site, "quality.html")
    quality = read(tiny_site, "quality/ons-conceptions.html")
    assert "268 issues of Conceptions" in quality
    assert "<caption>All issues</caption>" in quality


def test_directions_have_shapes_that_do_not_point(tiny_site):
    about = read(tiny_site, "about.html")
    for shape, word in (("★", "Improved"), ("●", "No change"), ("◆", "Deteriorated")):
        assert f'<i aria-hidden="true">{shape}</i> {word}' in about


def test_a_wide_table_of_an_area_says_that_it_scrolls(tiny_site):
    assert "The table scrolls sideways." in read(tiny_site, "area/E08000003.safer-communities.html")


def test_no_page_is_long_but_those_of_sql(tiny_site):
    sizes = {path.relative_to(tiny_site).as_posix(): path.stat().st_size for path in tiny_site.rglob("*.html")}
    assert {path: size for path, size in sizes.items() if size > 100_000 and not path.startswith("lineage/")} == {}


def test_an_office_leads_from_each_indicator_to_every_areas_figure(tiny_site):
    overview = read(tiny_site, "go/north-west.html")
    assert '<a href="../go/north-west/ni-110.html#ni-112-headline">NI 112' in overview
    row = read(tiny_site, "go/north-west/ni-110.html").split('<tr id="ni-112-headline">')[1].split("</tr>")[0]
    assert '<a href="../../area/E08000003.safer-communities.html#ni-112-headline">59.3</a>' in row
    assert "../../proof/ni-112.E12000002.html#areas" in row


def test_hostile_text_is_shown_not_run(tiny_site, outlines, hostile):
    for path in outlines:
        assert "<script>alert" not in path.read_text("utf-8"), path
    assert hostile in "".join(outlines[tiny_site / "ni/ni-009.html"].text)
    assert hostile in "".join(outlines[tiny_site / "quality/ons-conceptions.html"].text)
    assert hostile in "".join(outlines[tiny_site / "proof/ni-112.E12000002.html"].text)
    assert "<script>alert" in "".join(outlines[tiny_site / "lineage/stg_observations.html"].text)


def test_the_banner_is_on_every_page_if_and_only_if_data_is_illustrative(outlines, tiny_illustrative_site):
    assert [path for path in outlines if BANNER in path.read_text("utf-8")] == []
    made_up = pages(tiny_illustrative_site)
    assert [path for path, page in made_up.items() if BANNER not in "".join(page.text)] == []
    assert len(made_up) == len(outlines)


def test_csv_twins_hold_the_raw_text_and_survive_a_csv_reader(tiny_site):
    with (tiny_site / "ni/ni-112.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 13
    manchester = [row for row in rows if row["area_name"] == "Manchester"]
    assert [row["source_text"] for row in manchester] == ["66.0", "62.4", "59.25"]
    assert {row["delivery_id"] for row in rows} == {"ons_conceptions-1"}
    assert len((tiny_site / "area/E08000003.csv").read_text("utf-8").splitlines()) == 4
    assert len((tiny_site / "go/north-west.csv").read_text("utf-8").splitlines()) == 3


def test_the_published_files_are_offered_for_download(tiny_site):
    assert (tiny_site / "data/hub.duckdb").stat().st_size == (tiny_site.parent / "hub.duckdb").stat().st_size
    assert (tiny_site / "data/csv/dim_mark.csv").is_file()
    page = read(tiny_site, "data.html")
    assert "What dim_area holds." in page
    assert "No rows in this release." not in page.split("Deliveries that were refused")[0]


def test_building_twice_gives_the_same_bytes(tmp_path, tiny_site, build_tiny):
    again = build_tiny(tmp_path)

    def hashes(site):
        return {
            path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(site.rglob("*"))
            if path.is_file() and path.name != "hub.duckdb"
        }

    first, second = hashes(tiny_site), hashes(again)
    different = {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}
    assert different <= {"data.html"}  # it names the size of the database, which DuckDB does not keep to the byte
