"""The measuring half of canonical: cells -> values, dimension keys, repeats and provenance.

Belongs here: what one Measure of a layout takes from a table's rows.
Does not belong here: areas and periods (canonical), or which of several rows with one key counts (repeats).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from quality.issues import Issue
from sources.cells import NOTHING, UNREADABLE, Cells, first_mark, read_cells
from sources.indicators import CODE, PART, identify
from sources.readers.table import PERIOD, ROW, Table, matches
from sources.registry import Dimension, FeedSpec, Measure
from sources.repeats import add_up, settle, too_many, without

# columns canonical adds to a table's rows before anything is measured
AREA, SCHEME, AREA_TEXT, COMBINED = "__area", "__scheme", "__area_text", "__combined"
LABEL, START, END, BASIS, STATUS = "__label", "__start", "__end", "__basis", "__status"
QUALIFYING = ("low_reliability", "estimated")  # marks of a value that is there, and of none that is not
KEY = ["indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions"]
OBSERVATION = [
    "indicator_code", "part", "area_code", "area_scheme", "area_text", "period_label", "period_start", "period_end",
    "period_basis", "dimensions", "value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base",
    "design_effect", "mark", "note", "status", "source_sheet", "source_row", "source_rows", "source_column",
    "source_text",
]  # fmt: skip
BESIDE = ["lower_ci", "upper_ci", "survey_base", "design_effect"]  # numbers that only tell how sure the value is
NUMBERS = ["value", "numerator", "denominator", *BESIDE]
MEASURE = ["indicator_code", "part", "title", "unit", "decimals"]


def observations(
    frame: pd.DataFrame, table: Table, spec: FeedSpec, file: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Every measure's rows, one key once; the measures the file brings itself; cells that could not be read."""
    pieces, brought, doubted, issues = [], [], [], []
    told: set[tuple[str, str]] = set()
    for measure in table.layout.measures:
        rows, unknown = identify(frame[matches(frame, measure.when)], measure, table, file)
        issues += unknown
        if rows.empty:
            continue
        taken, unread = _take(rows, measure, table, spec, file)
        taken, against, repeated = _one_row_a_key(taken, rows, measure, table, file)
        pieces += [taken, _partners(taken, rows)]
        doubted.append(against)
        issues += [issue for issue in unread + repeated if (issue.check, issue.message) not in told]
        told |= {(issue.check, issue.message) for issue in repeated}
        if measure.title:
            brought.append(_brought(rows, measure))
    issues += too_many(issues, frame[ROW].nunique(), file)
    if not pieces:
        return pd.DataFrame(columns=OBSERVATION), pd.DataFrame(columns=MEASURE), issues
    measures = pd.concat(brought).drop_duplicates() if brought else pd.DataFrame(columns=MEASURE)
    taken = pd.concat(pieces, ignore_index=True)[OBSERVATION]
    against = pd.concat(doubted)
    return without(taken, against) if len(against) else taken, measures, issues


