"""Is a delivery fit to land? Row schemas, then checks across rows.

Belongs here: thresholds with their reasons, and which findings block. Does not belong here: reading files, or judging
performance against targets. `units` and `due` come in as frames: this package knows nothing of the framework.
"""

from __future__ import annotations

import pandas as pd

from quality.entry_schemas import entry_schema
from quality.issues import Issue
from quality.schemas import measure_schema, observation_schema

BOUNDS = {"percent": (0.0, 100.0), "percentage": (0.0, 100.0)}
NEVER_NEGATIVE = ("rate", "per_", "tonnes", "kilograms", "days", "weeks", "score")
NOTHING, LOOK = "no row of this delivery could be used.", "See the other findings for what was kept out."
# A few odd rows happen in every release; when a tenth of a measure is impossible, the column or unit is wrong.
IMPOSSIBLE_SHARE = 0.1
COVERAGE = 0.5  # under half of the areas due is worth a look; single-area files are normal, so it never blocks
JUMP_FACTOR, JUMP_MADS = 3.0, 8.0  # both must be passed: three times the last value, and far out of the usual change
JUMP_POINTS = 20.0  # percentage points
JUMP_CASES = 30  # below that many cases a trebling is chance


def check(
    observations: pd.DataFrame, measures: pd.DataFrame, units: pd.DataFrame, due: pd.DataFrame, file: str
) -> list[Issue]:
    """Findings on a delivery's canonical rows.

    Args:
        observations: canonical rows.
        measures: measures the file brings itself.
        units: indicator_code, part, unit for what is known.
        due: area_type and region_code by area_code, for the areas of the framework now in being.
        file: name to show.
    """
    issues = _schema(observation_schema(), observations, file) + _schema(measure_schema(), measures, file)
    if observations.empty:
        return [*issues, Issue("error", "no_rows", NOTHING, LOOK, file)]
    rows = observations.merge(units, on=["indicator_code", "part"], how="left")
    rows["unit"] = rows["unit"].fillna("")
    # of a file's own measures only the unit is known, and a change in per cent may well be negative: those only warn
    own = rows["indicator_code"].isin(measures["indicator_code"])
    found = [*_shares(rows, own, file), *_ranges(rows, own, file)]
    return [*issues, *found, *_coverage(rows, due, file), *_jumps(rows, file)]


def check_entries(landed: dict[str, pd.DataFrame], file: str) -> list[Issue]:
    """Findings on the rows of a delivery that are no observations, by kind."""
    issues = [issue for kind, rows in landed.items() for issue in _schema(entry_schema(kind), rows, file)]
    if landed and not any(len(rows) for rows in landed.values()):
        issues.append(Issue("error", "no_rows", NOTHING, LOOK, file))
    return issues


def _schema(schema: object, rows: pd.DataFrame, file: str) -> list[Issue]:
    """Failures of a pandera schema as issues: counted, with one sampled row each. All of them block."""
    import pandera.errors

    if rows.empty:
        return []
    try:
        schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        return [
            _failed(rows, str(name), str(column or ""), same, file)
            for (name, column), same in cases.groupby(["check", "column"], dropna=False, sort=False)
        ]
    return []


def _failed(rows: pd.DataFrame, name: str, column: str, same: pd.DataFrame, file: str) -> Issue:
    index = same["index"].dropna()
    row = rows.loc[index.iloc[0]] if len(index) and index.iloc[0] in rows.index else None
    column = column if column in rows.columns else ""
    value = str(same["failure_case"].iloc[0])
    return Issue(
        "error",
        "schema",
        f"{same['index'].nunique() or 1:,} rows break the rule {name!r}.",
        "This is a fault of the file or of the feed's description.",
        file,
        str(row["source_sheet"]) if row is not None and "source_sheet" in rows else "",
        int(row["source_row"]) if row is not None and "source_row" in rows else None,
        column,
        value,
    )


