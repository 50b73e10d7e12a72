"""Illustrative deliveries of the departments: carbon dioxide, housing, conceptions, waste.

Belongs here: these publishers' formats. Does not belong here: areas and numbers (world) or file formats (files).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sources.demo.files import csv_bytes, workbook_bytes
from sources.demo.world import SINGLE, areas, levels, region_names, shares, with_totals

LOWER = (*SINGLE, "shire_district")
UPPER = (*SINGLE, "county")
SECTORS = {"Industry": 0.3, "Commercial": 0.15, "Public Sector": 0.07, "Domestic": 0.34, "Transport": 0.14}


def carbon(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 186: one row an authority and year, region and England totals, a title record on top."""
    where, years = areas(*LOWER), range(2005, 2012)
    head = levels(rng, where, len(years), 7.0, 0.18, -0.025)
    people = where["people"].to_numpy()[:, None] / 1000 * (1.006 ** np.arange(len(years)))
    long = where.loc[where.index.repeat(len(years)), ["area_code", "area_name", "region_code"]].reset_index(drop=True)
    long = long.assign(
        year=np.tile(list(years), len(where)), total=(head * people).round(1).ravel(), people=people.round(1).ravel()
    )
    pieces = [with_totals(same, ["total", "people"]).assign(year=year) for year, same in long.groupby("year")]
    rows = pd.concat(pieces).sort_values(["region_code", "level", "area_code", "year"], na_position="last")
    region = rows["region_code"].map(region_names()).fillna("England")
    name = rows["area_name"].where(rows["level"] == "area", region + " Total")
    table = pd.DataFrame(
        {
            "Region/Country": region.where(rows["level"] == "area", name),
            "Second Tier Authority": name,
            "Local Authority": name,
            "Code": rows["area_code"].where(rows["level"] == "area", ""),
            "Year": rows["year"],
        }
    )
    for sector, share in SECTORS.items():
        table[f"{sector} Total"] = (rows["total"].astype(float) * share).round(1)
    table["Grand Total"] = rows["total"].astype(float).round(1)
    table["Population ('000s, mid-year estimate)"] = rows["people"].astype(float).round(1)
    table["Per Capita Emissions (t)"] = (rows["total"].astype(float) / rows["people"].astype(float)).round(1)
    title = ["Illustrative data: local authority CO2 emissions within the scope of influence (kt CO2)"]
    cells = [title, list(table.columns), *table.to_numpy().tolist()]
    return {"decc_local_co2/illustrative_local_CO2_emissions_subset.csv": csv_bytes(cells, bom=True)}


def housing(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 154, twice (the second release revises the last year), and NI 155 by tenure."""
    where, years = areas(*LOWER), [f"{year}-{(year + 1) % 100:02d}" for year in range(2005, 2011)]
    net = levels(rng, where, len(years), 1.0, 0.5, -0.03) * where["people"].to_numpy()[:, None] * 0.0037
    net = net.round() - rng.integers(0, 15, net.shape)
    revised = net.copy()
    revised[:, -1] = (revised[:, -1] * rng.normal(1, 0.03, len(where))).round()
    built = {"affordable_illustrative.csv": _tenures(rng, where, years)}
    for name, matrix in (("net_additional_dwellings_illustrative.csv", net[:, :5]),
                         ("net_additional_dwellings_illustrative_revised.csv", revised)):  # fmt: skip
        rows = [["geography_code", "date", "value", "Measure"]]
        for column, year in zip(matrix.T, years, strict=False):
            same = with_totals(where.assign(value=column), ["value"])
            rows += [[code, year, float(value), "net_additional_dwellings"]
                     for code, value in zip(same["area_code"], same["value"], strict=True)]  # fmt: skip
        built[name] = csv_bytes(rows)
    return {f"dclg_housing/{name}": content for name, content in built.items()}


def _tenures(rng: np.random.Generator, where: pd.DataFrame, years: list[str]) -> bytes:
    rows = [["geography_code", "geography_name", "date", "Measure", "value"]]
    for tenure, level in (("Social Rent", 90), ("Affordable Home Ownership", 60), ("Intermediate Rent", 6)):
        homes = rng.poisson(levels(rng, where, len(years), level, 0.6, 0.05))
        for column, year in zip(homes.T, years, strict=True):
            same = with_totals(where.assign(value=column), ["value"])
            same = same[(same["value"] > 0) & (same["level"] != "region")]
            places = same[["area_code", "area_name", "value"]].itertuples(index=False)
            rows += [[code, name, year, tenure, int(value)] for code, name, value in places]
    return csv_bytes(rows)


def conceptions(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 112: years across with a flag column after each rate, newest first, notes at the foot."""
    where = areas(*UPPER).query("area_code not in ['E09000001', 'E06000053']")
    years = list(range(1998, 2011))
    rate = levels(rng, where, len(years), 44.0, 0.25, -0.02)
    girls = where["people"].to_numpy() * 0.0187
    number = rng.poisson(rate * girls[:, None] / 1000)
    frame = pd.DataFrame(number, columns=years).assign(
        girls=girls, **{c: where[c].to_numpy() for c in ("area_code", "area_name", "region_code")}
    )
    rows = with_totals(frame, [*years, "girls"])
    top, bottom = ["Area of usual residence", ""], ["", ""]
    for year in reversed(years):
        top += [str(year), "", ""]
        bottom += ["Number of Conceptions", "Conception rate per 1,000 women in age group", ""]
    cells = [["Illustrative data"], [], ["Table 6: Under 18 conceptions (numbers and rates)"], [], [], top, bottom]
    for row in rows.to_dict("records"):
        line = [row["area_code"], str(row["area_name"]).upper() if row["level"] != "area" else row["area_name"]]
        for year in reversed(years):
            count = int(row[year])
            line += [count, round(1000 * count / row["girls"], 1) if count >= 3 else "", "u" if count < 20 else " "]
        cells.append(line)
    cells += [[], ["u denotes low reliability"], ["Source: invented, for illustration"]]
    book = workbook_bytes({"Contents": [["Illustrative data"]], "Table 6": cells})
    return {"ons_conceptions/conceptionstatistics_illustrative.xlsx": book}


def waste(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 193: England, regions and named authorities; a blank dimension is a total."""
    where, years = areas("unitary", "county"), range(2006, 2011)
    landfill = shares(rng, where, len(years), 48.0, 0.35, -0.12)
    head = ["Year", "Series", "Disposal method", "Region", "Waste collection authority", "Units", "Observation status",
            "GeoCode", "Value"]  # fmt: skip
    series = "Proportion of disposed waste from total collected waste"
    rows: list[list[object]] = [head]
    for column, first in zip(landfill.T, years, strict=True):
        year = f"{first}/{(first + 1) % 100:02d}"
        tonnes = where["people"].to_numpy()
        means = where.assign(t=tonnes, w=tonnes * column).groupby("region_code")[["t", "w"]].sum()
        level = [("", "", "", column @ tonnes / tonnes.sum())]
        level += [(region_names()[r], "", r, w / t) for r, t, w in means[["t", "w"]].itertuples()]
        level += [(region_names()[r], name, r, value) for r, name, value in
                  zip(where["region_code"], where["area_name"], column, strict=True)]  # fmt: skip
        for region, name, code, value in level:
            for method, share in (("Landfill", value), ("Recycled-composted", 100 - value)):
                rows.append(
                    [year, series, method, region, name, "Percentage (%)", "Normal value", code, round(share, 2)]
                )
    return {"defra_waste/sdg_indicator_11-6-1_illustrative.csv": csv_bytes(rows)}


DELIVERIES = (carbon, housing, conceptions, waste)
