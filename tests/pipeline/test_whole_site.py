"""The whole site of the illustrative edition: links lead somewhere, no page is heavy, numbers are the warehouse's."""

from __future__ import annotations

import os
import random
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from urllib.parse import unquote

import duckdb
import pytest

from sitegen import lookup
from sitegen.exports import Exports
from sitegen.files import Twins
from sitegen.hub import Hub

NAMES = re.compile(r'\s(id|href|src)="([^"]*)"')
HEAVY = 100_000
ROW = re.compile(r"<tr(?: id=\"(?P<id>[^\"]*)\")?><th scope=\"row\".*?</tr>", re.S)
FIGURE = re.compile(r'<span class="hub-figure">([^<]*)</span>')


@pytest.fixture(scope="module")
def site(illustrative) -> Path:
    return illustrative.published / "site"


@pytest.fixture(scope="module")
def con(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def pages(site) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def test_every_internal_link_and_fragment_of_every_page_resolves(site, pages):
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    found = {page: {"id": set(), "href": set(), "src": set()} for page in pages}
    for page, html in pages.items():
        for name, value in NAMES.findall(html):
            found[page][name].add(value)
    broken = []
    for page, names in found.items():
        for link in names["href"] | names["src"]:
            if link.startswith(("https://", "http://")):
                continue
            target, _, fragment = unquote(link).partition("#")
            fragment = "chosen" if fragment.startswith("areas=") else fragment  # a comparison names its areas there
            place = os.path.normpath(Path(page).parent / target) if target else page
            if place not in files or (fragment and fragment not in found.get(place, {"id": ()})["id"]):
                broken.append((page, link))
    assert broken == []


def test_no_page_is_heavy_but_those_of_sql(pages):
    heavy = {page: len(html.encode()) for page, html in pages.items() if len(html.encode()) > HEAVY}
    assert {page: size for page, size in heavy.items() if not page.startswith("lineage/")} == {}


def shown(value: float | None, decimals: int | None) -> str | None:
    """A value as digits alone, rounded half away from zero."""
    if value is None:
        return None
    places = 2 if decimals is None else decimals
    text = f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    text = text.rstrip("0").rstrip(".") if decimals is None and "." in text else text
    return text.lstrip("-") if not text.strip("-0.") else text


def digits(text: str) -> str:
    return re.sub(r"[£%,\s]|pp", "", text.replace("\N{MINUS SIGN}", "-"))


def latest(con) -> dict[tuple[str, str], str | None]:
    """Every latest figure by area and by the name pages give a measure, as digits."""
    rows = con.execute(
        """select area_code, l.indicator_code || ' ' || l.part, l.value, i.decimals from marts.latest_observation l
        join marts.dim_indicator i on l.indicator_code = i.indicator_code and l.part = i.part
            and l.definition_version = i.definition_version"""
    ).fetchall()
    return {
        (area, re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")): shown(value, decimals)
        for area, name, value, decimals in rows
    }


def test_every_number_on_two_hundred_random_pages_is_the_warehouses(pages, con):
    held, checked = latest(con), 0
    of_areas = [page for page in pages if page.startswith("area/") and ' id="figures"' not in pages[page]]
    of_areas = [page for page in of_areas if '<tr id="ni-' in pages[page]]
    chosen = random.Random(200).sample(sorted(of_areas), 100)
    for page in chosen:
        area = Path(page).name.split(".")[0]
        for row in ROW.finditer(pages[page]):
            figures = FIGURE.findall(row.group())
            assert [digits(text) for text in figures] == [held[area, row["id"]]][: len(figures)], (page, row.group())
            checked += len(figures)
    assert checked > 500
    checked = 0
    chosen = random.Random(201).sample(sorted(page for page in pages if re.match(r"laa/.*/", page)), 100)
    for page in chosen:
        checked += rounds_are_the_warehouses(pages[page], page, con)
    assert checked > 200


def rounds_are_the_warehouses(html: str, page: str, con) -> int:
    """Compare the table of rounds of a commitment's page; returns how many figures it has."""
    table = html.split('id="rounds"')[1].split("</table>")[0]
    code = re.search(r'<span class="govuk-caption-l">.*?(NI \d+)', html, re.S)
    rows = [row.group() for row in ROW.finditer(table)]
    told = [(re.search(r'row">([^<]*)', row)[1], [digits(text) for text in FIGURE.findall(row)]) for row in rows]
    assert code, page
    stem, _, kind = Path(page).stem.partition(".")
    answer = con.execute(
        """select p.round_label, p.actual_value, i.decimals, p.part, p.commitment_type from marts.fct_performance p
        join marts.dim_indicator i on p.indicator_code = i.indicator_code and p.part = i.part and i.is_current
        where p.area_code = ? and p.indicator_code = ? and p.commitment_type = ? order by p.round_ends_on desc""",
        [Path(page).parent.name, code[1], kind or "designated"],
    ).fetchall()
    part = stem.split("--")[1] if "--" in stem else None
    heads = {row[3] for row in answer if re.sub(r"[^a-z0-9]+", "-", row[3].lower()) == part} if part else set()
    rows = [row for row in answer if not heads or row[3] in heads]
    if len({row[3] for row in rows}) > 1:
        return 0  # which of the parts is the headline is not told by the address
    wanted = [(label, [] if value is None else [shown(value, decimals)]) for label, value, decimals, *_ in rows]
    assert told == wanted, page
    return sum(len(figures) for _, figures in told)


def test_rows_of_a_key_have_one_order_only(con):
    """A digest tells which rows a page was made from, not their order: it must follow from the rows."""
    tables = lookup.Tables(con, lookup.Digests({}, []))
    for make in (Hub, Twins, Exports):
        make(tables)
    tied = """
        select place from (select hash(t) as told, {} as place from ({}) t)
        group by place having count(distinct told) > 1"""
    for one in filter(lambda found: found.tables and found.order.strip() != "all", tables.lookups):
        key = ", ".join(one.names) or "1"
        place = f"({key}, rank() over (partition by {key} order by {one.order}))"
        assert not con.execute(tied.format(place, one.source)).fetchall(), one.source
