"""Illustrative deliveries of education: looked-after children, exclusions, attainment at 19.

Belongs here: these publishers' formats. Does not belong here: areas and numbers (world) or file formats (files).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sources.demo.files import csv_bytes, small_hidden
from sources.demo.world import SINGLE, areas, counts, levels, region_names, shares, with_totals

UPPER = (*SINGLE, "county")
LETTERS = dict(zip("ABDEFGHJK", [f"E1200000{n}" for n in range(1, 10)], strict=True))
ABBREVIATIONS = dict(zip(("NE", "NW", "YH", "EM", "WM", "EE", "L", "SE", "SW"), LETTERS.values(), strict=True))
EES = [
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
    "region_name", "old_la_code", "new_la_code", "la_name",
]  # fmt: skip
META = [
    "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "filter_hint", "filter_grouping_column",
]  # fmt: skip


def missing_from_care(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 071: seven quarters across, five scores of 0 to 3 and their total; `-` is no return."""
    where, names = areas(*UPPER), ["Infogath", "needsanalysis", "procedure", "protocol", "needassess"]
    start = rng.normal(1.3, 0.6, (len(where), 5, 1))
    scores = np.clip(np.round(start + rng.uniform(0.05, 0.18, (len(where), 5, 1)) * np.arange(7)), 0, 3).astype(int)
    silent = rng.random(len(where)) < 0.12
    header = ["Geog_lev", "Geog_code", "Geog_name"] + [
        f"{name}_{q}" for q in range(1, 8) for name in ("Overall", *names)
    ]
    rows: list[list[object]] = [header]

    def line(level: str, code: str, name: str, block: np.ndarray, places: int) -> list[object]:
        cells = [level, code, name]
        for quarter in range(7):
            five = block[:, quarter]
            cells += [round(float(five.sum()), places), *(round(float(score), places) for score in five)]
        return cells

    rows.append(line("Country ", "921", "England ", scores[~silent].mean(axis=0), 1))
    for letter, code in LETTERS.items():
        here = (where["region_code"] == code).to_numpy() & ~silent
        rows.append(line("GOR", letter, code, scores[here].mean(axis=0), 1))
    for i, area in enumerate(where.itertuples()):
        cells = line("LA", area.dcsf, area.area_name, scores[i], 0)
        plain = [int(cell) if isinstance(cell, float) else cell for cell in cells]
        rows.append(plain[:3] + ["-"] * 42 if silent[i] else plain)
    return {"dcsf_looked_after_children/OSR23_illustrative.csv": csv_bytes(rows)}


