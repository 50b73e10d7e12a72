"""Looked-after children (DCSF, DfE) as printed: NI 071, NI 061, NI 147 and 148, NI 101.

Belongs here: these four files. Does not belong here: any number but those of columns the hub does not read.
None of them carries a status. Quirks: `renamed_column` in all, `old_codes` (no GSS codes yet) in the one-year files.
"""

from __future__ import annotations

import pandas as pd

from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes
from sources.demo.formats.printing import ending, file_name, header, letters, located, printed, side_by_side

SCORES = {
    "headline": "Overall",
    "information_gathering": "Infogath",
    "needs_analysis": "needsanalysis",
    "procedure": "procedure",
    "protocol": "protocol",
    "needs_assessment": "needassess",
}
ACHIEVED = "Number of children achieving"


def missing_from_care(delivery: Delivery) -> dict[str, bytes]:
    """NI 071: quarters across (`Quarter 1`, basis undated_quarter), total and five scores (value) in each.

    England is coded 921 and regions by their letters of 2010. Wide: every area needs all parts of every quarter, or
    blanks read as not available. Quarters are not dated, so that an LA number means who had it in March 2010: a county
    that gave its number to the council after it (Durham) cannot stand here. No numerators or denominators.
    """
    rows = located(delivery)
    rows["column"] = rows["part"].map(SCORES) + "_" + rows["period_label"].str.split().str[-1]
    rows["text"] = printed(rows, "value", delivery)
    wide = side_by_side(rows, ["area_code"], "column", ["text"])["text"]
    quarters = sorted(rows["period_label"].str.split().str[-1].unique(), key=int)
    wide = wide.reindex(
        columns=[f"{name}_{quarter}" for quarter in quarters for name in SCORES.values()], fill_value=""
    )
    about = rows.drop_duplicates("area_code")
    region = about["area_code"].map(letters("gor_2010"))
    places = pd.DataFrame(
        {
            header(delivery, "Geog_lev", "geog_l"): about["level"].map(
                {"national": "Country ", "region": "GOR", "area": "LA"}
            ),
            "Geog_code": about["dcsf"].where(about["level"] == "area", region.fillna("921")),
            "Geog_name": about["area_name"],
        }
    )
    table = pd.concat([places, wide.loc[about["area_code"]].set_index(about.index)], axis=1)
    return {f"OSR23_{delivery.month}_UD_illustrative.csv": csv_bytes(table)}


def adoption(delivery: Delivery) -> dict[str, bytes]:
    """NI 061: one file a year (ending year in its name), placed (numerator) and adopted (denominator).

    The hub computes 100 x placed / adopted. Publishers round England and regions to 10 and hide counts of 1 to 5.
    """
    rows = located(delivery)
    files = {}
    for year, same in rows.groupby(ending(rows["period_label"])):
        same = same.reset_index(drop=True)
        table = _places(same, delivery)
        table["CLA_cease"] = printed(same.assign(denominator=same["denominator"] * 9), "denominator", delivery)
        table["CLA_ceaAdop"] = printed(same, "denominator", delivery)
        table["CLA_Adop_PL12mnths"] = printed(same, "numerator", delivery)
        files[file_name(delivery, f"SFR21_{year}_ADP")] = csv_bytes(table)
    return files


