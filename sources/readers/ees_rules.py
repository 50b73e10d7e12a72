"""The publisher's own rules for an EES pair, as its screener tests them.

Belongs here: rules that name their reason. Does not belong here: reading the pair (ees).
Errors refuse the pair; warnings let it land. Source: the screener cases under dfe_ees_screener_cases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from quality.issues import Issue, refuse
from sources.periods import identifier_family
from sources.readers.grid import Grid
from sources.readers.table import ROW, Table

if TYPE_CHECKING:
    from sources.readers.ees import Variable

ALLOWED_UNITS = {"", "%", "pp", "£", "£m", "numberstring"}
LEGACY_SYMBOLS = {":", "~", "..", "N/A", "n/a"}
GROUP_WORDS = {"male", "female", "boys", "girls", "white", "asian", "black", "mixed"}
PLACE_PAIRS = (
    ("region_code", "region_name"), ("new_la_code", "la_name"), ("lad_code", "lad_name"),
    ("english_devolved_area_code", "english_devolved_area_name"), ("trust_id", "trust_name"),
    ("local_enterprise_partnership_code", "local_enterprise_partnership_name"), ("pcon_code", "pcon_name"),
)  # fmt: skip
_GSS = re.compile(r"[EKNSW]\d{8}$")


def check_meta(variables: list[Variable], file: str) -> list[Issue]:
    """Rules on the metadata alone.

    Raises:
        Refused: a unit the publisher does not allow, so the numbers' meaning is unknown.
    """
    bad = [v for v in variables if v.unit not in ALLOWED_UNITS]
    if bad:
        said = f"indicator_unit {bad[0].unit!r} of {bad[0].name!r} is not allowed."
        raise refuse("indicator_unit_validation", said, "Use blank, %, pp, £, £m or numberstring.", file=file)
    issues = []
    odd = [v.name for v in variables if not re.fullmatch(r"[a-z][a-z0-9_]*", v.name)]
    if odd:
        issues.append(
            _warn("variable_snake_case", f"column names are not in snake_case: {', '.join(map(repr, odd))}.", file)
        )
    names = [v.name for v in variables if v.kind.lower() == "indicator"]
    smushed = [name for name in names if GROUP_WORDS & set(re.split(r"[_\W]+", name.lower()))]
    if len(smushed) > 1:
        shown = ", ".join(map(repr, smushed))
        issues.append(
            _warn("indicators_smushed", f"indicator names hold a breakdown that should be a filter: {shown}.", file)
        )
    return issues


def check_data(table: Table, variables: list[Variable], grid: Grid, file: str) -> list[Issue]:
    """Rules on the data, given its metadata; rows with a blank filter are taken out of the table.

    Raises:
        Refused: local authority columns are incomplete, or periods of several kinds share the file.
    """
    frame, header = table.frame, [cell.strip() for cell in grid.rows[0]]
    _refuse_partial_la(header, file)
    families = {identifier_family(word) for word in frame["time_identifier"].unique() if word.strip()}
    if len(families) > 1:
        shown = ", ".join(sorted({repr(word) for word in frame["time_identifier"].unique()}))
        raise refuse("time_identifier_mix", f"time identifiers of different kinds are mixed: {shown}.",
                     "Put each kind in a file of its own.", file=file, column="time_identifier")  # fmt: skip
    filters = [v for v in variables if v.kind.lower() == "filter" and v.name in frame]
    issues = [*_blank_filters(table, filters, file), *_white_space(table.frame, filters, file)]
    issues += [*_group_levels(table.frame, filters, file), *_empty_columns(grid, header, file)]
    issues += [*_places(grid, header, file), *_symbols(table, file)]
    return issues


def _warn(check: str, message: str, file: str, remedy: str = "", **place: object) -> Issue:
    return Issue("warning", check, message, remedy, file, **place)


def _refuse_partial_la(header: list[str], file: str) -> None:
    columns = ("old_la_code", "new_la_code", "la_name")
    missing = [column for column in columns if column not in header]
    if missing and len(missing) < len(columns):
        shown = ", ".join(map(repr, missing))
        raise refuse("la_col_present", f"local authority columns come as three; missing column {shown}.",
                     "Give old_la_code, new_la_code and la_name together.", file=file, column=missing[0])  # fmt: skip


def _blank_filters(table: Table, filters: list[Variable], file: str) -> list[Issue]:
    issues = []
    for name in dict.fromkeys(name for variable in filters for name in (variable.name, variable.group)):
        if name not in table.frame:
            continue
        blank = table.frame[name].str.strip() == ""
        if blank.any():
            rows = table.frame.loc[blank, ROW]
            shown = f"{len(rows):,} rows have no {name!r}; a filter is never blank. They were kept out."
            issues.append(_warn("blanks_filters", shown, file, "Write Total for the whole.",
                                row=int(rows.iloc[0]), column=name, occurrences=len(rows)))  # fmt: skip
            table.frame = table.frame[~blank]
    return issues


def _white_space(frame: pd.DataFrame, filters: list[Variable], file: str) -> list[Issue]:
    issues = []
    for variable in filters:
        spaced = frame[frame[variable.name] != frame[variable.name].str.strip()]
        if len(spaced):
            value = spaced[variable.name].iloc[0]
            said = f"filter values have outer white space, e.g. {value!r}; it was taken off."
            issues.append(_warn("whitespace_filters", said, file, row=int(spaced[ROW].iloc[0]),
                                column=variable.name, value=value, occurrences=len(spaced)))  # fmt: skip
    return issues


def _group_levels(frame: pd.DataFrame, filters: list[Variable], file: str) -> list[Issue]:
    return [
        _warn("filter_group_level", f"the group {v.group!r} has more levels than its filter {v.name!r}.", file,
              "A group is coarser than what it groups.", column=v.group)
        for v in filters
        if v.group in frame and frame[v.group].nunique() > frame[v.name].nunique()
    ]  # fmt: skip


def _empty_columns(grid: Grid, header: list[str], file: str) -> list[Issue]:
    empty = [
        name
        for i, name in enumerate(header)
        if name and not any(i < len(row) and row[i].strip() for row in grid.rows[1:])
    ]
    if not empty:
        return []
    return [
        _warn(
            "data_empty_cols", f"columns hold nothing in any row: {', '.join(map(repr, empty))}.", file, column=empty[0]
        )
    ]


def _places(grid: Grid, header: list[str], file: str) -> list[Issue]:
    """Codes and names of places: one name a code, well-formed codes, and `x` only for `Not available`."""
    issues = []
    body = [row for row in grid.rows[1:] if len(row) >= len(header)]
    for code_column, name_column in PLACE_PAIRS:
        if code_column not in header or name_column not in header:
            continue
        i, j = header.index(code_column), header.index(name_column)
        pairs = pd.DataFrame({(row[i].strip(), row[j].strip()) for row in body if row[i].strip() or row[j].strip()})
        if pairs.empty:
            continue
        pairs.columns = ["code", "name"]
        pairs = pairs.sort_values(["code", "name"])
        unnamed = pairs[(pairs["code"] == "x") & (pairs["name"].str.lower() != "not available")]
        if len(unnamed):
            shown = f"code 'x' (not available) stands beside the name {unnamed['name'].iloc[0]!r}."
            issues.append(_warn("na_geography", shown, file, "Name it 'Not available'.", column=name_column))
        known = pairs[~pairs["code"].isin(["x", "z", ""])]
        twice = known[known.duplicated("code", keep=False)]
        odd = known[~known["code"].str.match(_GSS)] if code_column.endswith("_code") else known.iloc[:0]
        if len(twice) or len(odd):
            code = (twice if len(twice) else odd)["code"].iloc[0]
            names = ", ".join(repr(name) for name in known.loc[known["code"] == code, "name"])
            shown = f"code and name do not go together: {code!r} stands beside {names}."
            issues.append(
                _warn("code_name_combinations", shown, file, "Use one published name a code.", column=code_column)
            )
    return issues


def _symbols(table: Table, file: str) -> list[Issue]:
    roles = {role for measure in table.layout.measures for role in measure.roles() if role in table.frame}
    issues = []
    for role in sorted(roles):
        cells = table.frame[role].str.strip()
        old = cells.isin(LEGACY_SYMBOLS)
        if old.any():
            said = f"the symbol {cells[old].iloc[0]!r} is no longer allowed; it was read as not available."
            issues.append(_warn("notavailable_symbols", said, file, "Use z, x, c, low or u.", column=role,
                                row=int(table.frame.loc[old, ROW].iloc[0]), occurrences=int(old.sum())))  # fmt: skip
    return issues
