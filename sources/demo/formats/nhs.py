"""Waiting times (DH) and hospital admissions (Fingertips) as printed: RTT 001 and NI 070.

Belongs here: these two files. Does not belong here: any number but those of columns the hub does not read.
Quirk: `renamed_column` (Commissioner Code) for waiting times.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes, workbook_bytes
from sources.demo.formats.printing import dimension, file_name, header, located, periods, printed

ENGLAND = "E92000001"
EARLY, LATE = 18, 35  # weekly bands within 18 weeks, and from then to `52 plus`
BANDS = [f">{week}-{week + 1}" for week in range(52)] + ["52 plus"]
PATHWAYS = {"incomplete": ("incomplete", "IP999"), "admitted": ("admitted", "AP999"),
            "non_admitted": ("non-admitted", "NP999")}  # fmt: skip
NOTES = {
    "withheld_quality": "Not presented due to the quality of the records",
    "low_reliability": "Value should be treated with caution",
    "combined_area": "Value is combined with that of a neighbouring area",
}
TYPES = {"country": "England", "region": "Regions (statistical)", "shire_district": "Districts & UAs"}


def waiting_times(delivery: Delivery) -> dict[str, bytes]:
    """RTT 001: one workbook a month (Dec 2009) and part, with the sheets National, SHA and PCT that have areas.

    Share within 18 weeks (value, percent; the sheet holds it over 100), within (numerator), total (denominator).
    England, strategic health authorities (sha) and trusts (pct) each in its own sheet. Carries no status.
    """
    rows = located(delivery)
    files = {}
    for (label, part), same in rows.groupby(["period_label", "part"]):
        words, function = PATHWAYS[part]
        month = pd.to_datetime(label, format="%b %Y")
        title = [["18 Weeks Monthly Referral to Treatment (RTT) Waiting Times. Illustrative data"],
                 [f"{month:%B %Y} Commissioner returns - RTT times for {words} pathways"], [], [], []]  # fmt: skip
        tail = ["Treatment Function Code", "Treatment Function", *BANDS, f"Total number of {words} pathways",
                "Total within 18 weeks", "% within 18 weeks"]  # fmt: skip
        sheets = {"National": [], "SHA": ["SHA Code", "SHA Name"],
                  "PCT": ["SHA Code", header(delivery, "PCT Code", "Commissioner Code"), "PCT Name"]}  # fmt: skip
        kinds = same["area_type"].map({"country": "National", "strategic_health_authority": "SHA"}).fillna("PCT")
        name = same["area_name"].str.upper()
        same = same.assign(name=name.mask(kinds == "SHA", name + " STRATEGIC HEALTH AUTHORITY"))
        columns = {"National": [], "SHA": ["sha", "name"], "PCT": ["sha", "pct", "name"]}
        book = {
            sheet: [*title, [*head, *tail], *_pathways(same[kinds == sheet], columns[sheet], function, delivery)]
            for sheet, head in sheets.items()
            if (kinds == sheet).any()
        }
        files[file_name(delivery, f"RTT_{part}_{month:%Y-%m}", "xlsx")] = workbook_bytes(book)
    return files


def _pathways(rows: pd.DataFrame, places: list[str], function: str, delivery: Delivery) -> list[list[object]]:
    table = rows[places].assign(function=function, function_name="Total")
    table[BANDS] = _bands(rows)
    for column in ("denominator", "numerator"):
        table[column] = printed(rows, column, delivery)
    table["share"] = printed(rows.assign(value=rows["value"] / 100), "value", delivery)
    return table.to_numpy().tolist()


def _bands(rows: pd.DataFrame) -> np.ndarray:
    """Waits by week: those within 18 weeks spread over 18 bands, the others over the rest, none lost; NaN unknown."""
    within = rows["numerator"].to_numpy(dtype="float64")[:, None]
    beyond = rows["denominator"].to_numpy(dtype="float64")[:, None] - within
    early, late = np.repeat(within // EARLY, EARLY, axis=1), np.repeat(beyond // LATE, LATE, axis=1)
    early[:, :1] += within % EARLY
    late[:, :1] += beyond % LATE
    return np.hstack([early, late])


def admissions(delivery: Delivery) -> dict[str, bytes]:
    """NI 070: rate per 10,000 (value) with 95 % limits, count (numerator), denominator, by the dimension `sex`.

    England comes twice, once as its own parent. A value withheld, of low reliability or combined says so in the value
    note. Carries a status, in the time period; prints regions where the cells hold them.
    """
    rows = located(delivery)
    england = rows["level"] == "national"
    quality = rows["mark"].isin(NOTES) & rows["value"].isna()
    plain = rows.assign(mark=rows["mark"].mask(quality, ""))
    table = pd.DataFrame(
        {
            "Indicator ID": "90284",
            "Indicator Name": "Hospital admissions caused by unintentional and deliberate injuries in children "
            "(aged 0 to 14 years) (illustrative)",
            "Parent Code": np.where(england, "", ENGLAND),
            "Parent Name": np.where(england, "", "England"),
            "Area Code": rows["area_code"],
            "Area Name": rows["area_name"],
            "Area Type": rows["area_type"].map(TYPES).fillna("Counties & UAs"),
            "Sex": dimension(rows, "sex", "Persons"),
            "Age": "<15 yrs",
            "Category Type": "",
            "Category": "",
            "Time period": periods(rows, delivery),
            "Value": printed(plain, "value", delivery),
            "Lower CI 95.0 limit": printed(plain, "lower_ci", delivery),
            "Upper CI 95.0 limit": printed(plain, "upper_ci", delivery),
            "Lower CI 99.8 limit": "",
            "Upper CI 99.8 limit": "",
            "Count": printed(plain, "numerator", delivery),
            "Denominator": printed(plain, "denominator", delivery),
            "Value note": rows["mark"].map(NOTES).fillna(""),
            "Recent Trend": "",
            "Compared to England value or percentiles": "Not compared",
            "Compared to percentiles": "Not compared",
            "Time period Sortable": rows["period_label"].str[:4] + "0000",
            "New data": "",
            "Compared to goal": "",
            "Time period range": "1y",
        }
    )
    again = table[england].assign(**{"Parent Code": ENGLAND, "Parent Name": "England"})
    return {file_name(delivery, "hospital_admissions_injuries_0_14"): csv_bytes(pd.concat([table, again]))}
