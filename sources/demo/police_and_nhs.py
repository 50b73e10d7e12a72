"""Illustrative deliveries of the police and the NHS: recorded crime, waiting times, admissions.

Belongs here: these publishers' formats. Does not belong here: areas and numbers (world) or file formats (files).
"""

from __future__ import annotations

import numpy as np

from sources.areas import read_seed
from sources.demo.files import csv_bytes, workbook_bytes
from sources.demo.world import ENGLAND, SINGLE, areas, levels, shares, with_totals

OFFENCES = {
    ("Violence against the person", "Violence with injury", "8N", "Assault with injury"): 2.1,
    ("Violence against the person", "Violence without injury", "105A", "Assault without injury"): 1.9,
    ("Theft offences", "Domestic burglary", "28A", "Burglary in a dwelling"): 1.3,
    ("Theft offences", "Theft of a motor vehicle", "48", "Theft or unauthorised taking of a motor vehicle"): 0.6,
    ("Criminal damage and arson", "Criminal damage", "58A", "Criminal damage to a dwelling"): 2.4,
    ("Drug offences", "Possession of drugs", "92D", "Possession of controlled drugs"): 0.9,
    ("Robbery", "Robbery of personal property", "34B", "Robbery of personal property"): 0.25,
}
SEASON = np.array([1.02, 1.05, 1.0, 0.93])
BANDS = [f">{week}-{week + 1}" for week in range(52)]


def recorded_crime(rng: np.random.Generator) -> dict[str, bytes]:
    """PRC 001: three years of quarters by force and offence code; counts padded, `-00 ` for zero."""
    where = areas("police_force")
    header = ["Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group",
              "Offence Subgroup", "Offence Code", "Number of Offences"]  # fmt: skip
    rows: list[list[object]] = [header]
    for (group, subgroup, code, words), per_thousand in OFFENCES.items():
        expected = levels(rng, where, 3, per_thousand, 0.3, -0.06) * where["people"].to_numpy()[:, None] / 400
        for i, first in enumerate((2008, 2009, 2010)):
            for quarter in range(4):
                found = rng.poisson(expected[:, i] * SEASON[quarter])
                for name, count in zip(where["area_name"], found, strict=True):
                    text = f" {count} " if count else "-00 "
                    year = f"{first}/{(first + 1) % 100:02d}"
                    rows.append([year, quarter + 1, name, words, group, subgroup, code, text])
    rows.append(["2010/11", 4, "Action Fraud", "Fraud", "Fraud offences", "Fraud: action fraud", "AF", " 9120 "])
    return {"home_office_recorded_crime/prc-pfa-illustrative.csv": csv_bytes(rows)}


def csp_rates(rng: np.random.Generator) -> dict[str, bytes]:
    """PRC 002: rates of a few community safety partnerships, forces and England."""
    where = areas("community_safety_partnership").head(60)
    rows: list[list[object]] = [["area_code", "area_name", "period", "value", "indicator", "measure", "unit", "group"]]
    for group, level in (("Total recorded crime", 78.0), ("Robbery", 1.2), ("Theft offences", 38.0)):
        rates = levels(rng, where, 3, level, 0.25, -0.05)
        for i, first in enumerate((2008, 2009, 2010)):
            year = f"{first}/{(first + 1) % 100:02d}"
            body = ["Offence rate", "Rate per 1,000", "Offences", group]
            rows.append([ENGLAND, "England", year, float(rates[:, i].mean()), *body])
            rows += [[code, name, year, float(value), *body] for code, name, value in
                     zip(where["area_code"], where["area_name"], rates[:, i], strict=True)]  # fmt: skip
    return {"home_office_recorded_crime/illustrative_crime_rate_csp.csv": csv_bytes(rows)}


