"""Files nobody here has seen: real ones rearranged as their publishers do, read to the same numbers or refused."""

from __future__ import annotations

import shutil

import pytest
from variants import (
    facts,
    issues,
    landed,
    read_book,
    read_csv,
    refused,
    thin,
    write_csv,
    write_ods,
    write_xlsx,
)  # fmt: skip

# feed -> a real file and how many rows its head has
FILES = {
    "decc_local_co2": ("decc_local_co2/2005-19_UK_local_and_regional_CO2_emissions_subset.csv", 2),
    "dclg_net_additional_dwellings": ("dclg_housing/net_additional_dwellings_by_la.csv", 1),
    "dclg_affordable_homes": ("dclg_housing/affordable_homes_by_tenure_2005_2012.csv", 1),
    "defra_waste": ("defra_waste/sdg_indicator_11-6-1.csv", 1),
    "home_office_recorded_crime": ("home_office_recorded_crime/prc-pfa-mar2013-onwards-tables201718_q1.csv", 1),
    "home_office_csp_crime_rates": ("home_office_recorded_crime/trafford_crime_rate_csp.csv", 1),
    "ohid_fingertips": ("ohid_fingertips/hospital_admissions_injuries_0_14_utla.csv", 1),
    "dcsf_missing_from_care": ("dcsf_looked_after_children/OSR23_2010_UD.csv", 1),
    "dcsf_adoption": ("dcsf_looked_after_children/SFR21_ADP.csv", 1),
    "dcsf_care_leavers": ("dcsf_looked_after_children/SFE21_19YEARS.csv", 1),
    "dcsf_looked_after_ks4": ("dcsf_looked_after_children/KS4_Attainment_2007-2011_LA.csv", 1),
    "dfe_exclusions": ("dfe_explore_education_statistics/exclusions_by_geographic_level.csv", 1),
    "dfe_level_2_3": ("dfe_explore_education_statistics/level_2_3_sfla.csv", 1),
}


@pytest.fixture
def real(feeds_dir, tmp_path):
    """Records of a feed's real file, thinned; its name is kept and its metadata laid beside the variants."""

    def rows(feed, keep=40):
        path, head = FILES[feed]
        meta = feeds_dir / path.replace(".csv", ".meta.csv")
        if meta.exists():
            shutil.copy(meta, tmp_path / meta.name)
        return thin(read_csv(feeds_dir / path), head, keep), tmp_path / (feeds_dir / path).name, head - 1

    return rows


def squared(rows, head):
    """Records of one width, so that columns can change places."""
    return [row if i < head else (row + [""] * len(rows[head]))[: len(rows[head])] for i, row in enumerate(rows)]


ARRANGED = {
    "columns in another order": lambda rows, head: [
        r if i < head else r[::-1] for i, r in enumerate(squared(rows, head))
    ],
    "headers in capitals": lambda rows, head: [[c.upper() for c in r] if i == head else r for i, r in enumerate(rows)],
    "headers with spaces": lambda rows, head: [
        [f"  {c.replace(' ', '  ')} " for c in r] if i == head else r for i, r in enumerate(rows)
    ],
    "a title above": lambda rows, _: [["Some title of the publisher's"], [], *rows],
    "no title": lambda rows, head: rows[head:],
    "notes below": lambda rows, _: [*rows, [], ["Notes"], ["1. Crown copyright"]],
}
WRITTEN = {"CRLF": {"newline": "\r\n"}, "BOM": {"encoding": "utf-8-sig"}, "UTF-16": {"encoding": "utf-16"}}


@pytest.mark.parametrize("feed", FILES)
def test_the_same_numbers_however_arranged(feed, real, tmp_path):
    rows, path, head = real(feed)
    before = facts(tmp_path / "real", landed(feed, write_csv(path, rows), tmp_path / "real"))
    assert before
    for what, arrange in ARRANGED.items():
        report = landed(feed, write_csv(path, arrange(rows, head)), tmp_path / what)
        assert facts(tmp_path / what, report) == before, what
    for what, form in WRITTEN.items():
        report = landed(feed, write_csv(path, rows, **form), tmp_path / what)
        assert facts(tmp_path / what, report) == before, what


