"""A map of areas as hexagons, each a link, laid out by the rows of site/hexes.csv.

Belongs here: the shapes and the words a screen reader gets. Does not belong here: which areas, and in which colour.
The layout is a schema: an area stands near its neighbours, not in its place, and every one has the same size.
"""

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

ROWS = Path(__file__).resolve().parent.parent / "hexes.csv"
STEP, RADIUS = 30.0, 16.4
CORNERS = [(RADIUS * math.sin(turn * math.pi / 3), RADIUS * math.cos(turn * math.pi / 3)) for turn in range(6)]
OUTLINE = "M" + "L".join(f"{x:.1f} {-y:.1f}" for x, y in CORNERS) + "Z"
SMALL_WORDS = {"and", "of", "the", "upon", "on", "in", "with", "city", "county"}


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One area of the map: its code, name, page, what is said of it, its class, and a sign to stand under its name."""

    code: str
    name: str
    path: str
    said: str
    css: str
    sign: str = ""


@cache
def places() -> dict[str, tuple[int, int]]:
    """Column and row of every area of the layout, by code; odd rows stand half a column to the right."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return {row["area_code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(lines)}


def short(name: str) -> str:
    """Three letters that stand for a name inside a hexagon: its initials, or how it begins."""
    words = [word for word in name.replace("-", " ").replace(",", " ").replace(".", "").split()
             if word.lower() not in SMALL_WORDS]  # fmt: skip
    return (
        "".join(word[0] for word in words[:3]).upper()
        if len(words) > 2
        else (words[0][0].upper() + words[1][:2].lower() if len(words) == 2 else words[0][:3].capitalize())
    )


def hexmap(key: str, title: str, hexagons: list[Hexagon], root: str) -> Markup:
    """Draw the areas that have a place in the layout, each as a link; empty without any. `root` leads to the site."""
    shown = [(*places()[one.code], one) for one in hexagons if one.code in places()]
    if not shown:
        return Markup("")
    body = "".join(
        _one(key, column, row, one, root) for column, row, one in sorted(shown, key=lambda item: item[1::-1])
    )
    width = (max(column for column, _, _ in shown) + 1.5) * STEP + 8
    height = max(row for _, row, _ in shown) * STEP * math.sqrt(0.75) + 2 * RADIUS + 8
    return Markup(
        f'<svg class="hub-hexmap" viewBox="0 0 {width:.0f} {height:.0f}" role="group" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{len(shown)} areas as hexagons of one size, each a link. The list beside has the same '
        f'areas.</desc><defs><path id="{key}-h" d="{OUTLINE}"/></defs>{body}</svg>'
    )


def _one(key: str, column: int, row: int, one: Hexagon, root: str) -> str:
    """One hexagon: the shape is drawn once and used, since a map has many."""
    x, y = 4 + STEP / 2 + (column + row % 2 / 2) * STEP, 4 + RADIUS + row * STEP * math.sqrt(0.75)
    said = f"{one.name}, {one.said}" if one.said else one.name
    sign = f'<text x="{x:.0f}" y="{y + 10:.0f}">{escape(one.sign)}</text>' if one.sign else ""
    return (
        f'<a href="{root}{escape(one.path)}" class="{one.css}"><title>{escape(said)}</title>'
        f'<use href="#{key}-h" x="{x:.0f}" y="{y:.1f}"/>'
        f'<text x="{x:.0f}" y="{y + (0 if one.sign else 3.6):.0f}">{escape(short(one.name))}</text>{sign}</a>'
    )