def looked_after(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 061, 147 and 148: one row an area, one file a year; England and regions rounded to 10, small counts hidden."""
    where, built = areas(*UPPER), {}
    base = where["people"].to_numpy() / 1000
    adoption = shares(rng, where, 3, 74, 0.35, 0.05)
    suitable, active = shares(rng, where, 3, 88, 0.4, 0.05), shares(rng, where, 3, 62, 0.3, 0.03)
    for i, year in enumerate((2009, 2010, 2011)):
        ceased = rng.poisson(base * 0.52)
        adopted = counts(rng, ceased, np.full(len(base), 11.5))
        frame = where.assign(
            CLA_cease=ceased, CLA_ceaAdop=adopted, CLA_Adop_PL12mnths=counts(rng, adopted, adoption[:, i])
        )
        built[f"SFR21_{year}_ADP_illustrative.csv"] = _sfr(frame, ["CLA_cease", "CLA_ceaAdop", "CLA_Adop_PL12mnths"])
        leavers = rng.poisson(base * 0.12 + 1)
        busy = counts(rng, leavers, active[:, i])
        split = np.array([rng.multinomial(n, [0.1, 0.5, 0.4]) for n in busy])
        frame = where.assign(All_aged19=leavers, Act_HE=split[:, 0], Act_OE=split[:, 1], Act_TE=split[:, 2],
                             Acc_SUIT=counts(rng, leavers, suitable[:, i]))  # fmt: skip
        built[f"SFE21_{year}_19YEARS_illustrative.csv"] = _sfr(
            frame, ["All_aged19", "Act_HE", "Act_OE", "Act_TE", "Acc_SUIT"]
        )
    return {f"dcsf_looked_after_children/{name}": content for name, content in built.items()}


def _sfr(frame: pd.DataFrame, numbers: list[str]) -> bytes:
    rows: list[list[object]] = [["New_geog_code", "geog_l", "geog_c", "geog_n", *numbers]]
    words = {"england": "NATIONAL", "region": "REGION", "area": "LA"}
    for row in with_totals(frame, numbers).to_dict("records"):
        exact = row["level"] == "area"
        cells = [small_hidden(row[n]) if exact else int(round(row[n], -1)) for n in numbers]
        name = row["area_name"] if exact else str(row["area_name"]).upper()
        rows.append([row["area_code"], words[row["level"]], row["dcsf"] if exact else "999", name, *cells])
    return csv_bytes(rows)


def key_stage_4(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 101: five years in long headers, E for England, two letters for regions, LA numbers for authorities."""
    where, years = areas(*UPPER), list(range(2007, 2012))
    eligible = rng.poisson(np.outer(where["people"].to_numpy() / 10_200, np.ones(5)))
    achieved = counts(rng, eligible, shares(rng, where, 5, 9.5, 0.25, 0.08))
    head = ["LA Number", ""]
    both = {}
    for i, year in enumerate(years):
        achieving = "Number of children achieving 5+ GCSEs at grades A*-C including English & mathematics"
        head += [f"Number eligible to sit GCSEs {year}", f"{achieving} {year}"]
        both |= {f"e{year}": eligible[:, i], f"a{year}": achieved[:, i]}
    codes = {code: letters for letters, code in ABBREVIATIONS.items()}
    rows: list[list[object]] = [head]
    for row in with_totals(where.assign(**both), list(both)).to_dict("records"):
        exact = row["level"] == "area"
        code = row["dcsf"] if exact else codes.get(row["area_code"], "E")
        rows.append([code, row["area_name"], *(small_hidden(row[n]) if exact else int(row[n]) for n in both)])
        if row["level"] == "england":
            rows.append([""] * len(head))
    return {"dcsf_looked_after_children/KS4_Attainment_illustrative.csv": csv_bytes(rows, bom=True)}


def exclusions(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 114 as an EES pair, by type of school."""
    where, rows = areas(*UPPER), []
    rate = levels(rng, where, 4, 0.09, 0.4, -0.08)
    kinds = {"State-funded primary": (0.075, 0.25), "State-funded secondary": (0.06, 1.9), "Special": (0.0017, 1.2)}
    for i, first in enumerate(range(2007, 2011)):
        parts = []
        for kind, (share, factor) in kinds.items():
            pupils = (where["people"].to_numpy() * share).round()
            parts.append(
                where.assign(kind=kind, headcount=pupils, perm_excl=rng.poisson(pupils * rate[:, i] * factor / 100))
            )
        long = pd.concat(parts)
        total = long.groupby("area_code")[["headcount", "perm_excl"]].sum().reset_index()
        long = pd.concat([where.merge(total, on="area_code").assign(kind="Total"), *parts])
        for kind, same in long.groupby("kind", sort=False):
            frame = with_totals(same, ["headcount", "perm_excl"])
            frame["rate"] = (100 * frame["perm_excl"].astype(float) / frame["headcount"].astype(float)).round(2)
            rows += [_place(row, f"{first}{(first + 1) % 100:02d}") + _exclusion(row, str(kind))
                     for row in frame.to_dict("records")]  # fmt: skip
    meta = [META,
            ["school_type", "Filter", "School type", "", "", "Filter by school type", ""],
            ["headcount", "Indicator", "Number of pupils", "", "", "", ""],
            ["perm_excl", "Indicator", "Number of permanent exclusions", "", "", "", ""],
            ["perm_excl_rate", "Indicator", "Permanent exclusion rate", "", "%", "", ""]]  # fmt: skip
    head = [*EES, "school_type", "headcount", "perm_excl", "perm_excl_rate"]
    stem = "dfe_explore_education_statistics/exclusions_illustrative"
    return {f"{stem}.csv": csv_bytes([head, *rows]), f"{stem}.meta.csv": csv_bytes(meta)}


def _exclusion(row: dict, kind: str) -> list[object]:
    hidden = row["level"] == "area" and 1 <= row["perm_excl"] <= 4
    return [kind, int(row["headcount"]), *(("x", "x") if hidden else (int(row["perm_excl"]), row["rate"]))]


def _place(row: dict, period: str) -> list[object]:
    level = {"england": "National", "region": "Regional", "area": "Local authority"}[row["level"]]
    code = "" if row["level"] == "england" else row["region_code"]
    region = [code, region_names().get(code, "")]
    area = [row["dcsf"], row["area_code"], row["area_name"]] if row["level"] == "area" else ["", "", ""]
    return [period, "Academic year", level, "E92000001", "England", *region, *area]


def attainment_at_19(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 079 to 082 as an EES pair: all pupils and the two sides of the free school meals gap."""
    where, rows = areas(*UPPER), []
    years = range(2007, 2011)
    poor = shares(rng, where, 1, 14, 0.6, 0.0)[:, 0]
    level_2 = {kind: shares(rng, where, 4, p, 0.25, 0.1) for kind, p in (("Not Eligable", 80), ("Eligable", 57))}
    level_3 = {kind: shares(rng, where, 4, p, 0.25, 0.07) for kind, p in (("Not Eligable", 54), ("Eligable", 29))}
    for i, first in enumerate(years):
        cohort = (where["people"].to_numpy() * 0.0115).round()
        sides = {"Eligable": (cohort * poor / 100).round()}
        sides["Not Eligable"] = cohort - sides["Eligable"]
        long = {kind: where.assign(n=n, l2=counts(rng, n, level_2[kind][:, i]), l3=counts(rng, n, level_3[kind][:, i]))
                for kind, n in sides.items()}  # fmt: skip
        numbers = ["n", "l2", "l3"]
        whole = where.assign(
            **{c: long["Eligable"][c].to_numpy() + long["Not Eligable"][c].to_numpy() for c in numbers}
        )
        for label, group, frame in (
            ("Total", "Total", whole),
            *((f"FSM Status {k}", "FSM Status", f) for k, f in long.items()),
        ):
            for row in with_totals(frame, numbers).to_dict("records"):
                fsm = label if group != "Total" else "Total"
                cells = [label, group, "Total", fsm, "Total"]
                rows.append(_place(row, f"{first}{(first + 1) % 100:02d}") + cells + _attained(row))
    head = [*EES, "characteristic", "characteristic_group", "characteristic_gender", "characteristic_fsm_status",
            "characteristic_sen_provision_status", "number_in_ss_cohort", "l2_by19", "l2by19", "l3_by19",
            "l3by19"]  # fmt: skip
    meta = [META]
    meta += [[name, "Indicator", label, "", unit, "", ""] for name, label, unit in (
        ("number_in_ss_cohort", "Young people in the cohort", ""), ("l2_by19", "Achieving level 2 by 19", ""),
        ("l2by19", "Share achieving level 2 by 19", "%"), ("l3_by19", "Achieving level 3 by 19", ""),
        ("l3by19", "Share achieving level 3 by 19", "%"))]  # fmt: skip
    stem = "dfe_explore_education_statistics/level_2_3_sfla_illustrative"
    return {f"{stem}.csv": csv_bytes([head, *rows]), f"{stem}.meta.csv": csv_bytes(meta)}


def _attained(row: dict) -> list[object]:
    if row["level"] == "area" and row["n"] < 10:
        return ["c"] * 5
    n, l2, l3 = int(row["n"]), int(row["l2"]), int(row["l3"])
    return [n, l2, round(100 * l2 / n, 8), l3, round(100 * l3 / n, 8)]


DELIVERIES = (missing_from_care, looked_after, key_stage_4, exclusions, attainment_at_19)
