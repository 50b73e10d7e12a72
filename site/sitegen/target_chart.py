"""The chart of a target: figures, milestones, the targets to come, and the fan of the forecast, on a scale of days.

Belongs here: shapes and the words a screen reader gets. Does not belong here: choosing what to draw.
Kinds are told apart by shape: dots and a solid line, diamonds, squares and dashes, a shaded fan.
"""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from sitegen.charts import AXIS_CHARACTER, LAST_CHARACTER, described, ticks
from sitegen.format import number, plural

WIDTH, TOP, BOTTOM = 400, 16, 190


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on a day; `low` and `high` where it is a forecast, `firm` False where it is provisional."""

    day: date
    value: float
    firm: bool = True
    low: float | None = None
    high: float | None = None


class DayScale:
    """Maps days and values to the drawing."""

    def __init__(self, left: float, right: float, days: list[date], low: float, high: float):
        """Fit the days and the range low..high between left and right."""
        self.first, self.left = min(days), left
        self.step = (right - left) / max((max(days) - self.first).days, 1)
        self.low, self.span = low, (high - low) or 1.0

    def x(self, day: date) -> float:
        """Horizontal place of a day."""
        return round(self.left + (day - self.first).days * self.step, 1)

    def y(self, value: float) -> float:
        """Vertical place of a value."""
        return round(BOTTOM - (value - self.low) / self.span * (BOTTOM - TOP), 1)

    def at(self, mark: Mark) -> str:
        """Place of a mark in a path."""
        return f"{self.x(mark.day)} {self.y(mark.value)}"


def draw(
    key: str,
    title: str,
    runs: list[list[Mark]],
    milestones: list[Mark],
    targets: list[Mark],
    fan: list[Mark],
    decimals: int | None,
) -> Markup:
    """Draw the chart; `runs` are stretches of figures joined by a line, the fan starts at the last yearly figure."""
    marks = [mark for run in runs for mark in run]
    every = [*marks, *milestones, *targets, *fan]
    if not marks or len(every) < 2:
        return Markup("")
    values = [value for mark in every for value in (mark.value, mark.low, mark.high) if value is not None]
    steps = ticks(min(values), max(values))
    # Between two grades, or two homes, there is nothing a line of the grid could stand for.
    named = [step for step in steps if decimals != 0 or step == int(step)] or steps
    names = [number(step, max(_places(step) for step in named)) for step in named]
    ending = number(targets[-1].value, decimals) if targets else ""
    axis = max(map(len, names)) * AXIS_CHARACTER + 2
    right = WIDTH - max(len(ending) * LAST_CHARACTER + 16, 14)
    scale = DayScale(axis + 14, right, [mark.day for mark in every], steps[0], steps[-1])
    body = "".join(
        f'<line class="hub-grid" x1="{axis + 6}" x2="{right + 4}" y1="{y}" y2="{y}"/>'
        f'<text class="hub-axis" x="{axis}" y="{y + 4}" text-anchor="end">{name}</text>'
        for name, y in zip(names, map(scale.y, named), strict=True)
    )
    body += _years(scale, every) + _fan(scale, fan) + _targets(scale, targets, ending)
    body += "".join(_diamond(scale, mark) for mark in milestones)
    body += "".join(_run(scale, run) for run in runs)
    return described("trend", f"0 0 {WIDTH} 216", key, title, in_words(marks, milestones, targets, fan, decimals), body)


def in_words(marks, milestones, targets, fan, decimals) -> str:
    """Say the chart in words: how many figures, their ends, the last target, the last forecast."""
    first, last = marks[0], marks[-1]
    said = [f"{plural(len(marks), 'figure')}, from {_on(first, decimals)} to {_on(last, decimals)}."]
    if milestones:
        said.append(f"{plural(len(milestones), 'milestone')}, the last {_on(milestones[-1], decimals)}.")
    if targets:
        said.append(f"{plural(len(targets), 'target')}, the last {_on(targets[-1], decimals)}.")
    if len(fan) > 1:
        ends = f"{number(fan[-1].low, decimals)} and {number(fan[-1].high, decimals)}"
        said.append(f"Forecast {_on(fan[-1], decimals)}, between {ends}.")
    return " ".join(said)


def _on(mark: Mark, decimals: int | None) -> str:
    return f"{number(mark.value, decimals)} in {mark.day:%Y-%m}"


def _places(step: float) -> int:
    return len(str(step).removesuffix(".0").partition(".")[2])


def _years(scale: DayScale, marks: list[Mark]) -> str:
    """Write the years under the axis, as many as fit."""
    first, last = min(mark.day for mark in marks), max(mark.day for mark in marks)
    years = list(range(first.year + 1, last.year + 1)) or [last.year]
    every = max(1, -(-len(years) // 8))
    return "".join(
        f'<line class="hub-grid" x1="{x}" x2="{x}" y1="{BOTTOM}" y2="{BOTTOM + 5}"/>'
        f'<text class="hub-axis" x="{x}" y="209" text-anchor="middle">{year}</text>'
        for year, x in ((year, scale.x(max(date(year, 1, 1), first))) for year in years[::every])
    )


def _fan(scale: DayScale, fan: list[Mark]) -> str:
    """Shade between the lower and upper ends, with a dotted line in the middle."""
    if len(fan) < 2:
        return ""
    upper = [f"{scale.x(mark.day)} {scale.y(mark.value if mark.high is None else mark.high)}" for mark in fan]
    lower = [f"{scale.x(mark.day)} {scale.y(mark.value if mark.low is None else mark.low)}" for mark in reversed(fan)]
    middle = "L".join(map(scale.at, fan))
    return f'<path class="hub-fan" d="M{"L".join(upper + lower)}Z"/><path class="hub-fan-line" d="M{middle}"/>'


def _targets(scale: DayScale, targets: list[Mark], ending: str) -> str:
    """Squares joined by dashes; the last one's value beside it."""
    if not targets:
        return ""
    path = f'<path class="hub-target-line" d="M{"L".join(map(scale.at, targets))}"/>' if len(targets) > 1 else ""
    squares = "".join(
        f'<rect class="hub-target" x="{scale.x(mark.day) - 4:.1f}" y="{scale.y(mark.value) - 4:.1f}"'
        ' width="8" height="8"/>'
        for mark in targets
    )
    x, y = scale.x(targets[-1].day) + 8, scale.y(targets[-1].value) + 5
    return f'{path}{squares}<text class="hub-last" x="{x:.1f}" y="{y:.1f}">{escape(ending)}</text>'


def _diamond(scale: DayScale, mark: Mark) -> str:
    x, y = scale.x(mark.day), scale.y(mark.value)
    return f'<path class="hub-milestone" d="M{x} {y - 5:.1f}l5 5l-5 5l-5 -5Z"/>'


def _run(scale: DayScale, run: list[Mark]) -> str:
    """A stretch of figures: a line if there are two or more, and a dot each, hollow where provisional."""
    path = f'<path class="hub-line" d="M{"L".join(map(scale.at, run))}"/>' if len(run) > 1 else ""
    return path + "".join(
        f'<circle class="hub-line-dot{"" if mark.firm else " hub-dot--hollow"}" cx="{scale.x(mark.day)}"'
        f' cy="{scale.y(mark.value)}" r="3.2"/>'
        for mark in run
    )
