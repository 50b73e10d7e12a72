"""The funnel of a measure: every area by what its figure rests on, and where chance alone would put it.

Belongs here: shapes and the words a screen reader gets. Does not belong here: choosing what to draw, or a limit (the
marts have them, area by area; the curves join them). Positions are told apart by shape as well as colour.
"""

import math
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.charts import AXIS_CHARACTER, described, ticks
from sitegen.format import number, plural

WIDTH, TOP, BOTTOM, RIGHT = 640, 12, 300, 626
BEYOND = {"above_95": "inner", "below_95": "inner", "above_998": "outer", "below_998": "outer"}


@dataclass(frozen=True, slots=True)
class Place:
    """One area: what its figure rests on, the figure, the limits at that base and where it lies."""

    base: float
    value: float
    limits: tuple[float, float, float, float]
    position: str


def draw(key: str, title: str, places: list[Place], middle: float) -> Markup:
    """Draw areas from the smallest base to the largest, the latter on a scale of tens; `middle` is England's figure."""
    places = sorted(places, key=lambda place: (place.base, place.value))
    values = [value for place in places for value in (place.value, *place.limits)]
    marks = ticks(min(values), max(values))
    names = [number(mark, max(len(str(m).removesuffix(".0").partition(".")[2]) for m in marks)) for mark in marks]
    left = max(map(len, names)) * AXIS_CHARACTER + 14
    low, high = math.log10(places[0].base), math.log10(places[-1].base)

    def x(base: float) -> float:
        return round(left + 8 + (math.log10(base) - low) / ((high - low) or 1.0) * (RIGHT - left - 16), 1)

    def y(value: float) -> float:
        return round(BOTTOM - (value - marks[0]) / (marks[-1] - marks[0]) * (BOTTOM - TOP), 1)

    grid = "".join(f"M{left:.0f} {y(mark)}H{RIGHT}" for mark in marks)
    body = f'<path class="hub-grid" d="{grid}"/><g class="hub-axis" text-anchor="end">'
    body += "".join(
        f'<text x="{left - 6:.0f}" y="{y(mark) + 4}">{name}</text>' for mark, name in zip(marks, names, strict=True)
    )
    body += '</g><g class="hub-axis" text-anchor="middle">' + _tens(x, low, high) + "</g>"
    body += f'<path class="hub-target-line" d="M{left:.0f} {y(middle)}H{RIGHT}"/>'
    for number_of, css in ((1, "hub-line-other"), (2, "hub-line-other"), (0, "hub-fan-line"), (3, "hub-fan-line")):
        along = {round(x(place.base)): place for place in places}  # a point a pixel draws the same curve
        curve = "L".join(f"{x(place.base)} {y(place.limits[number_of])}" for place in along.values())
        body += f'<path class="{css}" d="M{curve}"/>'
    body += "".join(_shape(x(place.base), y(place.value), BEYOND.get(place.position)) for place in places)
    return described("funnel", f"0 0 {WIDTH} 326", key, title, in_words(places), body)


def _tens(x, low: float, high: float) -> str:
    """The base along the axis: 1, 2 and 5 times the powers of ten covered, or these alone where they are many."""
    steps = (1, 2, 5) if high - low < 2 else (1,)
    covered = [step * 10**power for power in range(int(low), int(high) + 1) for step in steps]
    shown = [base for base in covered if low <= math.log10(base) <= high]
    return "".join(f'<text x="{x(base)}" y="318">{base:,}</text>' for base in shown)


def _shape(x: float, y: float, beyond: str | None) -> str:
    """A hollow dot inside the funnel, a square beyond its inner limits, a filled diamond beyond the outer ones."""
    if beyond == "outer":
        return f'<path class="hub-target" d="M{x} {y - 5:.1f}l5 5l-5 5l-5 -5Z"/>'
    if beyond == "inner":
        return f'<rect class="hub-milestone" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'
    return f'<circle class="hub-line-dot hub-dot--hollow" cx="{x}" cy="{y}" r="3"/>'


def in_words(places: list[Place]) -> str:
    """How many areas lie where."""
    outer = sum(BEYOND.get(place.position) == "outer" for place in places)
    inner = sum(BEYOND.get(place.position) == "inner" for place in places)
    inside = f"{plural(len(places), 'area')}: {len(places) - inner - outer} inside the funnel around England's figure"
    return f"{inside}, {inner} beyond its inner limits, {outer} beyond its outer ones."
