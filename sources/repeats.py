"""Rows of one delivery that share a key: the same thing said twice, or two different things.

Belongs here: the rule that decides between them. Does not belong here: revisions between deliveries (the warehouse).
"""

from __future__ import annotations

import pandas as pd

from quality.issues import Issue
from sources.cells import read_cells
from sources.readers.table import ROW, Table

ROUNDING = 0.005  # publishers round cohorts to 5 or 10, so parts add up to their total only nearly


def settle(
    taken: pd.DataFrame, rows: pd.DataFrame, table: Table, file: str, key: list[str]
) -> tuple[pd.DataFrame, list[Issue]]:
    """Identical repeats count once; of rows wrongly labelled alike the true total stays; others are all kept out."""
    taken, issues = _known_repeats(taken, rows, table, file, key)
    taken = _recoded(taken, key)
    facts = taken[["value", "mark", "numerator", "denominator"]].astype("object").map(repr).agg("|".join, axis=1)
    repeated = taken.duplicated(key, keep=False)
    same = facts.groupby([taken[column] for column in key], dropna=False).transform("nunique") == 1
    again = taken.duplicated(key) & same
    if again.any():
        issues.append(
            Issue(
                "info", "repeated_row", f"{int(again.sum()):,} rows repeat an earlier row with equal values; each counts once.",
                "", file, table.sheet, int(taken.loc[again, "source_row"].iloc[0]), occurrences=int(again.sum()),
            )
        )  # fmt: skip
    issues += _conflicts(taken[repeated & ~same], table, file, key)
    return taken[~again & ~(repeated & ~same)], issues


def _known_repeats(
    taken: pd.DataFrame, rows: pd.DataFrame, table: Table, file: str, key: list[str]
) -> tuple[pd.DataFrame, list[Issue]]:
    rule = table.layout.repeats
    repeated = taken.duplicated(key, keep=False)
    if rule is None or not repeated.any():
        return taken, []
    size = read_cells(rows[rule.column], {}).value.reindex(taken.index)
    groups = size.groupby([taken[column] for column in key], dropna=False)
    largest, whole = groups.transform("max"), groups.transform("sum")
    slack = (largest * ROUNDING).clip(lower=15)
    adds_up = (whole - largest <= largest + slack) & groups.transform("count").gt(2)
    drop = repeated & adds_up & (size != largest)
    if not drop.any():
        return taken, []
    message = f"{int(drop.sum()):,} rows labelled like their total were set aside: {rule.reason}."
    first = int(taken.loc[drop, "source_row"].iloc[0])
    note = Issue("warning", "mislabelled_row", message, "", file, table.sheet, first, occurrences=int(drop.sum()))
    return taken[~drop], [note]


def _recoded(taken: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """An area listed under its old and its new code, one of them blank: the code that has the value counts."""
    groups = [taken[column] for column in key]
    blank = taken["value"].isna() & (taken["mark"] == "not_available")
    codes = taken["area_text"].groupby(groups, dropna=False).transform("nunique")
    valued = (~blank).groupby(groups, dropna=False).transform("sum")
    return taken[~(blank & (codes > 1) & (valued == 1))]


def _conflicts(rows: pd.DataFrame, table: Table, file: str, key: list[str]) -> list[Issue]:
    issues = []
    for found, same in rows.groupby(key, dropna=False, sort=False):
        numbers = [str(row) for row in same["source_row"]]
        about = ", ".join(str(word) for word in (found[2], found[3], found[5]) if word)
        issues.append(
            Issue(
                "warning",
                "conflicting_rows",
                f"rows {' and '.join(numbers)} give different values for {found[0]} {found[1]}, {about}; all were kept out.",
                "Ask the publisher which row is right.",
                file,
                table.sheet,
                int(same["source_row"].iloc[0]),
                str(same["source_column"].iloc[0]),
                " | ".join(same["source_text"]),
                len(same),
            )
        )
    return issues
