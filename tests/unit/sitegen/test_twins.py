"""What lies beside pages for programs: the same rows as CSV and JSON, and nothing a spreadsheet would run."""

import csv
import io
import json
from collections import namedtuple
from datetime import date

import duckdb
import pytest
from cells import FORMULAS, PLAIN

from sitegen import files, formulas, twins
from sitegen.views import Page

Row = namedtuple("Row", "area_name value known_from mark")


def written(page):
    return dict(twins.write(page, "Illustrative data"))


def test_rows_are_the_same_in_both_formats_with_the_edition():
    rows = [Row("A, b", 1.5, date(2009, 6, 30), None), Row('"q"', None, None, "suppressed")]
    found = written(Page("kind", "a/b.html", "x.html", {}, rows=rows))
    table = list(csv.DictReader(io.StringIO(found["a/b.csv"])))
    assert table[0] == {
        "area_name": "A, b", "value": "1.5", "known_from": "2009-06-30", "mark": "", "edition": "Illustrative data",
    }  # fmt: skip
    assert (table[1]["area_name"], table[1]["value"], table[1]["mark"]) == ('"q"', "", "suppressed")
    data = json.loads(found["a/b.json"])
    assert data["columns"] == ["area_name", "value", "known_from", "mark", "edition"]
    assert data["rows"][0] == ["A, b", 1.5, "2009-06-30", None, "Illustrative data"]
    assert (data["page"], data["edition"]) == ("a/b.html", "Illustrative data")


def test_only_chosen_columns_are_written():
    rows = [Row("a", 1, None, None)]
    found = written(Page("kind", "b.html", "x.html", {}, rows=rows, columns=("value", "mark")))
    assert found["b.csv"] == "value,mark,edition\n1,,Illustrative data\n"


def test_a_page_without_rows_has_nothing_beside_it():
    assert written(Page("kind", "b.html", "x.html", {})) == {}


def test_a_page_with_data_of_its_own_has_its_figures_as_csv():
    context = {"figures": [{"id": "a", "value": 2.5, "issues": ["x"]}]}
    found = written(Page("kind", "b.html", "x.html", context, data=lambda context: {"figures": context["figures"]}))
    assert found["b.csv"] == "id,value,edition\na,2.5,Illustrative data\n"
    assert json.loads(found["b.json"])["figures"][0]["issues"] == ["x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_taken_for_a_formula_and_numbers_stay(text):
    found = written(Page("kind", "b.html", "x.html", {}, rows=[Row(text, -1.5, None, "-3.2")]))
    (row,) = csv.reader(io.StringIO(found["b.csv"].split("\n", 1)[1], newline=""))
    assert row[:2] == [f"'{text}".replace("\r", "\n"), "-1.5"]
    assert row[3] == "-3.2"
    assert json.loads(found["b.json"])["rows"][0][:2] == [text, -1.5]


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN])
def test_sql_writes_a_text_as_python_does(text):
    with duckdb.connect() as con:
        line, array = con.execute(
            f"""select {files.csv_field("t", "VARCHAR")} || ',' || {files.csv_field("n", "DOUBLE")},
                {files.json_field("t")} from (select ?::varchar as t, -1.5::double as n)""",
            [text],
        ).fetchone()
    assert list(csv.reader(io.StringIO(line, newline=""))) == [[formulas.safe(text).replace("\r", "\n"), "-1.5"]]
    assert json.loads(array) == text


def test_hostile_cells_of_a_whole_site_are_texts_in_every_csv(tmp_path, tiny_site, hostile):
    told = 0
    for path in tiny_site.rglob("*.csv"):
        if path.is_relative_to(tiny_site / "data"):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                cells = [cell for cell in row if cell.lstrip(" ").startswith(("=", "@", "\t", "\r", "\n", "+"))]
                assert cells == [], path
                told += hostile in row
    assert told > 1


def test_csv_and_json_beside_each_page_have_the_same_rows(tiny_site):
    pairs = 0
    for path in tiny_site.rglob("*.json"):
        data = json.loads(path.read_text("utf-8"))
        if "columns" in data:
            with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
                head, *rows = csv.reader(file)
            assert head == data["columns"], path
            assert len(rows) == len(data["rows"]), path
            assert "edition" in head, path
            pairs += 1
    assert pairs > 20
    for page in ("area/E08000003", "ni/ni-112", "go/north-west", "laa/E08000003", "area/E08000003.safer-communities"):
        assert (tiny_site / f"{page}.csv").is_file(), page
        assert (tiny_site / f"{page}.json").is_file(), page