def _partners(taken: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of areas whose figure is part of another's (one row, several codes): no value, but a word on where it is."""
    if not (rows[COMBINED] != "").any():
        return taken.iloc[:0]
    others = rows[COMBINED].reindex(taken.index).fillna("").str.split(",").explode()
    others = others[others != ""]
    partners = taken.loc[others.index].assign(note="counted with " + taken.loc[others.index, "area_code"])
    partners = partners.assign(area_code=others.to_numpy(), mark="combined_area")
    partners[NUMBERS] = np.nan
    known = taken.set_index(KEY).index
    return partners[~partners.set_index(KEY).index.isin(known)]


def unclaimed(frame: pd.DataFrame, table: Table, file: str) -> list[Issue]:
    """Rows no measure takes, counted: a breakdown or product the hub does not use is left out aloud."""
    taken = pd.Series(False, index=frame.index)
    for measure in table.layout.measures:
        taken |= matches(frame, measure.when)
    left = frame[~taken]
    if left.empty:
        return []
    roles = sorted({role for measure in table.layout.measures for role in measure.when})
    kinds = left[roles].drop_duplicates().head(5).agg(", ".join, axis=1).tolist() if roles else []
    message = f"{left[ROW].nunique():,} records hold nothing this feed is asked for ({'; '.join(kinds)})."
    return [
        Issue("info", "not_asked_for", message, "", file, table.sheet, int(left[ROW].iloc[0]), occurrences=len(left))
    ]


def _take(
    rows: pd.DataFrame, measure: Measure, table: Table, spec: FeedSpec, file: str
) -> tuple[pd.DataFrame, list[Issue]]:
    cells = {role: read_cells(rows[role], spec.marks) for role in measure.roles()}
    numbers = _numbers(cells, measure, rows.index)
    note = rows[measure.note].str.strip() if measure.note else pd.Series("", index=rows.index)
    flag = read_cells(rows[measure.flag], spec.marks).mark if measure.flag else pd.Series("", index=rows.index)
    combined = rows[COMBINED].map(lambda codes: f"combined with {codes}" if codes else "")
    mark, value = _marks(numbers, flag, note, combined, spec, bool(measure.flag))
    periods = rows[PERIOD] if PERIOD in rows else pd.Series("", index=rows.index)
    sourced = [measure.value] if measure.value else [*measure.numerator, measure.denominator]
    joins = [" + "] * (len(measure.numerator) - 1) + [" / "] if not measure.value else []
    taken = pd.DataFrame(
        {
            "indicator_code": rows[CODE],
            "part": rows[PART],
            "area_code": rows[AREA],
            "area_scheme": rows[SCHEME],
            "area_text": rows[AREA_TEXT],
            "period_label": rows[LABEL],
            "period_start": rows[START],
            "period_end": rows[END],
            "period_basis": rows[BASIS],
            "dimensions": _dimension_key(rows, measure.dimensions, rows[CODE]),
            "value": value * measure.scale,
            "numerator": numbers["numerator"],
            "denominator": numbers["denominator"],
            "lower_ci": numbers["lower_ci"] * measure.scale,
            "upper_ci": numbers["upper_ci"] * measure.scale,
            "survey_base": numbers["survey_base"],
            "design_effect": numbers["design_effect"],
            "mark": mark,
            "note": note.where(note != "", combined),
            "status": rows[STATUS].where(rows[STATUS] != "", spec.status),
            "source_sheet": table.sheet,
            "source_row": rows[ROW],
            "source_rows": rows[ROW].astype("str"),
            "source_column": _joined([_header(table, role, periods) for role in sourced], joins),
            "source_text": _joined([rows[role].str.strip() for role in sourced], joins),
        },
        index=rows.index,
    )
    return _said(taken), _unreadable(cells, rows, table, file)


def _said(taken: pd.DataFrame) -> pd.DataFrame:
    """Rows that say anything: a blank that stands for no record at all is none, unless a number stands beside it."""
    silent = taken["mark"] == NOTHING
    if not silent.any():
        return taken
    alone = taken[["numerator", "denominator", "survey_base"]].isna().all(axis=1)
    return taken[~(silent & alone)].assign(mark=taken["mark"].mask(silent, "not_available"))


def _numbers(cells: dict[str, Cells], measure: Measure, index: pd.Index) -> dict[str, pd.Series]:
    none = pd.Series(np.nan, index=index)
    parts = [cells[role] for role in measure.numerator]
    numerator = sum((cell.value for cell in parts[1:]), parts[0].value) if parts else none
    denominator = cells[measure.denominator].value if measure.denominator else none
    if measure.value:
        value, why = cells[measure.value].value, cells[measure.value].mark
    else:
        value = measure.per * numerator / denominator.where(denominator != 0)
        why = first_mark([*parts, cells[measure.denominator]])
        why = why.where((why != "") | value.notna(), "not_applicable")  # nobody to count: 0 of 0
    beside = {name: cells[role].value if (role := getattr(measure, name)) else none for name in BESIDE}
    return {"value": value, "why": why, "numerator": numerator, "denominator": denominator, **beside}


def _marks(
    numbers: dict[str, pd.Series], flag: pd.Series, note: pd.Series, combined: pd.Series, spec: FeedSpec, flagged: bool
) -> tuple[pd.Series, pd.Series]:
    """The mark of each row and its value: a cell's own mark, else its flag, else what the publisher's remark means."""
    value, mark = numbers["value"], numbers["why"]
    told = pd.Series("", index=value.index)
    for rule in spec.note_marks:
        fits = (value.notna() == (rule.mark in QUALIFYING)) | (rule.mark == "combined_area")
        told = told.mask((told == "") & fits & note.str.contains(rule.match, case=False, regex=True), rule.mark)
    if flagged:
        qualifies = ~flag.isin(["", "not_available", NOTHING, UNREADABLE]) & (value.notna() | ~flag.isin(QUALIFYING))
        mark = mark.mask(qualifies & ((mark == "") | (mark == "not_available")), flag)
    mark = mark.mask((mark == "") | (mark == "not_available"), told.where(told != "", mark))
    mark = mark.mask((mark == "") & (combined != ""), "combined_area")
    return mark.where(mark != "", None), value


def _brought(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    title = rows[measure.title].str.strip() if measure.title in rows else measure.title
    return pd.DataFrame(
        {
            "indicator_code": rows[CODE],
            "part": rows[PART],
            "title": title,
            "unit": measure.unit,
            "decimals": measure.decimals,
        },
        index=rows.index,
    ).drop_duplicates(subset=["indicator_code", "part"])


def _dimension_key(rows: pd.DataFrame, dimensions: dict[str, Dimension], of: pd.Series) -> pd.Series:
    """`name=value;name=value` in the order of names; totals are left out, so that '' is the whole.

    `of` is the indicator of each row: what is constant is constant within one indicator.
    """
    key = pd.Series("", index=rows.index)
    for name in sorted(dimensions):
        rule = dimensions[name]
        words = [rows[column].str.strip().str.replace(r"[;=]", ",", regex=True) for column in rule.columns]
        text = words[0]
        for word in words[1:]:
            text = (text + ": " + word).str.strip(": ")
        totals = {total.lower() for total in rule.totals}
        whole = text.str.lower().isin(totals) | (text == "")
        if rule.constant_is_total:
            whole |= text.groupby(of).transform("nunique") == 1
        key = key + (name + "=" + text + ";").where(~whole, "")
    return key.str.rstrip(";")


def _header(table: Table, role: str, periods: pd.Series) -> pd.Series:
    fixed = table.headers.get((role, ""), "")
    return periods.map(lambda period: table.headers.get((role, period), fixed)).astype("str")


def _joined(texts: list[pd.Series], joins: list[str]) -> pd.Series:
    whole = texts[0]
    for join, text in zip(joins, texts[1:], strict=True):
        whole = whole + join + text
    return whole


def _unreadable(cells: dict[str, Cells], rows: pd.DataFrame, table: Table, file: str) -> list[Issue]:
    issues = []
    periods = rows.get(PERIOD)
    for role, cell in cells.items():
        for i in rows.index[cell.unreadable]:
            column = table.headers.get((role, periods[i] if periods is not None else ""), role)
            column = column if column != role else table.headers.get((role, ""), role)
            issues.append(
                Issue(
                    "warning",
                    "unreadable_value",
                    f"{cell.text[i].strip()!r} is neither a number nor a mark this publisher is known to use.",
                    "Correct the cell, or add the mark and its meaning to the feed's description.",
                    file,
                    table.sheet,
                    int(rows[ROW][i]),
                    column,
                    cell.text[i].strip(),
                )
            )
    return issues


def _one_row_a_key(
    taken: pd.DataFrame, rows: pd.DataFrame, measure: Measure, table: Table, file: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    if measure.add_rows:
        return add_up(taken, rows, measure, file, KEY)
    if not taken.duplicated(KEY).any():
        return taken, taken.iloc[:0], []
    return settle(taken, rows, table, file, KEY)
