"""From received bytes to canonical rows: the straight way through reader and canonical.

Belongs here: the order of the steps. Does not belong here: what each step does.
"""

from __future__ import annotations

import pandas as pd

from quality.issues import Issue, refuse
from sources.archive import Received
from sources.areas import Areas, load_areas
from sources.canonical import Delivery, apply
from sources.canonical_measures import KEY
from sources.entries import entries, settled
from sources.parquet import EMPTY
from sources.readers.ees import read_pair
from sources.readers.grid import read_grids
from sources.readers.table import Table, read_tables
from sources.registry import FeedSpec
from sources.repeats import once


def read(spec: FeedSpec, received: Received, areas: Areas | None = None) -> tuple[dict[str, pd.DataFrame], list[Issue]]:
    """Canonical rows of every kind the feed is described to hold (and `measures` of the file's own), and issues.

    `areas` are those known; when not given, those of the framework.

    Raises:
        Refused: the file cannot be read at all, or is not this feed's.
    """
    issues: list[Issue] = []
    if spec.reader == "ees":
        tables, issues = read_pair(received.content, received.companion, spec, received.file)
    else:
        grids = read_grids(received.content, received.file)
        tables = read_tables(grids, spec.layouts, received.file)
        _refuse_missing_sheets(spec, tables, received.file)
    about = Delivery(
        received.file, received.published_on.year if received.published_on else None, areas or load_areas()
    )
    found: dict[str, list[pd.DataFrame]] = {table.layout.record: [] for table in tables}
    for table in tables:
        if table.layout.record == "observations":
            rows, brought, unread = apply(table, spec, about)
            found.setdefault("measures", []).append(brought)
        else:
            rows, unread = entries(table, about)
        found[table.layout.record].append(rows)
        issues += unread
    landed = {}
    for kind, frames in found.items():
        landed[kind], repeated = _once(_all(frames, kind), kind, received.file)
        issues += repeated
    return landed, issues


def _once(rows: pd.DataFrame, kind: str, file: str) -> tuple[pd.DataFrame, list[Issue]]:
    """Each key once: the same may stand on two sheets, or two measures of a layout may claim one key."""
    if kind == "measures":
        return rows.drop_duplicates(["indicator_code", "part"]), []
    if kind == "observations":
        kept, _, issues = once(rows, file, KEY)
        return kept, issues
    return settled(rows, kind, file)


def _refuse_missing_sheets(spec: FeedSpec, tables: list[Table], file: str) -> None:
    """A workbook of several kinds of record without one of them is not whole: what is missing would look unchanged."""
    there = {table.layout.record for table in tables}
    missing = [layout for layout in spec.layouts if layout.record not in {*there, "observations"}]
    if missing:
        said = f"no sheet holds the {missing[0].name}; the sheets read are {', '.join(t.sheet for t in tables)}."
        raise refuse("sheet", said, "Send the whole workbook; a sheet without rows is fine.", file=file)


def _all(frames: list[pd.DataFrame], kind: str) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else EMPTY[kind]()
