"""Described tables with periods across: wide CSVs, and workbooks with measures stacked below each period.

Belongs here: these shapes. Does not belong here: what stands under a header (described).
A figure a delivery does not hold is a blank, which such a feed's YAML reads as no record at all. All print numbers,
marks and, beside a number, a mark; statuses stand in a column below each period, or in the period's own label where the
YAML has no such column: there a period has one status on a sheet. The CSV prints small areas too, below all others.
Quirks: `renamed_column`, `old_codes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes, csv_lines, ods_bytes, workbook_bytes
from sources.demo.formats.described import WIDE, columns, header, period_texts
from sources.demo.formats.printing import beside_areas, file_name, located
from sources.periods import parse_period

Rows = list[list[object]]


def wide_csv(delivery: Delivery) -> dict[str, bytes]:
    """One CSV: a row an area, indicator and part."""
    keys = ["indicator_code", "part", "area_code"]
    rows = located(delivery).sort_values(keys[:2], kind="stable", ignore_index=True)
    cells = _Cells.of(rows, delivery)
    shape = _Shape.of(cells, rows)
    pieces = [csv_bytes([shape.head(delivery), *_body(shape, cells, rows, keys)])]
    for small in delivery.small():
        rows = beside_areas(small, delivery)
        pieces.append(csv_lines(_body(shape, _Cells.of(rows, delivery, cells.by_role), rows, keys)))
    return {file_name(delivery, delivery.feed.key): b"".join(pieces)}


def stacked_workbook(delivery: Delivery) -> dict[str, bytes]:
    """An xlsx, one sheet an indicator part."""
    return {file_name(delivery, delivery.feed.key, "xlsx"): workbook_bytes(_sheets(delivery))}


def stacked_spreadsheet(delivery: Delivery) -> dict[str, bytes]:
    """An ODS, one sheet an indicator part."""
    return {file_name(delivery, delivery.feed.key, "ods"): ods_bytes(_sheets(delivery))}


@dataclass(frozen=True)
class _Cells:
    """What a whole delivery has under each role, and the text of each cell's period."""

    delivery: Delivery
    texts: pd.Series
    by_role: dict[str, pd.Series]

    @classmethod
    def of(cls, rows: pd.DataFrame, delivery: Delivery, roles: Iterable[str] = ()) -> _Cells:
        layout = delivery.feed.layouts[0]
        texts = period_texts(rows, layout.period, suffixed=not layout.status)
        return cls(delivery, texts, columns(rows, delivery, layout, roles))


@dataclass(frozen=True)
class _Shape:
    """Which columns a table has: roles the same in every period, then for each period (oldest first) those it has."""

    fixed: list[str]
    apart: list[str]
    order: list[str]

    @classmethod
    def of(cls, cells: _Cells, rows: pd.DataFrame) -> _Shape:
        layout = cells.delivery.feed.layouts[0]
        wanted = {**layout.columns, **layout.optional}
        wide = [role for role in cells.by_role if WIDE in wanted[role][0]]
        fixed = [role for role in cells.by_role if role not in wide]
        filled = (role in layout.columns or (cells.by_role[role].loc[rows.index] != "").any() for role in wide)
        return cls(fixed, list(compress(wide, filled)), _in_time(rows, cells.texts.loc[rows.index]))

    def head(self, delivery: Delivery) -> list[str]:
        """The headers."""
        wanted = {**delivery.feed.layouts[0].columns, **delivery.feed.layouts[0].optional}
        head = [header(wanted[role], delivery) for role in self.fixed]
        return head + [header(wanted[role], delivery, text) for text in self.order for role in self.apart]


def _sheets(delivery: Delivery) -> dict[str, Rows]:
    titles = read_seed("framework/indicators").set_index("indicator_code")["title"]
    sheets: dict[str, Rows] = {"Notes": [["Illustrative data"], [delivery.feed.title], [delivery.feed.publisher]]}
    every = located(delivery)
    cells = _Cells.of(every, delivery)
    for (indicator, part), rows in every.groupby(["indicator_code", "part"]):
        shape = _Shape.of(cells, rows)
        top = [["Illustrative data"], [f"{indicator}: {titles[indicator]}"], [f"Part: {part}"], []]
        sheets[f"{indicator} {part}"[:31]] = [
            *top, *_stacked(shape.head(delivery)), *_body(shape, cells, rows, ["area_code"])
        ]  # fmt: skip
    return sheets


def _stacked(head: list[str]) -> Rows:
    """`2008 | Percent` as two rows; a period stands once, over the first of its columns."""
    pairs = [name.rpartition(" | ") for name in head]
    upper = [above if i == 0 or above != pairs[i - 1][0] else "" for i, (above, _, _) in enumerate(pairs)]
    return [upper, [below for _, _, below in pairs]]


def _body(shape: _Shape, cells: _Cells, rows: pd.DataFrame, keys: list[str]) -> Rows:
    """One row a key: what is the same in every period, then each period's columns."""
    here = {role: every.loc[rows.index].to_numpy(dtype="object") for role, every in cells.by_role.items()}
    row_of, first = rows.groupby(keys, sort=False).ngroup().to_numpy(), ~rows.duplicated(keys).to_numpy()
    place_of = {text: i for i, text in enumerate(shape.order)}
    column_of = len(shape.fixed) + len(shape.apart) * cells.texts.loc[rows.index].map(place_of).to_numpy()
    body = np.full((first.sum(), len(shape.fixed) + len(shape.apart) * len(shape.order)), "", dtype="object")
    for place, role in enumerate(shape.fixed):
        body[:, place] = here[role][first]
    for place, role in enumerate(shape.apart):
        body[row_of, column_of + place] = here[role]
    return body.tolist()


def _in_time(rows: pd.DataFrame, texts: pd.Series) -> list[str]:
    """The periods' texts, oldest first.

    Raises:
        ValueError: one period has two statuses, and only its label could say which.
    """
    known = rows[["period_label", "period_basis"]].assign(text=texts).drop_duplicates()
    if known.duplicated(["period_label", "period_basis"]).any():
        label = known.loc[known.duplicated(["period_label", "period_basis"]), "period_label"].iloc[0]
        raise ValueError(f"the figures of {label} have several statuses, and the format has no column for them")
    ends = [parse_period(label, basis).end for label, basis, _ in known.itertuples(index=False)]
    return known.assign(end=ends).sort_values(["end", "text"])["text"].tolist()
