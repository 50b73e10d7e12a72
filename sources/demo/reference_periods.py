"""The reference periods an indicator is measured for: which there are, and when each is over.

Belongs here: periods by the framework's period_basis and frequency. Does not belong here: when they are published
(the feeds' lags) or how a publisher writes them (formats).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from sources.periods import Period, parse_period

MIDDLE = date(2008, 10, 1)  # levels.csv describes England about then
FIRST_YEAR, LAST_YEAR = 2005, 2011
SURVEYS = range(2008, LAST_YEAR, 2)  # biennial: the years between are empty by design
QUARTERLY = ("quarterly", "monthly")


def reference_periods(basis: str, frequency: str, since: int = FIRST_YEAR) -> pd.DataFrame:
    """Periods of a framework period_basis from the year `since` on.

    One row a period, oldest first: period_label, period_basis, period_start, period_end, year (the financial year a
    quarter lies in, else the period's own first year), quarter (1-4, or 0), t (years from October 2008 to its middle).
    """
    periods = _quarters() if _by_quarter(basis, frequency) else _years(basis, range(since, LAST_YEAR))
    rows = [
        (p.label, p.basis, p.start, p.end, _year_of(p), int(p.label[-1]) if p.basis == "quarter" else 0)
        for p in periods
        if p is not None
    ]
    frame = pd.DataFrame(
        rows, columns=["period_label", "period_basis", "period_start", "period_end", "year", "quarter"]
    )
    middle = [(start + (end - start) / 2 - MIDDLE).days / 365.25 for _, _, start, end, _, _ in rows]
    return frame.assign(t=middle)


def _by_quarter(basis: str, frequency: str) -> bool:
    return frequency in QUARTERLY and basis in ("financial_year", "quarter", "rolling_four_quarters")


def _quarters() -> list[Period | None]:
    labels = [f"{y}/{(y + 1) % 100:02d} Q{q}" for y in range(2006, LAST_YEAR) for q in range(1, 5)]
    return [parse_period(label, "quarter") for label in labels]


def _years(basis: str, years: range) -> list[Period | None]:
    if basis == "month":
        months = [(y, m) for y in range(2008, LAST_YEAR) for m in (3, 6, 9, 12)]
        return [parse_period(f"{y}-{m:02d}", "month") for y, m in months]
    if basis == "survey_year":
        return [parse_period(str(y), "calendar_year") for y in SURVEYS if y in years]
    if basis.startswith("three_calendar_years"):
        return [parse_period(f"{y - 2}-{y % 100:02d}", "calendar_year") for y in years]
    if basis in ("calendar_year", "mean_of_nov_dec_jan_snapshots"):
        return [parse_period(str(y), "calendar_year") for y in years]
    spanning = {"academic_year": "academic_year", "october_to_october": "october_year"}.get(basis, "financial_year")
    return [parse_period(f"{y}/{(y + 1) % 100:02d}", spanning) for y in years]


def _year_of(period: Period) -> int:
    return int(period.label[:4]) if period.label[:4].isdigit() else period.start.year


def undated_quarters(prefix: str, since: date) -> pd.DataFrame:
    """Quarters from a day on, numbered as a publisher numbers them who does not date them: `Quarter 1`, ..."""
    frame = reference_periods("quarter", "quarterly")
    frame = frame[frame["period_start"] >= since].reset_index(drop=True)
    labels = [f"{prefix} {number}" for number in range(1, len(frame) + 1)]
    return frame.assign(period_label=labels, period_basis="undated_quarter", quarter=0)
