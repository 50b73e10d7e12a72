"""Charts as inline SVG, drawn by Python functions that return Markup.

Belongs here: shapes, scales and the words a screen reader gets. Does not belong here: choosing what to draw.
Lines are told apart by width and dashes as well as colour; all colours have at least 3:1 on white.
"""

import math
from dataclasses import dataclass

from markupsafe import Markup, escape

from sitegen.format import number

# About the widest a character of .hub-axis and .hub-last (hub.css) is drawn, in units of the drawing.
AXIS_CHARACTER, LAST_CHARACTER = 7.0, 8.2
WIDEST_MARGIN = 110


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a line; `value` None leaves a gap; `firm` False (provisional) is drawn hollow."""

    label: str
    value: float | None
    firm: bool = True


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Return round values that cover low..high in about `wanted` steps."""
    if high - low <= 1e-9 * max(1.0, abs(low), abs(high)):
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    rough = (high - low) / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 10) for n in range(first, last + 1)]


class Scale:
    """Maps periods and values to the drawing."""

    def __init__(self, box: tuple[float, float, float, float], count: int, low: float, high: float):
        """Fit `count` periods and the range low..high into box (left, top, right, bottom)."""
        self.left, self.top, self.right, self.bottom = box
        self.step = (self.right - self.left) / max(count - 1, 1)
        self.single = count == 1
        self.low, self.span = low, (high - low) or 1.0

    def x(self, index: int) -> float:
        """Horizontal place of a period; a lone one stands in the middle."""
        return round((self.left + self.right) / 2 if self.single else self.left + index * self.step, 1)

    def y(self, value: float) -> float:
        """Vertical place of a value."""
        return round(self.bottom - (value - self.low) / self.span * (self.bottom - self.top), 1)


def line(points: list[Point], scale: Scale, css: str, radius: float) -> str:
    """Draw one line with its points; a missing value breaks the line."""
    runs, run, dots = [], [], []
    for index, point in enumerate(points):
        if point.value is None:
            runs, run = [*runs, run], []
            continue
        x, y = scale.x(index), scale.y(point.value)
        run.append(f"{x} {y}")
        hollow = "" if point.firm else " hub-dot--hollow"
        if radius:
            dots.append(f'<circle class="{css}-dot{hollow}" cx="{x}" cy="{y}" r="{radius}"/>')
    path = "".join("M" + "L".join(part) for part in [*runs, run] if len(part) > 1)
    return (f'<path class="{css}" d="{path}"/>' if path else "") + "".join(dots)


def described(kind: str, box: str, key: str, title: str, words: str, body: str) -> Markup:
    """Wrap a drawing as an image with a name and a description."""
    return Markup(
        f'<svg class="hub-chart hub-chart--{kind}" viewBox="{box}" role="img" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(words)}</desc>{body}</svg>'
    )


def summary(points: list[Point], decimals: int | None) -> str:
    """Say a line in words: first and last value, and how many periods are missing."""
    known = [point for point in points if point.value is not None]
    if not known:
        return "No values."
    ends = [f"{number(point.value, decimals)} in {point.label}" for point in (known[0], known[-1])]
    gaps = len(points) - len(known)
    missing = f" {gaps} of {len(points)} periods have no value." if gaps else ""
    return (f"From {ends[0]} to {ends[1]}." if len(known) > 1 else f"{ends[0]}.") + missing


def bounds(lines: list[list[Point]]) -> list[float]:
    """Axis ticks that cover every value of the lines; empty when there is none."""
    values = [point.value for points in lines for point in points if point.value is not None]
    return ticks(min(values), max(values)) if values else []


def trend(key: str, title: str, points: list[Point], decimals: int | None) -> Markup:
    """Draw the large chart of one series: axis, grid, points, the last value written out."""
    marks = bounds([points])
    if not marks:
        return Markup("")
    places = max(len(str(mark).removesuffix(".0").partition(".")[2]) for mark in marks)
    names = [number(mark, places) for mark in marks]
    last = max(i for i, point in enumerate(points) if point.value is not None)
    ending = number(points[last].value, decimals)
    axis = round(max(map(len, names)) * AXIS_CHARACTER + 2, 1)
    left = max(axis + 22, _half(points[0].label))
    right = 400 - max(len(ending) * LAST_CHARACTER + 10, _half(points[-1].label))
    scale = Scale((left, 20, right, 190), len(points), marks[0], marks[-1])
    body = "".join(
        f'<line class="hub-grid" x1="{axis + 6}" x2="{round(right + 4, 1)}" y1="{y}" y2="{y}"/>'
        f'<text class="hub-axis" x="{axis}" y="{y + 4}" text-anchor="end">{name}</text>'
        for name, y in zip(names, map(scale.y, marks), strict=True)
    )
    body += _period_labels(points, scale)
    body += line(points, scale, "hub-line", 3.5)
    beside, height = round(scale.x(last) + 8, 1), round(scale.y(points[last].value) + 5, 1)
    body += f'<text class="hub-last" x="{beside}" y="{height}">{ending}</text>'
    return described("trend", "0 0 400 222", key, title, summary(points, decimals), body)


