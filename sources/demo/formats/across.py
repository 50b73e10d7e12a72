"""Described tables with periods across: wide CSVs, and workbooks with measures stacked below each period.

Belongs here: these shapes. Does not belong here: what stands under a header (described).
A figure a delivery does not hold is a blank, which such a feed's YAML reads as no record at all. All print numbers,
marks and, beside a number, a mark; statuses stand in a column below each period, or in the period's own label where the
YAML has no such column: there a period has one status on a sheet. Quirks: `renamed_column`, `old_codes`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes, ods_bytes, workbook_bytes
from sources.demo.formats.described import WIDE, columns, header, period_texts
from sources.demo.formats.printing import file_name, located
from sources.periods import parse_period

Rows = list[list[object]]


def wide_csv(delivery: Delivery) -> dict[str, bytes]:
    """One CSV: a row an area, indicator and part."""
    keys = ["indicator_code", "part", "area_code"]
    rows = located(delivery).sort_values(keys[:2], kind="stable", ignore_index=True)
    head, body = _across(_Cells.of(rows, delivery), rows, keys)
    return {file_name(delivery, delivery.feed.key): csv_bytes([head, *body])}


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
    def of(cls, rows: pd.DataFrame, delivery: Delivery) -> _Cells:
        layout = delivery.feed.layouts[0]
        texts = period_texts(rows, layout.period, suffixed=not layout.status)
        return cls(delivery, texts, columns(rows, delivery, layout))


def _sheets(delivery: Delivery) -> dict[str, Rows]:
    titles = read_seed("framework/indicators").set_index("indicator_code")["title"]
    sheets: dict[str, Rows] = {"Notes": [["Illustrative data"], [delivery.feed.title], [delivery.feed.publisher]]}
    every = located(delivery)
    cells = _Cells.of(every, delivery)
    for (indicator, part), rows in every.groupby(["indicator_code", "part"]):
        head, body = _across(cells, rows, ["area_code"])
        top = [["Illustrative data"], [f"{indicator}: {titles[indicator]}"], [f"Part: {part}"], []]
        sheets[f"{indicator} {part}"[:31]] = [*top, *_stacked(head), *body]
    return sheets


def _stacked(head: list[str]) -> Rows:
    """`2008 | Percent` as two rows; a period stands once, over the first of its columns."""
    pairs = [name.rpartition(" | ") for name in head]
    upper = [above if i == 0 or above != pairs[i - 1][0] else "" for i, (above, _, _) in enumerate(pairs)]
    return [upper, [below for _, _, below in pairs]]


def _across(cells: _Cells, rows: pd.DataFrame, keys: list[str]) -> tuple[list[str], Rows]:
    """The headers and one row a key: what is the same in every period, then each period's columns."""
    layout, delivery = cells.delivery.feed.layouts[0], cells.delivery
    wanted = {**layout.columns, **layout.optional}
    texts = cells.texts.loc[rows.index]
    order = _in_time(rows, texts)
    here = {role: every.loc[rows.index].to_numpy(dtype="object") for role, every in cells.by_role.items()}
    apart = [role for role in here if WIDE in wanted[role][0] and (role in layout.columns or (here[role] != "").any())]
    fixed = [role for role in here if WIDE not in wanted[role][0]]
    row_of, first = rows.groupby(keys, sort=False).ngroup().to_numpy(), ~rows.duplicated(keys).to_numpy()
    column_of = len(fixed) + len(apart) * texts.map({text: i for i, text in enumerate(order)}).to_numpy()
    body = np.full((first.sum(), len(fixed) + len(apart) * len(order)), "", dtype="object")
    for place, role in enumerate(fixed):
        body[:, place] = here[role][first]
    for place, role in enumerate(apart):
        body[row_of, column_of + place] = here[role]
    head = [header(wanted[role], delivery) for role in fixed]
    head += [header(wanted[role], delivery, text) for text in order for role in apart]
    return head, body.tolist()


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