@pytest.mark.parametrize("feed", FILES)
def test_extra_and_missing_columns_are_named(feed, real, tmp_path):
    rows, path, head = real(feed, 5)
    rows = squared(rows, head)
    extra = [[*row, "Brand new" if i == head else "5"] if i >= head else row for i, row in enumerate(rows)]
    assert "extra column 'Brand new'" in refused(feed, write_csv(path, extra), tmp_path / "hub")
    last = max(i for i, name in enumerate(rows[head]) if name in WANTED[feed])
    missing = [row if i < head else row[:last] + row[last + 1 :] for i, row in enumerate(rows)]
    assert f"missing column '{rows[head][last]}'" in refused(feed, write_csv(path, missing), tmp_path / "hub")
    both = [row if i != head else [*row[:last], "Odd", *row[last + 1 :]] for i, row in enumerate(rows)]
    reasons = refused(feed, write_csv(path, both), tmp_path / "hub")
    assert f"missing column '{rows[head][last]}'" in reasons
    assert "extra column 'Odd'" in reasons


WANTED = {
    "decc_local_co2": ["Grand Total"], "dclg_net_additional_dwellings": ["value"], "dclg_affordable_homes": ["date"],
    "defra_waste": ["GeoCode"], "home_office_recorded_crime": ["Force Name"], "home_office_csp_crime_rates": ["unit"],
    "ohid_fingertips": ["Denominator"], "dcsf_missing_from_care": ["needassess_7"], "dcsf_adoption": ["CLA_ceaAdop"],
    "dcsf_care_leavers": ["Acc_SUIT"], "dcsf_looked_after_ks4": ["Number eligible to sit GCSEs 2009"],
    "dfe_exclusions": ["headcount"], "dfe_level_2_3": ["l2by19"],
}  # fmt: skip


@pytest.mark.parametrize("feed", ["decc_local_co2", "dclg_net_additional_dwellings", "home_office_recorded_crime"])
@pytest.mark.parametrize(("write", "ending"), [(write_xlsx, ".xlsx"), (write_ods, ".ods")])
def test_a_workbook_of_any_sheet_name(feed, write, ending, real, tmp_path):
    rows, path, _ = real(feed)
    before = facts(tmp_path / "real", landed(feed, write_csv(path, rows), tmp_path / "real"))
    report = landed(feed, write(path.with_suffix(ending), {"Any name": rows}), tmp_path / "hub")
    assert facts(tmp_path / "hub", report) == before


def test_recorded_crime_with_cover_sheets_and_a_sheet_a_year(real, tmp_path):
    rows, path, _ = real("home_office_recorded_crime")
    later = [[cell.replace("2017/18", "2018/19") for cell in row] for row in rows]
    codes = [["Offence Description", "Offence Group", "Offence Subgroup", "Offence Code"], ["Homicide", "V", "H", "1"]]
    sheets = {"Cover_sheet": [["Police recorded crime"], ["Published"]], "2017-18": [["Title"], [], *rows],
              "2018-19": later, "Offence codes": codes}  # fmt: skip
    report = landed("home_office_recorded_crime", write_ods(path.with_suffix(".ods"), sheets), tmp_path / "hub")
    assert {key[3] for key in facts(tmp_path / "hub", report)} == {"2017/18 Q1", "2018/19 Q1"}
    assert issues(report, "sheet_left_out")[0].sheet == "Offence codes"


def test_a_changed_sheet_is_not_dropped_while_others_land(real, tmp_path):
    rows, path, _ = real("home_office_recorded_crime", 5)
    changed = [[*row, "Rate" if i == 0 else "1"] for i, row in enumerate(rows)]
    book = write_xlsx(path.with_suffix(".xlsx"), {"2017-18": rows, "2018-19": changed})
    assert "sheet '2018-19'" in refused("home_office_recorded_crime", book, tmp_path / "hub")


def test_counts_in_accounting_format_and_below_zero(real, tmp_path):
    rows, path, _ = real("home_office_recorded_crime", 400)
    kept = [rows[0], *(row for row in rows[1:] if row[2] == "Bedfordshire")][:4]
    for row, count in zip(kept[1:], (" 1,234 ", " -00 ", " -3 "), strict=True):
        row[6], row[7] = f"{count}x", count
    report = landed("home_office_recorded_crime", write_csv(path, kept), tmp_path / "hub")
    assert facts(tmp_path / "hub", report)[("PRC 001", "headline", "E23000026", "2017/18 Q1", "")] == (1231, None)


@pytest.fixture
def conceptions(feeds_dir):
    sheets = read_book(feeds_dir / "ons_conceptions" / "conceptionstatisticstables2017.xls")
    table = sheets["Table 6"]
    return {
        **sheets,
        "Table 6": table[:11] + [row for i, row in enumerate(table[11:]) if i % 9 == 0 or "E92" in row[0]],
    }


def years(table, order):
    return [row[:2] + [cell for k in order for cell in row[2 + 9 * k : 11 + 9 * k]] for row in table]