def _half(label: str) -> float:
    """Room a period label needs on either side of its point."""
    return min(len(label) * AXIS_CHARACTER / 2 + 2, WIDEST_MARGIN)


def _period_labels(points: list[Point], scale: Scale) -> str:
    """Write as many period labels under the axis as fit, always the first and the last."""
    widest = max(len(point.label) for point in points) * AXIS_CHARACTER + 10
    every = max(1, math.ceil(widest / max(scale.step, 1)))
    last = len(points) - 1
    shown = [i for i in range(0, last + 1, every) if i == last or (last - i) * scale.step >= widest] + [last]
    return "".join(
        f'<text class="hub-axis" x="{scale.x(i)}" y="211" text-anchor="middle">{escape(points[i].label)}</text>'
        for i in sorted(set(shown))
    )


def panel(key: str, title: str, points: list[Point], england: list[Point], marks: list[float]) -> Markup:
    """Draw a small chart of one region (solid) against England (dashed), on the scale all panels share."""
    scale = Scale((6, 8, 194, 82), len(points), marks[0], marks[-1])
    body = '<line class="hub-grid" x1="0" x2="200" y1="88" y2="88"/>'
    body += line(england, scale, "hub-line-other", 0) + line(points, scale, "hub-line", 2.5)
    return described("panel", "0 0 200 92", key, title, summary(points, None), body)


def spark(points: list[Point], decimals: int | None) -> Markup:
    """Draw a line the height of a table row; its words name the ends. Empty below two values."""
    if sum(point.value is not None for point in points) < 2:
        return Markup("")
    values = [point.value for point in points if point.value is not None]
    scale = Scale((3, 4, 93, 24), len(points), min(values), max(values))
    last = [Point("", None)] * (len(points) - 1) + points[-1:]
    body = line(points, scale, "hub-line", 0) + line(last, scale, "hub-line", 2.5)
    return Markup(
        f'<svg class="hub-spark" viewBox="0 0 96 28" role="img" aria-label="{escape(summary(points, decimals))}">'
        f"{body}</svg>"
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """One row of a strip: a value with its limits, where there are any; the others are read against the `own` one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    own: bool = False


def strip(key: str, title: str, spots: list[Spot], decimals: int | None) -> Markup:
    """Draw values under each other on one scale, each with its limits; a dashed line goes down from the own one.

    Empty below two values: one alone is compared with nothing.
    """
    if len(spots) < 2:
        return Markup("")
    ends = [end for spot in spots for end in (spot.value, spot.low, spot.high) if end is not None]
    marks = ticks(min(ends), max(ends))
    left = max(len(spot.label) for spot in spots) * AXIS_CHARACTER + 14
    across = marks[-1] - marks[0]
    place = {value: round(left + (value - marks[0]) / across * (384 - left), 1) for value in (*ends, *marks)}
    bottom = 24 * len(spots) + 4
    places = max(len(str(mark).removesuffix(".0").partition(".")[2]) for mark in marks)
    grid = "".join(f"M{place[mark]} 2V{bottom}" for mark in marks)
    names = "".join(f'<text x="{place[mark]}" y="{bottom + 16}">{number(mark, places)}</text>' for mark in marks)
    labels = "".join(
        f'<text x="{left - 10:.0f}" y="{24 * row + 18}">{escape(spot.label)}</text>' for row, spot in enumerate(spots)
    )
    body = f'<path class="hub-grid" d="{grid}"/><g class="hub-axis" text-anchor="middle">{names}</g>'
    body += f'<g class="hub-axis" text-anchor="end">{labels}</g>'
    own = next((spot for spot in spots if spot.own), None)
    if own:
        body += f'<path class="hub-line-other" d="M{place[own.value]} 14V{bottom}"/>'
    body += "".join(_spot(spot, place, 24 * row + 14) for row, spot in enumerate(spots))
    said = "; ".join(f"{spot.label} {number(spot.value, decimals)}{_between(spot, decimals)}" for spot in spots)
    return described("strip", f"0 0 400 {bottom + 22}", key, title, f"{said}.", body)


def _spot(spot: Spot, place: dict[float, float], y: int) -> str:
    """A line between the limits, and a dot (the own one, filled) or a square."""
    x = place[spot.value]
    limits = ""
    if spot.low is not None and spot.high is not None:
        limits = f'<path class="hub-limits" d="M{place[spot.low]} {y}H{place[spot.high]}"/>'
    if spot.own:
        return f'{limits}<circle class="hub-line-dot" cx="{x}" cy="{y}" r="5"/>'
    return f'{limits}<rect class="hub-milestone" x="{x - 4:.1f}" y="{y - 4}" width="8" height="8"/>'


def _between(spot: Spot, decimals: int | None) -> str:
    """The limits in brackets, where there are any."""
    if spot.low is None or spot.high is None:
        return ""
    return f" ({number(spot.low, decimals)} to {number(spot.high, decimals)})"
