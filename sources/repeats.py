"""Rows of one delivery that share a key: the same thing said twice, or two different things.

Belongs here: the rule that decides between them. Does not belong here: revisions between deliveries (the warehouse).
"""

from __future__ import annotations

import pandas as pd

from quality.issues import Issue
from sources.cells import read_cells
from sources.readers.table import Table

CONFLICTING_SHARE = 0.5
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
    """One issue a key; it names the rows, not the measure, so that a row's many measures are told once."""
    issues = []
    for found, same in rows.groupby(key, dropna=False, sort=False):
        numbers = " and ".join(str(row) for row in same["source_row"])
        about = ", ".join(str(word) for word in (found[2], found[3], found[5]) if word)
        said = f"rows {numbers} have one key ({about}) but different values; all were kept out."
        first = same.iloc[0]
        issues.append(
            Issue(
                "warning", "conflicting_rows", said, "Ask the publisher which row is right.", file, table.sheet,
                int(first["source_row"]), str(first["source_column"]), " | ".join(same["source_text"]), len(same),
            )
        )  # fmt: skip
    return issues


def too_many(issues: list[Issue], rows: int, file: str) -> list[Issue]:
    """An error when so many rows conflict that the file's key itself must be incomplete (a column was dropped)."""
    conflicting = sum(issue.occurrences for issue in issues if issue.check == "conflicting_rows")
    if conflicting <= rows * CONFLICTING_SHARE or conflicting < 10:
        return []
    said = f"{conflicting:,} of {rows:,} rows are duplicates of one another with different values."
    return [
        Issue("error", "duplicate_rows", said, "A column that tells them apart may be missing from the file.", file)
    ]
