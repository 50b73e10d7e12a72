"""Small charts the height of a table's row: a figure against its target, its line, an area against others.

Belongs here: shapes. Does not belong here: which figures. The row a drawing stands in has every number it shows, so
it is hidden from screen readers rather than read twice.
"""

from dataclasses import dataclass

from markupsafe import Markup

MIDDLE = 100


def bullet(value: float | None, target: float | None, earlier: float | None = None) -> Markup:
    """A bar from zero to the figure, a line at the target, a notch at the earlier figure; empty below zero or alone."""
    known = [one for one in (value, target, earlier) if one is not None]
    if value is None or target is None or min(known) < 0 or max(known) == 0:
        return Markup("")
    scale = 116 / max(known)
    marks = [target] if earlier is None else [target, earlier]
    lines = "".join(f'<path d="M{mark * scale + 2:.0f} 1v18"/>' for mark in marks)
    bar = f'<path d="M2 6h{max(value * scale, 1):.0f}v8H2z"/>'
    return Markup(f'<svg class="hub-bullet" aria-hidden="true">{bar}{lines}</svg>')


def sparkline(values: list[float | None]) -> Markup:
    """The line of a figure over its periods; a missing one breaks it. Empty below two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    low, span, step = min(known), (max(known) - min(known)) or 1.0, 84 / (len(values) - 1)
    path, pen = "", "M"
    for place, value in enumerate(values):
        path += "" if value is None else f"{pen}{3 + place * step:.0f} {22 - (value - low) / span * 18:.0f}"
        pen = "M" if value is None else "L"
    return Markup(f'<svg class="hub-sparkline" aria-hidden="true"><path d="{path}"/></svg>')


@dataclass(frozen=True, slots=True)
class Spread:
    """How all areas lie on a measure: lowest, first and last quarter, highest."""

    lowest: float
    lower_quarter: float
    upper_quarter: float
    highest: float


def spine(
    value: float,
    limits: tuple[float, float] | None,
    middle: float,
    spread: Spread,
    others: list[tuple[str, float]],
    *,
    verdict: str,
    mirrored: bool,
) -> Markup:
    """Draw one row: England in the middle, all areas as a band, the area as a dot with its limits.

    `others` are (kind, value): the region is a diamond, peers are a square. Right is better, so where lower is better
    the row is `mirrored`.
    """
    reach = max(spread.highest - middle, middle - spread.lowest) or 1.0

    def x(one: float) -> int:
        along = max(-1.0, min(1.0, (one - middle) / reach)) * (MIDDLE - 6)
        return round(MIDDLE + (-along if mirrored else along))

    def across(one: float, other: float) -> tuple[int, int]:
        return min(x(one), x(other)), abs(x(one) - x(other))

    (start, length), (quarter, quarters) = (
        across(spread.lowest, spread.highest),
        across(spread.lower_quarter, spread.upper_quarter),
    )
    upright = f"M{MIDDLE} 1v18" + ("M{} 10h{}".format(*across(*limits)) if limits else "")
    # The drawings of a page are many: what a path is follows from its place (hub.css), not from a class.
    body = f'<path d="M{start} 7h{length}v6h-{length}z"/><path d="M{quarter} 7h{quarters}v6h-{quarters}z"/>'
    body += f'<path d="{upright}"/>'
    region = "".join(f"M{x(other)} 5l5 5-5 5-5-5z" for kind, other in others if kind == "region")
    peers = "".join(f"M{x(other) - 4} 6h8v8h-8z" for kind, other in others if kind != "region")
    body += f'<path d="{region}"/><path d="{peers}"/><circle class="s-{verdict}" cx="{x(value)}" cy="10" r="5"/>'
    return Markup(f'<svg aria-hidden="true">{body}</svg>')