def care_leavers(delivery: Delivery) -> dict[str, bytes]:
    """NI 147 and NI 148: one file a year, both numerators over all aged 19 (the denominator the two share).

    The hub computes 100 x numerator / denominator; the active of NI 148 are split into three kinds that add up to its
    numerator. An area needs both indicators, or the other one reads as not available.
    """
    rows = located(delivery)
    files = {}
    for year, same in rows.groupby(ending(rows["period_label"])):
        shared = same.assign(denominator=same.groupby("area_code")["denominator"].transform("max"))
        unit = shared["level"].map({"area": 1}).fillna(10)
        active = shared["numerator"]
        shared["higher"] = (active // (6 * unit) * unit).where(active >= 36 * unit, active * 0)
        shared["training"] = (active // (3 * unit) * unit).where(active >= 18 * unit, active * 0)
        shared["other"] = active - shared["higher"] - shared["training"]
        kinds = ["higher", "other", "training", "numerator", "denominator"]
        for kind in kinds:
            shared[kind] = printed(shared, kind, delivery)
        wide = side_by_side(shared, ["area_code"], "indicator_code", kinds)
        wide = wide.reindex(columns=pd.MultiIndex.from_product([kinds, ["NI 147", "NI 148"]]), fill_value="")
        about = same.drop_duplicates("area_code").reset_index(drop=True)
        wide = wide.loc[about["area_code"]].reset_index(drop=True)
        everyone = shared.drop_duplicates("area_code")["denominator"].reset_index(drop=True)
        table = _places(about, delivery).assign(
            All_aged19=everyone,
            Act_HE=wide["higher", "NI 148"],
            Act_OE=wide["other", "NI 148"],
            Act_TE=wide["training", "NI 148"],
            Acc_SUIT=wide["numerator", "NI 147"],
        )
        files[file_name(delivery, f"SFE21_{year}_19YEARS")] = csv_bytes(table)
    return files


def _places(rows: pd.DataFrame, delivery: Delivery) -> pd.DataFrame:
    """The four columns an SFR of 2011 begins with; Inner and Outer London carry London's GSS code."""
    gss = rows["area_code"].where(rows["area_type"] != "region_part", rows["region_code"])
    region = rows["area_code"].map(letters("gor_2011"))
    return pd.DataFrame(
        {
            "New_geog_code": "" if "old_codes" in delivery.quirks else gss,
            header(delivery, "geog_l", "Geog_lev"): rows["level"].map(
                {"national": "NATIONAL", "region": "REGION", "area": "LA"}
            ),
            "geog_c": rows["dcsf"].where(rows["level"] == "area", region.fillna("999")),
            "geog_n": rows["area_name"].where(rows["level"] == "area", rows["area_name"].str.upper()),
        }
    )


def key_stage_4(delivery: Delivery) -> dict[str, bytes]:
    """NI 101: academic years across, named by the year they end in; achieved (numerator) over eligible (denominator).

    The hub computes 100 x achieved / eligible. England is coded E, regions by abbreviation, blank records between.
    Wide: an area without a cell for one of the years reads as not available there.
    """
    rows = located(delivery)
    rows["year"] = ending(rows["period_label"])
    for column in ("numerator", "denominator"):
        rows[column] = printed(rows, column, delivery)
    wide = side_by_side(rows, ["area_code"], "year", ["numerator", "denominator"])
    about = rows.drop_duplicates("area_code").reset_index(drop=True)
    wide = wide.loc[about["area_code"]].reset_index(drop=True)
    body = pd.DataFrame({"code": about["area_code"].map(letters("region_abbreviation")), "name": about["area_name"]})
    body["code"] = body["code"].where(about["level"] != "area", about["dcsf"])
    head = [header(delivery, "LA Number", ""), ""]
    for year in sorted(rows["year"].unique()):
        head += [f"Number eligible to sit GCSEs {year}", f"{ACHIEVED} 5+ GCSEs at grades A*-C {year}"]
        head += [f"{ACHIEVED} 5+ GCSEs at grades A*-C including English & mathematics {year}"]
        body[f"eligible {year}"] = wide["denominator", year]
        body[f"without {year}"] = body[f"achieved {year}"] = wide["numerator", year]
    lines: list[list[object]] = [head]
    for _, block in body.groupby(about["level"].map({"national": 0, "region": 1, "area": 2})):
        lines += [*block.to_numpy().tolist(), [""] * len(head)]
    return {file_name(delivery, "KS4_Attainment_LA"): csv_bytes(lines, bom=True)}
