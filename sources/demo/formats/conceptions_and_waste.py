"""Conceptions (ONS) and waste (Defra) as these publishers print them: NI 112 and NI 193.

Belongs here: these two files. Does not belong here: any number but those of columns the hub does not read.
Quirks: `renamed_column` in both, `old_codes` for conceptions.
"""

from __future__ import annotations

import pandas as pd

from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes, workbook_bytes
from sources.demo.formats.printing import (
    codes,
    file_name,
    header,
    located,
    periods,
    printed,
    region_of,
    side_by_side,
)

OUTCOMES = {
    "Maternity rate per 1,000 women in age group": 0.55,
    "Abortion rate per 1,000 women in age group": 0.45,
    "Percentage of conceptions leading to abortion": 0.9,
}
NOTES = [
    [], ["1 Rates which are based on between 3 and 19 events are denoted by (u)."], [], ["u denotes low reliability"],
    [], ["Source: invented, for illustration"],
]  # fmt: skip
METHODS = {"Incineration with EfW": 0.22, "Incineration without EfW": 0.0, "Other": 0.03, "Recycled-composted": 0.75}
SERIES = "Proportion of disposed waste from total collected waste"


def conceptions(delivery: Delivery) -> dict[str, bytes]:
    """NI 112 rate (value) and number (numerator): years across, newest first, a flag column after each rate.

    The mark low_reliability stands as a flag beside a rate that is printed. Wide: an area without a cell for one of
    the years gets blanks there, which read as not available. Carries no status and no denominator.
    """
    rows = located(delivery)
    about = rows.drop_duplicates("area_code").set_index("area_code", drop=False)
    years = sorted(rows["period_label"].unique(), reverse=True)
    measures = _measures(rows, delivery)
    wide = side_by_side(measures, ["area_code"], "period_label", list(measures.columns[2:])).loc[about.index]
    body = pd.concat([wide.xs(year, axis=1, level="period_label") for year in years], axis=1)
    top = [header(delivery, "Area of usual residence", "Code"), header(delivery, "", "Area name")]
    bottom = ["", ""]
    for year in years:
        top += [int(year), *[""] * (len(measures.columns) - 3)]
        bottom += [name if "flag" not in name else "" for name in measures.columns[2:]]
    name = about["area_name"].where(about["level"] == "area", about["area_name"].str.upper())
    body = pd.concat([codes(about, delivery), name, body], axis=1)
    title = ["Illustrative data. Table 6: Under 18 conceptions (numbers and rates) and outcome"]
    lines: list[list[object]] = [["Contents"], [], title, [], [], top, bottom, [], []]
    order = about.assign(region=region_of(about)).sort_values(["region", "level", "area_name"], key=_regions_first)
    for level, line in zip(order["level"], body.loc[order.index].to_numpy().tolist(), strict=True):
        lines += [line] if level == "area" else [[], line, []]
    book = workbook_bytes({"Contents": [["Illustrative data"]], "Table 6": [*lines, *NOTES]})
    return {file_name(delivery, "conceptionstatisticstables", "xlsx"): book}


def _measures(rows: pd.DataFrame, delivery: Delivery) -> pd.DataFrame:
    """Area, year and the nine columns of a year; every rate has a flag after it, blank where it says nothing."""
    flagged = (rows["mark"] != "") & rows["value"].notna()
    texts = {mark: delivery.text_of(mark) for mark in rows.loc[flagged, "mark"].unique()}
    table = rows[["area_code", "period_label"]].copy()
    table["Number of Conceptions"] = printed(rows, "numerator", delivery)
    table["Conception rate per 1,000 women in age group"] = printed(rows, "value", delivery)
    table["flag"] = rows["mark"].where(flagged, "").replace(texts)
    for name, share in OUTCOMES.items():
        table[name] = printed(rows.assign(value=(rows["value"] * share).round(1)), "value", delivery)
        table[f"{name} flag"] = ""
    return table


def _regions_first(column: pd.Series) -> pd.Series:
    return column.map({"national": 0, "region": 1, "area": 2}) if column.name == "level" else column


def waste(delivery: Delivery) -> dict[str, bytes]:
    """NI 193 headline, percent: England (no region), regions and named authorities, one row a disposal method.

    Authorities have no code of their own (GeoCode is their region's), so that a district named like an upper-tier
    council of another time (Bedford, Durham) cannot stand here. Carries a status; no numerators or denominators, and no
    mark but not_available.
    """
    rows = located(delivery)
    region = region_of(rows)
    pieces = []
    for method, share in {"Landfill": None, **METHODS}.items():
        value = rows["value"] if share is None else ((100 - rows["value"]) * share).round(2)
        table = pd.DataFrame(
            {
                "Year": periods(rows, delivery),
                "Series": SERIES,
                "Disposal method": method,
                "Region": region,
                header(delivery, "Waste collection authority", "Authority"): rows["area_name"].where(
                    rows["level"] == "area", ""
                ),
                "Units": "Percentage (%)",
                "Observation status": "Normal value",
                "GeoCode": region_of(rows, "code"),
                "Value": printed(rows.assign(value=value), "value", delivery),
            }
        )
        pieces.append(table)
    every = pd.concat(pieces).sort_index(kind="stable")
    return {file_name(delivery, "sdg_indicator_11-6-1"): csv_bytes(every)}
