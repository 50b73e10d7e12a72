"""Rows of one delivery that share a key: the same thing said twice, or two different things.

Belongs here: the rule that decides between them. Does not belong here: revisions between deliveries (the warehouse).
"""

from __future__ import annotations

import pandas as pd

from quality.issues import Issue
from sources.cells import read_cells
from sources.readers.table import ROW, Table, matches
from sources.registry import Measure

FACTS = ["value", "mark", "numerator", "denominator"]
MEASURED = ("indicator_code", "part", "period_basis")  # left unsaid: a row's many measures are told of once
CONFLICTING_SHARE = 0.5
ROUNDING = 0.005  # publishers round cohorts to 5 or 10, so parts add up to their total only nearly


def settle(
    taken: pd.DataFrame, rows: pd.DataFrame, table: Table, file: str, key: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Identical repeats count once; of rows wrongly labelled alike the true total stays; others are all kept out.

    Returns what is kept, the rows that contradict one another, and the issues.
    """
    taken, issues = _known_repeats(taken, rows, table, file, key)
    taken, recoded = _recoded(taken, file, key)
    kept, against, found = once(taken, file, key)
    return kept, against, issues + recoded + found


def without(taken: pd.DataFrame, against: pd.DataFrame) -> pd.DataFrame:
    """Leave out every figure of records that contradict one another in any figure: none of them can be trusted."""
    place = ["area_code", "period_label", "period_basis", "source_sheet", "source_row"]
    doubted = against[place].drop_duplicates()
    told = taken[place].merge(doubted, on=place, how="left", indicator=True)["_merge"] == "left_only"
    return taken[told.to_numpy()]


def once(
    taken: pd.DataFrame, file: str, key: list[str], facts: list[str] = FACTS, unsaid: tuple[str, ...] = MEASURED
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """One row a key: what is kept, the rows that contradict one another, and issues about both kinds of repeat.

    Rows contradict one another when they differ in `facts`; the sentence names all of the key but what is `unsaid`.
    """
    repeated = taken.duplicated(key, keep=False)
    if not repeated.any():
        return taken, taken.iloc[:0], []
    several = taken[repeated]
    groups = several.groupby(key, dropna=False, sort=False).ngroup()
    said = several.groupby(facts, dropna=False, sort=False).ngroup()
    same = said.groupby(groups).transform("nunique") == 1
    again, against = several[same & several.duplicated(key)], several[~same]
    issues = _conflicts(against, file, key, unsaid=unsaid)
    if len(again):
        said = f"{len(again):,} rows repeat an earlier row with equal values; each counts once."
        first = again.iloc[0]
        issues.append(
            Issue("info", "repeated_row", said, "", file, first["source_sheet"], int(first["source_row"]),
                  occurrences=len(again))
        )  # fmt: skip
    return taken.drop(index=again.index.union(against.index)), against, issues


def add_up(
    taken: pd.DataFrame, rows: pd.DataFrame, measure: Measure, file: str, key: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Add the rows of a key that differ in `measure.add_rows`.

    A row said twice counts once. Where rows contradict one another, or do not share their denominator, there is no sum.
    One missing part makes the sum missing, with its mark.
    """
    apart = {f"__{role}": rows[role].str.strip().str.lower() for role in measure.add_rows}
    if measure.alike_when:
        apart["__alike"] = rows[ROW].where(matches(rows, measure.alike_when), 0)
    kept, against, issues = once(taken.assign(**apart), file, [*key, *apart])
    groups = kept.groupby(key, sort=False, dropna=False)
    uneven = kept[groups["denominator"].transform("nunique") > 1]
    issues += _conflicts(uneven, file, key, "denominators")
    out = pd.concat([against[key], uneven[key]]).drop_duplicates()
    if len(out):
        told = kept[key].merge(out, on=key, how="left", indicator=True)["_merge"] == "left_only"
        kept = kept[told.to_numpy()]
    return _summed(kept, measure, key), against, issues


def _summed(kept: pd.DataFrame, measure: Measure, key: list[str]) -> pd.DataFrame:
    groups = kept.groupby(key, sort=False, dropna=False)
    first, size = groups.head(1).set_index(key), groups.size()
    for name in ("numerator", "value", "survey_base"):
        first[name] = groups[name].sum(min_count=1).where(groups[name].count() == size).reindex(first.index)
    first["design_effect"] = first["design_effect"].where(size.reindex(first.index) == 1)  # that of a sum is not told
    first["mark"] = groups["mark"].first().reindex(first.index)
    if not measure.value:  # a share of sums, not a sum of shares
        shared = first["denominator"].where(first["denominator"] != 0)
        first["value"] = measure.per * measure.scale * first["numerator"] / shared
        first["mark"] = first["mark"].where(first["mark"].notna() | first["value"].notna(), "not_applicable")
    several = kept[kept.duplicated(key, keep=False)].groupby(key, sort=False, dropna=False)
    for name, join in (("source_rows", "+"), ("source_text", " + ")):
        texts = several[name].agg(join.join)
        first.loc[texts.index, name] = texts
    return first.reset_index()


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


def _recoded(taken: pd.DataFrame, file: str, key: list[str]) -> tuple[pd.DataFrame, list[Issue]]:
    """An area listed under its old and its new code, one of them blank: the code that has the value counts."""
    groups = [taken[column] for column in key]
    blank = taken["value"].isna() & (taken["mark"] == "not_available")
    codes = taken["area_text"].groupby(groups, dropna=False).transform("nunique")
    valued = (~blank).groupby(groups, dropna=False).transform("sum")
    drop = blank & (codes > 1) & (valued == 1)
    if not drop.any():
        return taken, []
    said = f"{int(drop.sum()):,} blank rows stand under a code whose area has its value under another code."
    first = taken[drop].iloc[0]
    note = Issue("info", "recoded_area", said, "", file, first["source_sheet"], int(first["source_row"]),
                 value=str(first["area_text"]), occurrences=int(drop.sum()))  # fmt: skip
    return taken[~drop], [note]


def _conflicts(
    rows: pd.DataFrame, file: str, key: list[str], what: str = "values", unsaid: tuple[str, ...] = MEASURED
) -> list[Issue]:
    """One issue a key, naming its rows."""
    issues = []
    for found, same in rows.groupby(key, dropna=False, sort=False):
        sheets = same["source_sheet"].nunique() > 1
        numbers = " and ".join(
            f"{row} of sheet {sheet!r}" if sheets else str(row)
            for row, sheet in zip(same["source_rows"], same["source_sheet"], strict=True)
        )
        named = (word for name, word in zip(key, found, strict=True) if name not in unsaid)
        about = ", ".join(str(word) for word in named if pd.notna(word) and word != "")
        said = f"rows {numbers} have one key ({about}) but different {what}; all were kept out."
        first = same.iloc[0]
        issues.append(
            Issue(
                "warning", "conflicting_rows", said, "Ask the publisher which row is right.", file,
                first["source_sheet"], int(first["source_row"]), str(first["source_column"]),
                " | ".join(same["source_text"]), len(same),
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
