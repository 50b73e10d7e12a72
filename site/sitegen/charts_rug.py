"""The tartan rug: statuses as a grid of small shapes, one row a commitment and one column a round.

Belongs here: the shapes and the words a screen reader gets. Does not belong here: which statuses, what they are called.
A cell is a shape, a letter and a colour, so that it survives black and white. All cells of a shape are one path and all
letters of a row one text, so that a cell costs 30 bytes. What rests on no new figure is hatched.
"""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup, escape

from sitegen.charts import AXIS_CHARACTER
from sitegen.format import plural

CELL, TOP = 24, 36
SHAPES = {
    "exceeded": ("B", "M{x} {y}h8l5 5v8l-5 5h-8l-5-5v-8z", 8, 3),
    "on_target": ("T", "M{x} {y}h8l5 5v8l-5 5h-8l-5-5v-8z", 8, 3),
    "near_target": ("N", "M{x} {y}l11 11-11 11-11-11z", 12, 1),
    "off_target": ("O", "M{x} {y}h18v18h-18z", 3, 3),
}
LETTERS = {code: letter for code, (letter, _, _, _) in SHAPES.items()}


@dataclass(frozen=True, slots=True)
class Strand:
    """One row of the rug: its label, where it leads from the page, and by column a status and whether it is stale."""

    label: str
    path: str
    cells: tuple[tuple[str | None, bool], ...]


def rug(key: str, title: str, columns: list[str], strands: list[Strand], said: dict[str, str]) -> Markup:
    """Draw the rug. Empty without a status anywhere.

    `columns` are rounds such as 2009/10 Q2; `said` names the statuses in words.
    """
    drawn: dict[str, list[str]] = {}
    stale, labels, letters = [], [], []
    left = max((len(strand.label) for strand in strands), default=0) * AXIS_CHARACTER + 10
    for row, strand in enumerate(strands):
        top = TOP + row * CELL
        places, marks = [], ""
        for column, (code, old) in enumerate(strand.cells):
            x = left + column * CELL
            if code in SHAPES:
                _, path, dx, dy = SHAPES[code]
                drawn.setdefault(code, []).append(path.format(x=f"{x + dx:.0f}", y=top + dy))
                stale += [f"M{x + 3:.0f} {top + 21}l18-18"] if old else []
            places.append(f"{x + CELL / 2:.0f}")
            marks += LETTERS.get(code, "\N{MIDDLE DOT}" if code else "\N{NO-BREAK SPACE}")
        labels.append(
            f'<a href="{escape(strand.path)}"><text x="{left - 8:.0f}" y="{top + 16}">{escape(strand.label)}</text></a>'
        )
        letters.append(f'<text x="{" ".join(places)}" y="{top + 16}">{marks}</text>')
    if not drawn:
        return Markup("")
    body = f'<g class="hub-axis">{_heads(columns, left)}</g>'
    body += "".join(f'<path class="hub-cell--{code}" d="{"".join(some)}"/>' for code, some in drawn.items())
    body += f'<path class="hub-hatch" d="{"".join(stale)}"/><g class="hub-axis" text-anchor="end">{"".join(labels)}</g>'
    body += f'<g class="hub-rug__letters">{"".join(letters)}</g>'
    width, height = left + CELL * len(columns) + 4, TOP + CELL * len(strands) + 4
    return Markup(
        f'<svg class="hub-rugchart" width="{width:.0f}" height="{height}" role="group" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(in_words(columns, strands, said))}</desc>{body}</svg>'
    )


def _heads(columns: list[str], left: float) -> str:
    """The quarter over each column, and the year where it begins."""
    heads, year = "", ""
    for column, label in enumerate(columns):
        this, _, quarter = label.partition(" ")
        x = left + CELL * column
        heads += f'<text x="{x + CELL / 2:.0f}" y="30" text-anchor="middle">{escape(quarter)}</text>'
        heads += "" if this == year else f'<text x="{x + 3:.0f}" y="13">{escape(this)}</text>'
        year = this
    return heads


def in_words(columns: list[str], strands: list[Strand], said: dict[str, str]) -> str:
    """Say the last column in words: how many commitments stand where."""
    counts = Counter(strand.cells[-1][0] for strand in strands)
    parts = [f"{said[code].lower()} {counts[code]}" for code in SHAPES if counts[code]]
    rest = sum(number for code, number in counts.items() if code not in SHAPES)
    parts += [f"without a status {rest}"] if rest else []
    return (
        f"{plural(len(strands), 'commitment')} over {plural(len(columns), 'round')}. In the last: {', '.join(parts)}."
    )
