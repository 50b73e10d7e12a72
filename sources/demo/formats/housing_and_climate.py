"""Carbon dioxide (DECC) and housing (DCLG) as these departments print them: NI 186, NI 154 and NI 155.

Belongs here: these three files. Does not belong here: any number but those of columns the hub does not read.
All three carry a status (in the period's label) and negative figures; quirks: `old_codes`, and `renamed_column` for
carbon dioxide.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from sources.areas import load_areas, read_seed
from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes
from sources.demo.formats.printing import (
    codes,
    dimension,
    file_name,
    header,
    located,
    only_parts,
    periods,
    printed,
    region_of,
)
from sources.readers.table import matches

SECTORS = {"Industry": 0.3, "Commercial": 0.15, "Public Sector": 0.07, "Domestic": 0.34, "Transport": 0.14}
TITLE = "Illustrative data: local authority CO2 emissions within the scope of influence of Local Authorities (kt CO2)"


def carbon(delivery: Delivery) -> dict[str, bytes]:
    """NI 186 per_capita: a title, then one row an area and year; numerator in kt, denominator in thousands of people.

    Totals of counties, regions and England follow their areas and have no code, as the publisher prints them; a county
    whose total the feed's description leaves out (Dorset) is known by its code instead.
    """
    rows = located(delivery).assign(region=region_of)
    rows["total"] = (rows["level"] != "area") | (rows["area_type"] == "county")
    rows["second_tier"] = rows["area_code"].map(_county_names()).fillna(rows["area_name"])
    rows["tier"] = rows["level"].map({"area": 0, "region": 1, "national": 2})
    rows["last"] = rows["tier"] == 2
    order = ["last", "region", "tier", "second_tier", "total", "area_name", "period_label"]
    rows = rows.sort_values(order, ignore_index=True)
    table = _authorities(rows, delivery)
    table["Year"] = periods(rows, delivery)
    for sector, share in SECTORS.items():
        of_sector = rows.assign(numerator=(rows["numerator"] * share).round(1))
        table[f"{sector} Total"] = printed(of_sector, "numerator", delivery)
    table["Grand Total"] = printed(rows, "numerator", delivery)
    table["Population" + " " * 46 + "('000s, mid-year estimate)"] = printed(rows, "denominator", delivery)
    table["Per Capita Emissions (t)"] = printed(rows, "value", delivery)
    blank = [""] * (len(table.columns) - 1)
    lines = [[TITLE, *blank], list(table.columns), *table.to_numpy().tolist()]
    return {file_name(delivery, "UK_local_and_regional_CO2_emissions_subset"): csv_bytes(lines, bom=True)}


def _authorities(rows: pd.DataFrame, delivery: Delivery) -> pd.DataFrame:
    """The four columns that say where: a total's name stands in all columns from its own level on."""
    name = rows["area_name"] + rows["total"].map({True: " Total", False: ""})
    code = codes(rows, delivery)
    places = pd.DataFrame(
        {
            "region": rows["region"].where(rows["level"] == "area", name),
            "second_tier": rows["second_tier"].where(~rows["total"], name),
            "name": name,
            "code": code.where(~rows["total"], ""),
        }
    )
    for rule in delivery.feed.layouts[0].areas:
        if rule.outside:
            places["code"] = places["code"].mask(matches(places, rule.when), code)
    names = ["Region/Country", "Second Tier Authority", "Local Authority", header(delivery, "Code", "LA Code")]
    return places.set_axis(names, axis=1)


@cache
def _county_names() -> pd.Series:
    """District -> name of the county it is or was in."""
    within = read_seed("framework/area_memberships").query("relation == 'county'").set_index("child_code")
    names = load_areas().details.set_index("area_code")["area_name"]
    return within["parent_code"].map(names)


def dwellings(delivery: Delivery) -> dict[str, bytes]:
    """NI 154 headline: code, year 2009-10 and homes; a figure can be negative. No numerators or denominators."""
    rows = located(delivery)
    homes = printed(rows, "value", delivery).where(rows["value"].isna(), rows["value"].astype("object"))
    table = pd.DataFrame(
        {
            "geography_code": codes(rows, delivery),
            "date": periods(rows, delivery, "-"),
            "value": homes,
            "Measure": "net_additional_dwellings",
        }
    )
    return {file_name(delivery, "net_additional_dwellings_by_la"): csv_bytes(table)}


def affordable_homes(delivery: Delivery) -> dict[str, bytes]:
    """NI 155 by the dimension `tenure`, one row a tenure; the headline is not printed, it is their sum.

    Raises:
        ValueError: a headline has no tenures beside it.
    """
    rows = only_parts(located(delivery), "tenure")
    table = pd.DataFrame(
        {
            "geography_code": codes(rows, delivery),
            "geography_name": rows["area_name"],
            "date": periods(rows, delivery, "-"),
            "Measure": dimension(rows, "tenure", "Total"),
            "value": printed(rows, "value", delivery),
        }
    )
    return {file_name(delivery, "affordable_homes_by_tenure"): csv_bytes(table)}