@pytest.mark.parametrize(
    "change", ["more titles", "fewer titles", "oldest first", "named heads", "a year less", "2018"]
)
def test_conceptions_of_other_years(change, conceptions, tmp_path):
    table = conceptions["Table 6"]
    renamed = [*table[:5], ["Code", "Area name", *table[5][2:]], *table[6:]]
    added = [row[:2] + (["2018"] + [""] * 8 if i == 5 else row[2:11]) + row[2:] for i, row in enumerate(table)]
    changed = {
        "more titles": [["a"], ["b"], [], *table], "fewer titles": table[3:], "named heads": renamed, "2018": added,
        "oldest first": years(table, range(19, -1, -1)), "a year less": years(table, [k for k in range(20) if k != 3]),
    }[change]  # fmt: skip
    told = {}
    for name, rows in (("real", table), ("changed", changed)):
        path = write_xlsx(tmp_path / f"{name}_conceptions.xlsx", {**conceptions, "Table 6": rows})
        told[name] = facts(tmp_path / name, landed("ons_conceptions", path, tmp_path / name))
    gone = {key for key in told["real"] if change == "a year less" and key[3] == "2014"}
    new = {key for key in told["changed"] if change == "2018" and key[3] == "2018"}
    assert bool(gone) == (change == "a year less")
    assert bool(new) == (change == "2018")
    assert {k: v for k, v in told["changed"].items() if k not in new} == {
        k: v for k, v in told["real"].items() if k not in gone
    }


def rtt(sheets, title, kind, code, extra=()):
    changed = {}
    for name in ("National", "SHA", "PCT"):
        rows = [row for i, row in enumerate(sheets[name]) if i < 6 or i % 40 == 0 or "IP999" in row]
        rows = [[cell.replace("IP", code) if cell[:2] == "IP" else cell for cell in row] for row in rows]
        rows[1] = [title]
        rows[5] = [cell.replace("incomplete", kind) for cell in rows[5]] + list(extra)
        changed[name] = rows[:6] + [row + ["7.5"] * len(extra) for row in rows[6:]]
    return changed


@pytest.mark.parametrize(
    ("title", "code", "part", "month"),
    [
        ("March 2010 Commissioner returns - RTT times for admitted pathways (adjusted)", "AP", "admitted", "Mar 2010"),
        ("January 2009 Commissioner returns - RTT times for non-admitted pathways", "NP", "non_admitted", "Jan 2009"),
        ("RTT waiting times for non admitted patient pathways, September 2011", "NP", "non_admitted", "Sep 2011"),
        ("April 2010 Commissioner returns - RTT times for incomplete pathways", "IP", "incomplete", "Apr 2010"),
    ],
)
def test_waiting_times_of_other_months_and_pathways(title, code, part, month, feeds_dir, tmp_path):
    sheets = read_book(feeds_dir / "dh_nhs_waiting_times" / "dh_112606.xls")
    extra = ("Median wait (weeks)", "Patients with unknown clock start date", "Total (all)")
    path = write_xlsx(tmp_path / "dh_1.xlsx", rtt(sheets, title, "completed", code, extra))
    told = facts(tmp_path / "hub", landed("dh_rtt_waiting_times", path, tmp_path / "hub"))
    assert {(key[1], key[3]) for key in told} == {(part, month)}
    assert len(told) == 163


def test_unadjusted_waiting_times_are_another_measure(feeds_dir, tmp_path):
    sheets = read_book(feeds_dir / "dh_nhs_waiting_times" / "dh_112606.xls")
    title = "March 2010 Commissioner returns - RTT times for admitted pathways (unadjusted)"
    path = write_xlsx(tmp_path / "dh_1.xlsx", rtt(sheets, title, "completed", "AP"))
    assert "does not say which pathway" in refused("dh_rtt_waiting_times", path, tmp_path / "hub")


GHG = [
    "Country",
    "Country Code",
    "Region",
    "Region Code",
    "Second Tier Authority",
    "Local Authority",
    "Local Authority Code",
    "Calendar Year",
    "LA GHG Sector",
    "LA GHG Sub-sector",
    "Greenhouse gas",
    "Territorial emissions (kt CO2e)",
    "CO2 emissions within the scope of influence of LAs (kt CO2)",
    "Mid-year Population (thousands)",
    "Area (km2)",
]


def ghg(sector, gas, within, population="500.5", code="E08000003"):
    return ["England", "E92000001", "North West", "E12000002", "Manchester", "Manchester", code, "2021", sector, sector,
            gas, "9", within, population, "115.6"]  # fmt: skip


