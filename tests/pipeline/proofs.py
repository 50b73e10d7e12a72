"""Numbers off the rendered pages, and the way from each to the cell of the file it was read from.

Belongs here: reading tables from HTML, following links, and finding a cell in an archived file. Does not belong here:
what must hold (test_proof.py, test_real_build.py).
"""

import hashlib
import json
import random
import re
from collections import defaultdict
from functools import lru_cache
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import duckdb

from sources.readers.grid import read_grids
from sources.readers.header import header_names

COUNTED = {"sum": ("value",), "ratio_of_sums": ("numerator", "denominator")}
PLACES = ("area", "ni", "go", "psa")
CHANGE = re.compile(r"([+\N{MINUS SIGN}]?)£?([\d,]+(?:\.(\d+))?)(?: pp)?,? ?since (.+)")


class Tables(HTMLParser):
    """The tables of a page: each a list of rows, each row a list of cells with text, figures, links."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.cell, self.figure, self.linked = [], None, False, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.cell = {"text": "", "links": [], "figures": [], "linked": ""}
            self.tables[-1][-1].append(self.cell)
        elif self.cell is not None and tag == "a":
            self.cell["links"].append(found["href"])
            self.linked = True
        elif self.cell is not None and tag == "span" and found.get("class") == "hub-figure":
            self.figure = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None
        elif tag == "span":
            self.figure = False
        elif tag == "a":
            self.linked = False

    def handle_data(self, data):
        if self.cell is not None:
            self.cell["text"] += data
            self.cell["linked"] += data if self.linked else ""
            if self.figure:
                self.cell["figures"].append(data)


def numbers(site: Path) -> list[tuple[str, str, str, dict]]:
    """Every figure in a table: (kind of table, what is shown, its row's proof, what tells it apart in the row)."""
    found = []
    for page in sorted(chain.from_iterable((site / folder).rglob("*.html") for folder in PLACES)):
        # a page one folder further down leads to the same places one step further up
        for table in Tables(page.read_text("utf-8").replace("../../", "../")).tables:
            head, *rows = table
            for row in rows:
                found += _of_row(page.relative_to(site), [cell["text"].strip() for cell in head], row)
    return found


def _of_row(page: Path, heads: list[str], row: list[dict]) -> list[tuple[str, str, str, dict]]:
    """The figures of one row, which has at most one way to proof."""
    ways = [link for cell in row for link in cell["links"] if link.startswith("../proof/")]
    assert len(set(ways)) <= 1, (page, ways)
    kind = f"{page.parts[0]}: " + " ... ".join([heads[0], "periods" if heads[-1][-1].isdigit() else heads[-1]])
    shown = []
    for head, cell in zip(heads, row, strict=True):
        area = next((link for link in cell["links"] if link.startswith("../area/") and "#" in link), None)
        if area and heads[0] == "Indicator" and not cell["figures"]:
            shown.append(("go: matrix", cell["linked"], {"area": Path(area.split("#")[0]).name.split(".")[0]}))
        if change := CHANGE.search(cell["text"]):
            shown.append((f"{page.parts[0]}: change", change.group(), {"change": change}))
        for figure in cell["figures"]:
            shown.append((kind, figure, {"head": head}))
    assert ways or not shown, f"{page}: figures {shown} lead to no proof"
    return [(what, figure, ways[0], about) for what, figure, about in shown]


def sample(found: list, size: int, seed: int) -> list:
    """A random sample that holds every kind of table, as evenly as there are figures."""
    chance, kinds = random.Random(seed), defaultdict(list)
    for item in found:
        kinds[item[0]].append(item)
    for items in kinds.values():
        chance.shuffle(items)
    chosen = []
    while len(chosen) < min(size, len(found)):
        chosen += [items.pop() for items in kinds.values() if items]
    return chosen[:size]


@lru_cache(maxsize=64)
def document(path: Path) -> dict:
    """The JSON beside a page of proof."""
    return json.loads(path.with_suffix(".json").read_text("utf-8"))


def prove(site: Path, number: tuple) -> list[tuple[dict, dict]]:
    """The entries a number rests on, each with its file: one, or every operand of a roll-up."""
    _, shown, way, about = number
    name, fragment = way.removeprefix("../proof/").split("#")
    page = site / "proof" / name
    data = document(page)
    assert fragment == "rollups" or f'id="{fragment}"' in page.read_text("utf-8"), way
    if fragment == "rollups":
        rolled = [item for item in data["rolled_up"] if item["period"] == about["head"] and item["shown"] == shown]
        return [proved for item in rolled for proved in operands(site, page, item)]
    if data["made_by"] == "rollup_region":
        entry = next(item for item in data["figures"] if item["id"] == fragment)
        if about.get("head", "").startswith("Publisher"):
            return prove(site, ("", shown, f"../proof/{entry['published_proof']}", {}))
        if "change" in about:
            return change_of_rollup(site, page, entry, about["change"])
        assert entry["shown"] == shown, (way, entry["shown"], shown)
        return operands(site, page, entry)
    figures = data["figures"]
    if "change" in about:
        return change(data, fragment, about["change"])
    if "area" in about:
        entries = [item for item in figures if item["area_code"] == about["area"] and item["shown"] == shown]
    elif any(item.get("id") == fragment for item in figures):
        entries = [item for item in figures if item.get("id") == fragment]
    else:
        entries = [item for item in figures if item["area_code"] == fragment and item["period"] == about["head"]]
    assert shown in [item["shown"] for item in entries], (number, entries)
    entry = next(item for item in entries if item["shown"] == shown)
    return [(entry, data["files"][str(entry["file"])])]


def change(data: dict, fragment: str, said: re.Match) -> list[tuple[dict, dict]]:
    """The two figures a change lies between; their difference must be the change as it is shown."""
    now = next(item for item in data["figures"] if item.get("id") == fragment)
    before = next(
        item
        for item in data["figures"]
        if (item["area_code"], item["period_basis"], item["period"], item.get("dimensions"))
        == (now["area_code"], now["period_basis"], said[4].strip(), None)
    )
    differ(now, before, said)
    return [(item, data["files"][str(item["file"])]) for item in (now, before)]


def change_of_rollup(site: Path, page: Path, now: dict, said: re.Match) -> list[tuple[dict, dict]]:
    """The operands of the two roll-ups a change lies between; each period's has a page of its own."""
    part = page.name.split(".")[0]
    earlier = page.with_name(f"{part}.{_slug(said[4].strip())}.{_slug(now['period_basis'])}.html")
    before = next(item for item in document(earlier)["figures"] if item["id"] == now["id"])
    differ(now, before, said)
    return [*operands(site, page, now), *operands(site, earlier, before)]


def differ(now: dict, before: dict, said: re.Match) -> None:
    """The change is that of the two figures, as exactly as it is shown."""
    told = float(said[2].replace(",", "")) * (-1 if said[1] == "\N{MINUS SIGN}" else 1)
    assert abs(told - (now["value"] - before["value"])) < 0.5001 * 10 ** -len(said[3] or ""), (
        now,
        before,
        said.group(),
    )


def operands(site: Path, page: Path, entry: dict) -> list[tuple[dict, dict]]:
    """The areas of a roll-up, whose counted numbers add up to it."""
    if "operands" not in entry:
        page = page.with_name(f"{page.stem}.{_slug(entry['period'])}.{_slug(entry['period_basis'])}.html")
        entry = next(item for item in document(page)["figures"] if item["id"] == entry["id"])
    if entry["method"] in ("difference", "percent_change"):
        worked_out(entry)
    for name in COUNTED.get(entry["method"], ()):
        total = sum(item["counted"].get(name) or 0 for item in entry["operands"])
        assert abs(total - entry[name]) < 1e-6 * max(1, abs(total)), (page, entry["id"], name)
    files = document(page)["files"]
    return [(item, files[str(item["file"])]) for item in entry["operands"]]


def worked_out(entry: dict) -> None:
    """A gap or a change is that of the two ratios its operands add up to, whatever their scale."""
    sides = defaultdict(lambda: [0, 0])
    for item in entry["operands"]:
        side = sides[item.get("part"), item["period"]]
        for place, name in enumerate(("numerator", "denominator")):
            side[place] += item["counted"].get(name) or 0
    one, other = (top / bottom for top, bottom in sides.values())
    if entry["method"] == "percent_change":
        told = [100 * (one / other - 1), 100 * (other / one - 1)]
    else:
        told = [sign * per * (one - other) for sign in (1, -1) for per in (1, 100, 1000, 10000, 100000)]
    assert any(abs(value - entry["value"]) < 1e-6 for value in told), (entry["id"], entry["value"], told)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@lru_cache(maxsize=64)
def _grids(path: Path) -> dict:
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == path.name
    return {grid.sheet: grid.rows for grid in read_grids(content, path.name)}


@lru_cache(maxsize=256)
def _columns(path: Path, sheet: str) -> dict[str, set[int]]:
    """Where each heading of a sheet stands; headings may be stacked over up to four rows."""
    rows, places = _grids(path)[sheet], defaultdict(set)
    for depth in range(1, 5):
        for start in range(min(60, max(len(rows) - depth, 0) + 1)):
            if any(rows[start : start + depth]):
                for place, name in enumerate(header_names(rows[start : start + depth])):
                    places[name].add(place)
    return places


def cited_cells(home: Path, entry: dict, file: dict) -> set[str]:
    """The cells an entry cites, read again from the archived file: the named columns of the named rows."""
    path, sheet = home / file["raw"], entry.get("sheet", "")
    rows, places = _grids(path)[sheet], _columns(path, sheet)
    names = re.split(r" / | \+ ", entry["column"])
    columns = places.get(entry["column"]) or {place for name in names for place in places[name]}
    assert columns, (file["file"], entry["column"])
    cells = set()
    for number in entry["rows"].split("+"):
        row = rows[int(number) - 1]
        cells |= {row[place].strip() if place < len(row) else "" for place in columns}
    return cells


def lands_on_its_cell(home: Path, entry: dict, file: dict) -> bool:
    """Whether what the entry says stands in the file does stand there."""
    cells, text = cited_cells(home, entry, file), entry.get("text", "")
    return text in cells or set(re.split(r" / | \+ ", text)) <= cells


def same_in_sql(con: duckdb.DuckDBPyConnection, data: dict, entry: dict) -> bool:
    """Whether marts.proof() tells an analyst the same cell."""
    key = [data["indicator_code"], data["part"], entry["area_code"], entry["period"], entry.get("dimensions", "")]
    rows = con.execute(
        "select source_sheet, source_rows, source_column, source_text, raw_file from marts.proof(?, ?, ?, ?, ?) "
        "where evidence in ('published', 'derived') and period_basis = ?",
        [*key, entry["period_basis"]],
    ).fetchall()
    told = (
        *(entry.get(name) for name in ("sheet", "rows", "column", "text")),
        data["files"][str(entry["file"])]["raw"],
    )
    return [tuple(cell or None for cell in row) for row in rows] == [told]
