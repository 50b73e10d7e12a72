"""The door: what every canonical row must look like before it may land.

Belongs here: one pandera schema for each kind of landed row. Does not belong here: checks across rows (checks) or
what a failed check means for a delivery (checks).
"""

from __future__ import annotations

from functools import cache

import pandas as pd

MARKS = (
    "suppressed", "not_available", "not_applicable", "not_yet_due", "not_collected", "rounds_to_zero",
    "low_reliability", "estimated", "withheld_quality", "withdrawn", "did_not_exist", "combined_area", "unreadable",
)  # fmt: skip
STATUSES = ("provisional", "final", "revised")
BASES = (
    "financial_year", "academic_year", "calendar_year", "october_year", "quarter", "month", "rolling", "pooled",
    "survey_year", "undated_quarter", "half_year", "term", "week",
)  # fmt: skip


@cache
def observation_schema():
    """Canonical observations: one row an indicator part, area, period and dimension key of one delivery."""
    import pandera.pandas as pa

    text = {"nullable": True, "required": True}
    return pa.DataFrameSchema(
        {
            "indicator_code": pa.Column(str, pa.Check.str_matches(r"^[A-Z]{2,4} \S+$")),
            "part": pa.Column(str, pa.Check.str_matches(r"^[a-z][a-z0-9_]*$")),
            "area_code": pa.Column(str, pa.Check.str_matches(r"^(?:E\d{8}|WDA\d{2}|PCT-[A-Z0-9]{3})$")),
            "period_label": pa.Column(str, pa.Check.str_length(min_value=1)),
            "period_start": pa.Column(None, **text),
            "period_end": pa.Column(None, **text),
            "period_basis": pa.Column(str, pa.Check.isin(BASES)),
            "dimensions": pa.Column(str),
            "value": pa.Column(float, nullable=True),
            "numerator": pa.Column(float, nullable=True),
            "denominator": pa.Column(float, nullable=True),
            "lower_ci": pa.Column(float, nullable=True),
            "upper_ci": pa.Column(float, nullable=True),
            "survey_base": pa.Column(float, pa.Check.ge(0), nullable=True),
            "design_effect": pa.Column(float, pa.Check.gt(0), nullable=True),
            "mark": pa.Column(None, pa.Check.isin(MARKS), **text),
            "status": pa.Column(str, pa.Check.isin(STATUSES)),
            "source_row": pa.Column("int64", pa.Check.ge(1)),
        },
        checks=[
            pa.Check(_missing_says_why, name="missing_value_says_why", error="a missing value without a mark"),
            pa.Check(_dated, name="dated_or_undated", error="period dates missing or in the wrong order"),
            pa.Check(
                _interval, name="interval_holds_value", error="a confidence interval that does not hold its value"
            ),
        ],
        unique=["indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions"],
        report_duplicates="exclude_first",
        strict=False,
    )


@cache
def measure_schema():
    """Measures a file brings itself: one row an indicator part."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "indicator_code": pa.Column(str, pa.Check.str_matches(r"^[A-Z]{2,4} \S+$")),
            "part": pa.Column(str),
            "title": pa.Column(str, pa.Check.str_length(min_value=1)),
            "unit": pa.Column(str),
        },
        unique=["indicator_code", "part"],
    )


def _missing_says_why(rows: pd.DataFrame) -> pd.Series:
    return rows["value"].notna() | rows["mark"].notna()


def _dated(rows: pd.DataFrame) -> pd.Series:
    undated = rows["period_basis"].str.startswith("undated")
    start, end = pd.to_datetime(rows["period_start"]), pd.to_datetime(rows["period_end"])
    return undated | (start <= end)


def _interval(rows: pd.DataFrame) -> pd.Series:
    slack = rows["value"].abs() * 1e-6 + 1e-9
    below = rows["lower_ci"].isna() | rows["value"].isna() | (rows["lower_ci"] <= rows["value"] + slack)
    above = rows["upper_ci"].isna() | rows["value"].isna() | (rows["upper_ci"] >= rows["value"] - slack)
    return below & above