def test_carbon_dioxide_in_the_newer_long_layout(tmp_path):
    rows = [GHG, ghg("Gas", "CO2", "500"), ghg("Gas", "CH4", "5"), ghg("Motorways", "CO2", ""),
            ghg("Minor roads", "CO2", "250.25"), ghg("Minor roads", "CO2", "250.25"),
            ghg("Unallocated", "CO2", "3", "", "")]  # fmt: skip
    path = write_csv(tmp_path / "2005-21-uk-local-authority-ghg-emissions-CSV-dataset.csv", rows)
    told = facts(
        tmp_path / "hub", landed("decc_local_co2", path, tmp_path / "hub"), "value, numerator, denominator, mark"
    )
    assert told == {
        ("NI 186", "per_capita", "E08000003", "2021", ""): (pytest.approx(750.25 / 500.5), 750.25, 500.5, None)
    }


def test_parts_that_do_not_share_their_population_make_no_rate(tmp_path):
    rows = [GHG, ghg("Gas", "CO2", "500"), ghg("Roads", "CO2", "3", "600"), ghg("Gas", "CO2", "9", "70", "E06000005")]
    report = landed("decc_local_co2", write_csv(tmp_path / "ghg.csv", rows), tmp_path / "hub")
    assert "rows 2 and 3" in issues(report, "conflicting_rows")[0].message
    assert {key[2] for key in facts(tmp_path / "hub", report)} == {"E06000005"}


def test_all_emissions_are_not_the_subset(real, tmp_path):
    rows, path, head = real("decc_local_co2", 5)
    columns = ["Road Transport (Motorways)", "Diesel Railways", "LULUCF Net Emissions"]
    full = [row[:21] + (columns if i == 0 else ["1", "1", "1"]) + row[21:] for i, row in enumerate(rows[head:])]
    reasons = refused("decc_local_co2", write_csv(path, full), tmp_path / "hub")
    assert all(f"'{name}'" in reasons for name in columns)
    both = {"Cover": [["CO2"]], "Full dataset": full, "Subset dataset": rows}
    landed("decc_local_co2", write_xlsx(path.with_suffix(".xlsx"), both), tmp_path / "hub")


def test_region_letters_and_footnotes_of_another_year(real, tmp_path):
    rows, path, _ = real("dcsf_adoption", 200)
    before = facts(tmp_path / "a", landed("dcsf_adoption", write_csv(path, rows), tmp_path / "a"))
    for row in rows[1:]:
        row[1:4] = [row[1].lower(), "Z" if row[1] == "REGION" else row[2], f"{row[3].upper()}3"]
    path = path.with_name("SFR26_2012_ADP.csv")
    after = facts(tmp_path / "b", landed("dcsf_adoption", write_csv(path, rows), tmp_path / "b"))
    assert {key[3] for key in after} == {"2011/12"}
    assert {(key[2], told) for key, told in after.items()} == {(key[2], told) for key, told in before.items()}


def test_more_quarters_and_other_years_of_long_headers(real, tmp_path):
    rows, path, _ = real("dcsf_missing_from_care", 200)
    names = ["Overall_{}", "Infogath_{}", "needsanalysis_{}", "procedure_{}", "protocol_{}", "needassess_{}"]
    for i, row in enumerate(rows):
        row += [name.format(q) for q in (8, 9) for name in names] if i == 0 else ["9", "1", "2", "2", "2", "2"] * 2
    told = facts(tmp_path / "a", landed("dcsf_missing_from_care", write_csv(path, rows), tmp_path / "a"))
    assert {key[3] for key in told} == {f"Quarter {q}" for q in range(1, 10)}
    rows, path, _ = real("dcsf_looked_after_ks4", 200)
    rows[0] = [name.replace("2007", "2012") for name in rows[0]]
    rows[0][0] = ""  # sister files leave both first headers blank
    told = facts(tmp_path / "b", landed("dcsf_looked_after_ks4", write_csv(path, rows), tmp_path / "b"))
    assert {key[3] for key in told} == {f"{year}/{year - 1999:02d}" for year in range(2007, 2012)}