def waiting_times(rng: np.random.Generator) -> dict[str, bytes]:
    """RTT 001: two months of incomplete pathways, one workbook a month, sheets National, SHA and PCT."""
    codes = read_seed("framework/area_codes")
    pct = codes.query("scheme == 'pct'").drop_duplicates("area_code").set_index("area_code")["code"]
    where = areas("primary_care_trust").query("area_code in @pct.index")
    within = shares(rng, where, 2, 90.0, 0.3, 0.05) / 100
    built = {}
    for i, month in enumerate(("December 2009", "March 2010")):
        total = rng.poisson(np.full(len(where), 15_000.0))
        inside = rng.binomial(total, within[:, i])
        names = zip(where["area_code"], where["area_name"], strict=True)
        trusts = [["Q00", pct[code], name.upper(), "IP999", "Total"] for code, name in names]
        numbers = zip(trusts, total.tolist(), inside.tolist(), strict=True)
        rows = [[*trust, *_bands(n, k), n, k, k / n] for trust, n, k in numbers]
        n, k = int(total.sum()), int(inside.sum())
        tail = [*BANDS, "52 plus", "Total number of incomplete pathways", "Total within 18 weeks", "% within 18 weeks"]
        title = [
            ["Illustrative data"],
            [f"{month} Commissioner returns - RTT times for incomplete pathways"],
            [],
            [],
            [],
        ]
        function = ["Treatment Function Code", "Treatment Function"]
        book = workbook_bytes({
            "National": [*title, [*function, *tail], ["IP999", "Total", *_bands(n, k), n, k, k / n]],
            "PCT": [*title, ["SHA Code", "PCT Code", "PCT Name", *function, *tail], *rows],
        })  # fmt: skip
        built[f"dh_nhs_waiting_times/rtt_{month.replace(' ', '_')}_illustrative.xlsx"] = book
    return built


def _bands(total: int, inside: int) -> list[int]:
    """Waits by week: those within 18 weeks spread over 18 bands, the others over the rest, none lost."""
    early, late = divmod(inside, 18), divmod(total - inside, 35)
    bands = [early[0]] * 18 + [late[0]] * 35
    bands[0] += early[1]
    bands[18] += late[1]
    return bands


def admissions(rng: np.random.Generator) -> dict[str, bytes]:
    """NI 070: Fingertips CSV with confidence limits; England comes twice, small areas carry a value note."""
    where, rows = areas(*SINGLE, "county"), []
    children = where["people"].to_numpy() * 0.177
    rate = levels(rng, where, 4, 117.0, 0.2, -0.01)
    for i, first in enumerate(range(2007, 2011)):
        frame = with_totals(where.assign(count=rng.poisson(rate[:, i] * children / 10_000), children=children.round()),
                            ["count", "children"])  # fmt: skip
        period = f"{first}/{(first + 1) % 100:02d}"
        rows += [_fingertips(row, period) for row in frame[frame["level"] != "region"].to_dict("records")]
        rows.append(_fingertips(frame.iloc[0].to_dict(), period, parent=ENGLAND))
    return {"ohid_fingertips/hospital_admissions_injuries_illustrative.csv": csv_bytes([_FINGERTIPS, *rows])}


_FINGERTIPS = [
    "Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name", "Area Type", "Sex", "Age",
    "Category Type", "Category", "Time period", "Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit",
    "Lower CI 99.8 limit", "Upper CI 99.8 limit", "Count", "Denominator", "Value note", "Recent Trend",
    "Compared to England value or percentiles", "Compared to percentiles", "Time period Sortable", "New data",
    "Compared to goal", "Time period range",
]  # fmt: skip


def _fingertips(row: dict, period: str, parent: str = "") -> list[object]:
    count, base = float(row["count"]), float(row["children"])
    value, half = 10_000 * count / base, 1.96 * 10_000 * np.sqrt(count) / base
    england = row["level"] == "england"
    small = row["area_code"] in ("E09000001", "E06000053")
    cells = (
        ["", "", "", "", ""]
        if small
        else [round(value, 6), round(max(value - half, 0), 6), round(value + half, 6), "", ""]
    )
    note = "Not presented: too few children (illustrative)" if small else ""
    return [
        "90284", "Hospital admissions of children for injuries (illustrative)", parent or ("" if england else ENGLAND),
        "England" if parent or not england else "", row["area_code"], row["area_name"],
        "England" if england else "Counties & UAs", "Persons", "<15 yrs", "", "", period, *cells,
        "" if small else int(count), int(base), note, "", "Not compared", "Not compared", f"{period[:4]}0000", "", "",
        "1y",
    ]  # fmt: skip


DELIVERIES = (recorded_crime, csp_rates, waiting_times, admissions)
