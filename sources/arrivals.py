"""When files of a folder came: the list of arrivals that may lie beside them.

Belongs here: reading arrivals.csv, and the order files are taken in. Does not belong here: landing them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

LIST = "arrivals.csv"
COLUMNS = ["path", "published_on", "received_on"]
REMEDY = "The files were taken as if the list were not there; correct it and build again."


@dataclass(frozen=True)
class Arrival:
    """A file to land and the days that are known of it."""

    path: Path
    published_on: date | None = None
    received_on: date | None = None


def in_order(paths: list[Path], folder: Path | None) -> list[Arrival]:
    """The files in the order they came, by the list of `folder`; those it does not name come today, so last."""
    days, _ = read_list(folder)
    known = {path: days.get(_beside(path, folder), (None, None)) for path in paths}
    arrivals = [Arrival(path, *known[path]) for path in paths]
    return sorted(arrivals, key=lambda arrival: arrival.received_on or date.max)


def read_list(folder: Path | None) -> tuple[dict[str, tuple[date | None, date | None]], str]:
    """Days of publication and receipt by path below `folder`; and why the list cannot be used, '' where it can.

    A list with one wrong row is not used at all: a history of which only a part is dated would be a wrong one.
    """
    if folder is None or not (folder / LIST).is_file():
        return {}, ""
    try:
        with (folder / LIST).open(encoding="utf-8-sig", newline="") as handle:
            return _days(csv.DictReader(handle, strict=True)), ""
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        return {}, f"{LIST} cannot be read as CSV in UTF-8 ({error}). {REMEDY}"
    except ValueError as error:
        return {}, f"{LIST}, {error} {REMEDY}"


def _days(rows: csv.DictReader) -> dict[str, tuple[date | None, date | None]]:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or [])]
    if missing:
        raise ValueError(f"row 1: column {missing[0]!r} is missing; the columns are {', '.join(COLUMNS)}.")
    days: dict[str, tuple[date | None, date | None]] = {}
    for row in rows:
        place = f"row {rows.line_num}"
        found = tuple(_day(row[column], f"{place}, column {column!r}") for column in COLUMNS[1:])
        path = (row["path"] or "").strip()
        if not path:
            raise ValueError(f"{place}, column 'path': it names no file.")
        if days.get(path, found) != found:
            raise ValueError(f"{place}, column 'path': {path!r} stands in the list twice with different days.")
        days[path] = found
    return days


def _day(text: str | None, place: str) -> date | None:
    text = (text or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{place}: {text!r} is not a day written as YYYY-MM-DD.") from None


def _beside(path: Path, folder: Path | None) -> str:
    return path.relative_to(folder).as_posix() if folder and path.is_relative_to(folder) else ""