def test_fingertips_with_fewer_columns_other_indicators_and_areas(real, tmp_path):
    rows, path, _ = real("ohid_fingertips", 200)
    before = facts(tmp_path / "a", landed("ohid_fingertips", write_csv(path, rows), tmp_path / "a"))
    fewer = [row[:26] for row in rows]
    assert facts(tmp_path / "b", landed("ohid_fingertips", write_csv(path, fewer), tmp_path / "b")) == before
    other = [["108", "Under 75 mortality", *row[2:8], "<75 yrs", *row[9:]] for row in rows[1:]]
    gps = [[*row[:4], "A81001", "A surgery", "GPs", *row[7:]] for row in rows[1:5]]
    report = landed("ohid_fingertips", write_csv(path, [*rows, *other, *gps]), tmp_path / "c")
    told = facts(tmp_path / "c", report)
    assert {key: value for key, value in told.items() if key[0] == "NI 070"} == before
    assert {("FT 108", *key[1:]) for key in before} == {key for key in told if key[0] == "FT 108"}
    assert not issues(report, "unknown_area")


META = [
    ["col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
     "filter_grouping_column"],
    ["sex", "Filter", "Sex", "", "", "", "", ""],
    ["num", "Indicator", "Number", "", "", "0", "", ""],
]  # fmt: skip
EES = ["time_identifier", "time_period", "geographic_level", "country_code", "country_name", "region_code",
       "region_name", "new_la_code", "old_la_code", "la_name", "lad_code", "lad_name", "sex", "num"]  # fmt: skip


def ees(tmp_path, rows, name="data.csv", meta=META):
    write_csv(tmp_path / name.replace(".csv", ".meta.csv"), meta)
    return write_csv(tmp_path / name, [EES, *rows])


def record(level="National", *, period="201718", identifier="Academic year", sex="Total", num="10", **place):
    cells = {"country_code": "E92000001", "country_name": "England", "time_identifier": identifier, "sex": sex,
             "time_period": period, "geographic_level": level, "num": num, **place}  # fmt: skip
    return [cells.get(name, "") for name in EES]


MANCHESTER = {"new_la_code": "E08000003", "old_la_code": "352", "la_name": "Manchester"}


def test_ees_levels_are_told_apart(tmp_path):
    rows = [record(), record("Regional", region_code="E12000002", region_name="North West", num="5"),
            record("Local authority", num="3", **MANCHESTER), record("School", num="1", **MANCHESTER),
            record("Local authority", old_la_code="875", la_name="Cheshire (Pre LGR 2009)", num="4", period="200708"),
            record("Local authority", new_la_code="x", old_la_code="x", la_name="Not available", num="9"),
            record("Local authority district", lad_code="E07000004", lad_name="Aylesbury Vale", num="2")]  # fmt: skip
    report = landed("ees", ees(tmp_path, rows), tmp_path / "hub")
    told = {key[2]: value[0] for key, value in facts(tmp_path / "hub", report).items()}
    assert told == {"E92000001": 10, "E12000002": 5, "E08000003": 3, "E07000004": 2, "E10000004": 4}
    assert not issues(report, "unknown_area")


MARKS = {
    "z": "not_applicable", "x": "not_available", "c": "suppressed", "low": "rounds_to_zero", "k": "rounds_to_zero",
    "u": "low_reliability", ":": "not_available", "~": "rounds_to_zero", "": "not_available",
}  # fmt: skip


def test_ees_marks_become_reasons(tmp_path):
    rows = [record(sex=f"s{i}", num=mark) for i, mark in enumerate(MARKS)] + [record(num="1,234")]
    told = facts(tmp_path / "hub", landed("ees", ees(tmp_path, rows), tmp_path / "hub"))
    assert [told[("EES num", "headline", "E92000001", "2017/18", f"sex=s{i}")] for i in range(len(MARKS))] == [
        (None, mark) for mark in MARKS.values()
    ]
    assert told[("EES num", "headline", "E92000001", "2017/18", "")] == (1234, None)


def test_ees_two_districts_and_a_conflict(tmp_path):
    rows = [record(), record(num="11"), record(sex="Female")]
    report = landed("ees", ees(tmp_path, rows), tmp_path / "hub")
    assert "rows 2 and 3" in issues(report, "conflicting_rows")[0].message
    assert report.rows == 1


def test_ees_negative_changes_in_per_cent_land(tmp_path):
    meta = [*META[:2], ["num", "Indicator", "Change", "", "%", "1", "", ""]]
    rows = [record(sex=f"s{i}", num=str(-5 * i)) for i in range(1, 5)]
    assert landed("ees", ees(tmp_path, rows, meta=meta), tmp_path / "hub").rows == 4


@pytest.mark.parametrize("name", ["dfe_level_2_3", "dfe_exclusions"])
def test_an_ees_feed_lands_without_its_metadata(name, feeds_dir, tmp_path):
    path, head = FILES[name]
    rows = thin(read_csv(feeds_dir / path), head, 40)
    report = landed(name, write_csv(tmp_path / "data.csv", rows), tmp_path / "hub")
    assert issues(report, "companion")