def _found(
    bad: pd.DataFrame, of: pd.DataFrame, check: str, message: str, file: str, own: pd.Series | None = None
) -> list[Issue]:
    """One warning a row found; an error besides when so many of a measure are found that it must be misread."""
    if bad.empty:  # as nearly always, and counting nothing takes as long as counting
        return []
    issues = [
        Issue(
            "warning", check, message.format(**row._asdict()), "Ask the publisher; the row landed as it came.", file,
            row.source_sheet, int(row.source_row), row.source_column, row.source_text,
        )
        for row in bad.itertuples()
    ]  # fmt: skip
    bad = bad if own is None else bad[~own.reindex(bad.index)]
    share = bad.groupby(["indicator_code", "part"]).size() / of.groupby(["indicator_code", "part"]).size()
    for (indicator, part), found in share.dropna().items():
        if found > IMPOSSIBLE_SHARE and len(bad) > 1:
            said = (
                f"{found:.0%} of the rows of {indicator} {part} are impossible ({check}): a unit or column is misread."
            )
            issues.append(Issue("error", check, said, "Compare the file with the feed's description.", file))
    return issues


def _shares(rows: pd.DataFrame, own: pd.Series, file: str) -> list[Issue]:
    of = rows[rows["unit"].str.startswith("percent") & rows["numerator"].notna() & rows["denominator"].notna()]
    bad = of[(of["numerator"] > of["denominator"]) & (of["part"] != "percent_change")]
    message = "the numerator {numerator:,.10g} is larger than the denominator {denominator:,.10g}."
    return _found(bad, of, "numerator_over_denominator", message, file, own)


def _ranges(rows: pd.DataFrame, own: pd.Series, file: str) -> list[Issue]:
    of = rows[rows["value"].notna()]
    low = of["unit"].map(
        lambda unit: BOUNDS.get(unit, (0.0 if unit.startswith(NEVER_NEGATIVE) else -float("inf"), 0))[0]
    )
    high = of["unit"].map(lambda unit: BOUNDS.get(unit, (0, float("inf")))[1])
    bad = of[(of["value"] < low) | (of["value"] > high)]
    return _found(bad, of, "out_of_range", "{value:,.10g} is out of the range of its unit ({unit}).", file, own)


def _coverage(rows: pd.DataFrame, due: pd.DataFrame, file: str) -> list[Issue]:
    """Measures with too few areas of a type, of those in the regions the delivery covers at all.

    A measure is held only against the types of area it reports.
    """
    whole = rows.loc[rows["dimensions"] == "", ["indicator_code", "part", "area_code"]].drop_duplicates()
    whole = whole.join(due, on="area_code", how="inner")
    expected = due.loc[due["region_code"].isin(whole["region_code"]), "area_type"].value_counts()
    return [
        Issue(
            "warning",
            "coverage",
            f"{indicator} {part} covers {covered} of {expected[kind]} areas of type {kind} in its regions.",
            "Check that the delivery is complete.",
            file,
        )
        for (indicator, part, kind), covered in whole.groupby(["indicator_code", "part", "area_type"]).size().items()
        if covered / expected[kind] < COVERAGE
    ]


def _jumps(rows: pd.DataFrame, file: str) -> list[Issue]:
    """Values far from the last one of their series, by the yardstick of the series' measure in this delivery.

    Small counts treble by chance and small percentages by rounding, so both need some size before they are odd.
    """
    series = ["indicator_code", "part", "area_code", "period_basis", "season"]
    dated = rows[(rows["dimensions"] == "") & rows["value"].gt(0) & rows["period_start"].notna()]
    # quarters have a season, and some build up through their year: each is held against its own of a year before
    quarter = pd.to_datetime(dated["period_start"]).dt.month.where(dated["period_basis"] == "quarter", 0)
    dated = dated.assign(season=quarter)
    dated = dated.sort_values([*series, "period_start"])
    dated["before"] = dated.groupby(series)["value"].shift()
    change = dated["value"] / dated["before"]
    change = change.where(change >= 1, 1 / change)
    measure = [dated["indicator_code"], dated["part"]]
    usual = change.groupby(measure).transform("median")
    spread = (change - usual).abs().groupby(measure).transform("median").clip(lower=0.02)
    cases = dated["numerator"].where(dated["numerator"].notna(), dated["value"].where(dated["unit"] == "number"))
    sized = cases.isna() | ((cases >= JUMP_CASES) & ((dated["before"] >= JUMP_CASES) | (dated["unit"] != "number")))
    far = (dated["value"] - dated["before"]).abs() >= JUMP_POINTS
    odd = dated[
        (change > JUMP_FACTOR)
        & (change > usual + JUMP_MADS * spread)
        & sized
        & (far | ~dated["unit"].str.startswith("percent"))
    ]
    message = "{value:,.10g} in {period_label} is far from the last value, {before:,.10g}."
    return [issue for issue in _found(odd, dated, "jump", message, file) if issue.severity == "warning"]
