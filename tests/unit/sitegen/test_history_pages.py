"""Pages of what changed, of words and of methods, and the search over them, on the tiny published file."""

import csv
import json
import re

import pytest
import yaml

from sitegen.charts_hex import Hexagon, hexmap, places, short
from sitegen.views import reference


def text(site, path):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (site / path).read_text("utf-8")))


def test_a_revised_figure_shows_old_new_size_and_kind_on_the_page_of_its_region_and_year(tiny_site):
    page = (tiny_site / "revisions/ni-112.html").read_text("utf-8")
    assert "1 figure was told again with another value" in page
    assert re.search(r'href="\.\./revisions/ni-112\.2011\.E12000002\.html">1<', page)
    assert "22 February 2011" in page
    figures = text(tiny_site, "revisions/ni-112.2011.E12000002.html")
    assert "1 figure, changed without a word, by conceptions-1.xls" in figures
    assert "2008 61.5 58.0 \N{MINUS SIGN}3.5 15" in figures
    listed = text(tiny_site, "revisions/index.html")
    assert "NI 112" in listed
    assert "1 changed without a word" in listed


def test_every_revised_figure_of_the_csv_is_on_a_page_that_its_indicator_leads_to(tiny_site):
    for path in (tiny_site / "revisions").glob("ni-*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            held = sum(1 for _ in csv.DictReader(lines))
        pages = re.findall(
            r'href="\.\./(revisions/[^"]+\.[^"]+\.[^"]+\.html)"', path.with_suffix(".html").read_text("utf-8")
        )
        assert held == sum((tiny_site / page).read_text("utf-8").count('<tr><th scope="row">') for page in pages) > 0


def test_a_status_that_changed_with_a_figure_is_told_with_both_on_the_page_of_its_round(tiny_site):
    listed = (tiny_site / "revisions/index.html").read_text("utf-8")
    assert "1 status changed with them" in listed
    assert '<a href="../revisions/statuses-2009-10-q1.html">2009/10 Q1</a></th><td>1</td>' in listed
    page = text(tiny_site, "revisions/statuses-2009-10-q1.html")
    assert re.search(r"61\.5 58\.0 .{0,6}Off target .{0,6}On target", page)


def test_the_audit_log_tells_targets_duties_and_rules_of_an_area_with_who_and_when(tiny_site):
    page = text(tiny_site, "audit/E08000003.html")
    assert re.search(r"Target re-set : NI 112 .*?, 2010/11 30 June 2008 53 50 ", page)
    assert "targets.xlsx" in page
    assert re.search(r"Duty moved to another owner : NI 031 .* LA, Nobody yet LA, Head of Youth", page)
    assert re.search(r"Judged by another rule : NI 112 .* Strict Within 5 percent", page)
    listed = text(tiny_site, "audit/index.html")
    assert "Target re-set 1" in listed


def test_a_round_says_how_agreements_stood_on_what_was_known_then(tiny_site):
    listed = text(tiny_site, "as-at/index.html")
    assert "2008/09 Q4 as known on 31 March 2009 0 of 0 indicators none" in listed
    page = text(tiny_site, "as-at/2009-10-q1.html")
    assert "As known on 30 June 2009" in page
    assert "Before: 2008/09 Q4" in page


def test_every_term_has_a_meaning_and_a_source_and_stands_in_its_place(tiny_site):
    terms = reference.entries("glossary.yaml")
    assert all(term["means"] and term["source"] for term in terms)
    names = [term["term"] for term in terms]
    assert names == sorted(set(names), key=str.lower)
    page = text(tiny_site, "glossary.html")
    assert all(term["means"].split(",")[0].split("'")[0] in page for term in terms)


def test_a_method_has_the_words_of_its_rules_the_description_and_the_tests_of_its_tables(tiny_site):
    page = text(tiny_site, "methods/status.html")
    assert "Near within 5 percent." in page
    assert "What fct_performance holds." in page
    assert "select value from stg_observations" in page
    assert "Fct performance grain: passed" in page


def test_the_method_of_disclosure_tells_what_it_does_not_cover(tiny_site):
    limits = text(tiny_site, "methods/disclosure.html").split("What it does not cover")[-1]
    assert "A region whose own first printed figure is small while none of its areas" in limits


def test_methods_name_tables_that_exist(illustrative_models):
    named = {name for method in reference.entries("methods.yaml") for name in method["tables"]}
    assert named <= illustrative_models


@pytest.fixture
def illustrative_models():
    """Names of all models of the warehouse."""
    return {path.stem for path in (reference.SITE.parent / "dbt_project" / "models" / "marts").rglob("*.sql")}


def script(site, name):
    return json.loads((site / "static" / name).read_text("utf-8").partition(" = ")[2].rstrip(";\n"))


def test_the_search_over_prose_leads_to_pages_that_are_there(tiny_site):
    found = script(tiny_site, "search-words.js")
    assert {kind for _, _, kind, _ in found} >= {"Word", "Method", "Definition"}
    assert [path for _, path, _, _ in found if not (tiny_site / path.partition("#")[0]).is_file()] == []


def test_hexagons_have_a_place_each_and_a_source(tmp_path):
    with (reference.SITE / "hexes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert all(row["source"] for row in rows)
    assert len({(row["column"], row["row"]) for row in rows}) == len(rows) == len(places())


def test_the_map_links_every_area_it_has_a_place_for_and_escapes_names(hostile):
    drawn = hexmap("k", "Map", [Hexagon("E08000003", hostile, "area/E08000003.html", "North West", "r")], "../")
    assert 'href="../area/E08000003.html"' in drawn
    assert "<script>" not in drawn
    assert hexmap("k", "Map", [Hexagon("X", "Nowhere", "area/X.html", "", "r")], "") == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [("Manchester", "Man"), ("North Tyneside", "Nty"), ("Bath and North East Somerset", "BNE"), ("St. Helens", "She")],
)
def test_a_name_is_shortened_to_three_letters(name, said):
    assert short(name) == said


def test_every_page_says_in_its_head_what_it_says_first(tiny_site):
    for path in sorted(tiny_site.rglob("*.html")):
        html = path.read_text("utf-8")
        assert re.search(r'<meta name="description" content="[^"]+">', html), path
        assert html.count('property="og:title"') == 1, path


def test_glossary_and_methods_are_data_without_unknown_keys():
    for name, keys in (
        ("glossary.yaml", {"term", "means", "also", "source", "see"}),
        ("methods.yaml", {"id", "title", "tables", "rules", "limits"}),
    ):
        for entry in yaml.safe_load((reference.SITE / name).read_text("utf-8")):
            assert set(entry) <= keys, entry
