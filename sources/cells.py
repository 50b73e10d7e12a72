"""What a cell says: text -> number, or the mark that says why there is none.

Belongs here: numbers and marks, column by column. Does not belong here: which column is which (readers, canonical).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

_NUMBER = re.compile(r"^[-+\u2212]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?$")
UNREADABLE = "unreadable"
ZERO = "zero"  # a mark that is a number after all: `-00 ` in accounting format
NOTHING = "nothing"  # a mark that is no record after all: a blank where indicators across have different periods


@dataclass
class Cells:
    """A column read: `value` (float, NaN where none), `mark` ('' for a plain number), `blank` and the raw `text`."""

    value: pd.Series
    mark: pd.Series
    text: pd.Series

    @property
    def unreadable(self) -> pd.Series:
        """True where the text is neither a number nor a mark this source is known to use."""
        return self.mark == UNREADABLE


def read_number(text: str) -> float | None:
    """A number as people print it (thousands commas, %, £, a true minus), or None."""
    bare = text.strip().strip("£%").strip().replace("\u2212", "-")
    if not bare or not _NUMBER.match(bare) or not any(c.isdigit() for c in bare):
        return None
    number = float(bare.replace(",", ""))
    return number + 0.0 if number else 0.0


def read_cells(text: pd.Series, marks: dict[str, str]) -> Cells:
    """Read a column with the marks of its source; each distinct text is looked at once.

    A blank cell is `not_available` unless the source says what its blanks mean.
    """
    known = {key.strip().lower(): mark for key, mark in marks.items()}
    values: dict[str, float] = {}
    meanings: dict[str, str] = {}
    for cell in text.unique():
        mark = known.get(cell.strip().lower(), "" if cell.strip() else "not_available")
        number = 0.0 if mark == ZERO else None if mark else read_number(cell)
        values[cell] = float("nan") if number is None else number
        meanings[cell] = "" if number is not None else mark or UNREADABLE
    return Cells(text.map(values).astype("float64"), text.map(meanings).astype("str"), text)


def first_mark(columns: list[Cells]) -> pd.Series:
    """The first mark met in several columns, row by row: why a value made of them is missing."""
    marks = columns[0].mark
    for column in columns[1:]:
        marks = marks.where(marks != "", column.mark)
    return marks
