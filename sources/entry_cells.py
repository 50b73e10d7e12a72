"""What a cell of an entered record says: text -> number, date, yes or no, area, period or round.

Belongs here: one reader for each type of column, and the sentence for what it cannot read. Does not belong here: which
columns a kind has (parquet) or what becomes of the row (entries).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pandas as pd

from sources.areas import load_areas, read_seed
from sources.cells import read_number
from sources.periods import parse_period

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00)?")  # a spreadsheet's own date cells bring a midnight along
_GSS = re.compile(r"E\d{8}")
_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True)
class Reader:
    """`read` gives the value of a cell that is not blank, or None; the rest is what a person is told of such a cell."""

    read: Callable[[str], object]
    check: str
    said: str
    remedy: str


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    try:
        return date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    number = read_number(text)
    return int(number) if number is not None and number.is_integer() else None


def _period(text: str) -> str | None:
    found = parse_period(text, "mixed_year")
    return found.label if found else None


def _area(text: str) -> str | None:
    areas = load_areas()
    return (
        areas.by_code("gss", text) or areas.by_code("ons", text) or areas.by_name(("country", "region"), text) or None
    )


@cache
def _rounds() -> frozenset[str]:
    return frozenset(read_seed("framework/rounds")["round_label"])


_VALUE = "unreadable_value"
TYPES = {
    "varchar": Reader(str, _VALUE, "", ""),
    "double": Reader(read_number, _VALUE, "is no number", "Write a plain number, or leave the cell blank."),
    "integer": Reader(_whole, _VALUE, "is no whole number", "Write a whole number."),
    "boolean": Reader(lambda text: _YES_NO.get(text.lower()), _VALUE, "is neither Yes nor No", "Write Yes or No."),
    "date": Reader(_day, _VALUE, "is no date", "Write dates like 2008-06-30."),
}
COLUMNS = {  # columns whose text must be one of something the framework knows
    "area_code": Reader(
        lambda text: text if _GSS.fullmatch(text) else None, _VALUE, "is no GSS code", "Write it like E01000001."
    ),
    "region_code": Reader(_area, "unknown_area", "is no known region", "Give the region's code, like E12000001."),
    "base_period_label": Reader(_period, "unreadable_period", "is no period", "Write it like 2007/08 or 2008."),
    "comparator_code": Reader(
        _area, "unknown_area", "is no known area", "Give the area's code, or the name of a region or of England."
    ),
    "round_label": Reader(
        lambda text: text if text in _rounds() else None, "unknown_round", "is no collection round of the framework",
        "Write it like 2009/10 Q2.",
    ),
}  # fmt: skip


def word_reader(words: dict[str, str]) -> Reader:
    """A reader of a column with a vocabulary: each printed word and what it stands for."""
    known = {word.lower(): meaning for word, meaning in words.items()}
    listed = ", ".join(repr(word) for word in words)
    return Reader(lambda text: known.get(text.lower()), _VALUE, "is none of the words known here", f"Use {listed}.")


def read_texts(texts: pd.Series, reader: Reader, blanks: frozenset[str]) -> tuple[pd.Series, pd.Series]:
    """Values of a column, None where blank or unreadable, and which are unreadable; each text is looked at once.

    `blanks` are the words, in lower case, that say as much as a blank cell.
    """
    told = {text: reader.read(text.strip()) for text in texts.unique() if text.strip()}
    told = {text: value for text, value in told.items() if text.strip().lower() not in blanks}
    values = pd.Series([told.get(text) for text in texts], index=texts.index, dtype="object")
    bad = values.isna() & texts.str.strip().ne("") & ~texts.str.strip().str.lower().isin(blanks)
    return values, bad
