"""What publishers' printing has in common: numbers or marks, places, periods, tables with parts side by side.

Belongs here: from the cells of a delivery to columns of text and numbers. Does not belong here: any one publisher's
columns (the other modules) or the bytes of a file (sources.demo.files).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo.delivery import Delivery

LEVELS = {"country": "national", "region": "region", "region_part": "region"}
ORDER = {"national": 0, "region": 1, "area": 2}
SUFFIXES = {"provisional": " (prov)", "revised": " (rev)", "final": " (final)"}


def located(delivery: Delivery) -> pd.DataFrame:
    """The cells with their areas beside them and `level` (national, region, area), in one order whatever came."""
    rows = beside_areas(delivery.cells, delivery)
    rank = rows["level"].map(ORDER)
    keys = ["rank", "area_code", "period_label", "indicator_code", "part", "dimensions"]
    return rows.assign(rank=rank).sort_values(keys, ignore_index=True).drop(columns="rank")


def beside_areas(cells: pd.DataFrame, delivery: Delivery) -> pd.DataFrame:
    """Some cells with their areas beside them and `level` (national, region, area), in the order they have."""
    rows = cells.merge(delivery.areas, on="area_code", how="left", validate="many_to_one")
    return rows.assign(level=rows["area_type"].map(LEVELS).fillna("area"))


def printed(rows: pd.DataFrame, column: str, delivery: Delivery) -> pd.Series:
    """A column of numbers as printed: whole numbers without a point; where value and number miss, the mark; else ''."""
    numbers = rows[column].to_numpy("float64")
    known, whole = ~np.isnan(numbers), numbers % 1 == 0
    cells = np.full(len(rows), "", dtype="object")
    cells[known] = numbers[known]
    cells[whole] = numbers[whole].astype("int64")
    marks = rows["mark"][~known & rows["value"].isna().to_numpy()]
    texts = {mark: delivery.text_of(mark) if mark else "" for mark in marks.unique()}
    cells[rows.index.get_indexer(marks.index)] = marks.map(texts).to_numpy("object")
    return pd.Series(cells, index=rows.index, dtype="object")


def codes(rows: pd.DataFrame, delivery: Delivery) -> pd.Series:
    """GSS codes; with the quirk `old_codes` the old ONS code of every area that has one."""
    old = rows["ons"] if "old_codes" in delivery.quirks else pd.Series("", index=rows.index)
    return old.where(old != "", rows["area_code"])


def periods(rows: pd.DataFrame, delivery: Delivery, separator: str = "/") -> pd.Series:
    """Period labels with the word for a status that is not the feed's usual one: 2009-10 (prov)."""
    words = SUFFIXES | {delivery.feed.status: ""}
    return rows["period_label"].str.replace("/", separator) + rows["status"].map(words)


def ending(labels: pd.Series) -> pd.Series:
    """The year a financial or academic year ends in: 2009/10 -> 2010."""
    return labels.str[:4].astype("int64") + 1


def header(delivery: Delivery, usual: str, renamed: str) -> str:
    """A column's usual header, or with the quirk `renamed_column` the other one the feed is known to use."""
    return renamed if "renamed_column" in delivery.quirks else usual


def dimension(rows: pd.DataFrame, name: str, total: str) -> pd.Series:
    """The member of a dimension in each row's key; `total` where the key does not name the dimension."""
    return rows["dimensions"].str.extract(rf"(?:^|;){name}=([^;]*)", expand=False).fillna(total)


def only_parts(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows broken down by a dimension, of a format that prints no total: the hub adds them up.

    Raises:
        ValueError: a total has no parts beside it, so that it would be lost.
    """
    broken = rows["dimensions"].str.contains(rf"(?:^|;){name}=")
    key = ["indicator_code", "part", "area_code", "period_label"]
    lost = rows[~broken].merge(rows.loc[broken, key].drop_duplicates(), on=key, how="left", indicator=True)
    lost = lost[lost["_merge"] == "left_only"]
    if len(lost):
        first = ", ".join(lost.iloc[0][key])
        raise ValueError(f"{len(lost)} totals have no {name} beside them, and the format prints none ({first})")
    return rows[broken].reset_index(drop=True)


def side_by_side(rows: pd.DataFrame, index: list[str], by: str, columns: list[str]) -> pd.DataFrame:
    """One row an index key; columns (column, member of `by`); a cell the delivery does not hold is blank."""
    return rows.set_index([*index, by])[columns].unstack(by).fillna("")


@cache
def letters(scheme: str) -> dict[str, str]:
    """Area code -> the code some scheme gives it."""
    every = read_seed("framework/area_codes")
    return every[every["scheme"] == scheme].drop_duplicates("area_code").set_index("area_code")["code"].to_dict()


def region_of(rows: pd.DataFrame, what: str = "name") -> pd.Series:
    """The region's name (or `code`) on region rows and on the rows of its areas; '' for England."""
    own = rows[f"region_{what}"].where(rows["level"] == "area", rows[f"area_{what}"])
    return own.where(rows["level"] != "national", "")


def file_name(delivery: Delivery, stem: str, suffix: str = "csv") -> str:
    """<stem>_<month of publication>_illustrative.<suffix>."""
    return f"{stem}_{delivery.month}_illustrative.{suffix}"
