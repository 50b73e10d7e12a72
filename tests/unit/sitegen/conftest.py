"""A tiny published file with the marts the site reads, and a site built from it.

Belongs here: the columns the site relies on (`TABLES`) and a few rows that show every case a page must handle.
Does not belong here: the warehouse itself; tests/pipeline builds that one and runs the site on it too.
"""

import datetime as dt

import assurance_marts
import compared_marts
import duckdb
import history_marts
import judged_marts
import pytest

import sitegen

TABLES = {
    "dim_area": "area_code varchar, area_name varchar, area_type varchar, tier varchar, region_code varchar,"
    " old_ons_code varchar, valid_from date, valid_to date, in_laa_2008 boolean, in_laa_2009 boolean,"
    " population_mid2008 integer, source varchar, verification varchar, note varchar",
    "dim_edition": "edition varchar, as_at date",
    "bridge_area_membership": "child_code varchar, parent_code varchar, relation varchar, share double,"
    " valid_from date, valid_to date, source varchar, verification varchar, is_current boolean default true",
    "bridge_area_successor": "predecessor_code varchar, successor_code varchar, effective_on date, share double,"
    " basis varchar, source varchar, verification varchar",
    "dim_indicator": "indicator_code varchar, part varchar, definition_version integer, known_from date,"
    " known_to date, is_current boolean, definition_change varchar, framework varchar,"
    " title varchar, part_title varchar, definition varchar, theme varchar, lead_department varchar,"
    " supplier_system varchar, psa_number integer, unit varchar, polarity varchar, decimals integer, per double,"
    " frequency varchar, period_basis varchar, aggregation_rule varchar, cumulative_in_year boolean,"
    " is_survey_based boolean, suppression_threshold integer, is_headline boolean, status varchar,"
    " valid_from date, valid_to date, source varchar, verification varchar, note varchar",
    "dim_region": "region_code varchar, region_name varchar, government_office varchar, go_code varchar,"
    " go_slug varchar",
    "dim_partnership": "partnership_code varchar, partnership_name varchar, partnership_type varchar,"
    " area_code varchar, parent_code varchar, organisation_code varchar, post varchar, valid_from date,"
    " valid_to date, source varchar",
    "dim_psa": "psa_number integer, title varchar, lead_department varchar, source varchar, verification varchar",
    "bridge_psa_indicator": "psa_number integer, indicator_ordinal integer, short_title varchar,"
    " indicator_code varchar, relation varchar, source varchar, verification varchar",
    "dim_grade": "indicator_code varchar, part varchar, grade integer, grade_name varchar, source varchar,"
    " verification varchar",
    "disclosure_summary": "cells integer, hidden_by_publisher integer, hidden_by_hub integer, small_cells integer,"
    " added_cells integer, least_hidden_by_hub integer",
    "disclosure_control": "indicator_code varchar, part varchar, period_label varchar, period_start date,"
    " cells integer, hidden_by_publisher integer, hidden_by_hub integer, share_hidden double",
    "dim_mark": "mark varchar, meaning varchar, shown_as varchar, shorthand varchar, source varchar,"
    " verification varchar",
    "dim_feed": "feed varchar, title varchar, family varchar, publisher varchar, licence varchar,"
    " contact_page varchar, cadence varchar, public_url varchar, area_scheme varchar,"
    " arrival_lag_months integer, due_months varchar, due_years varchar, description varchar",
    "dim_delivery": "feed varchar, delivery_id varchar, file_name varchar, source_url varchar, sha256 varchar,"
    " bytes bigint, received_at timestamp, published_on date, known_from date, status varchar, edition varchar,"
    " rows integer",
    "quality_issue": "feed varchar, delivery_id varchar, severity varchar, check_name varchar, file_name varchar,"
    " sheet varchar, row_number integer, column_name varchar, cell_value varchar, message varchar,"
    " remedy varchar, occurrences integer",
    "fct_observation_current": "area_code varchar, indicator_code varchar, part varchar, definition_version integer,"
    " period_label varchar,"
    " period_basis varchar, period_start date, period_end date, dimensions varchar, value double,"
    " numerator double, denominator double, lower_ci double, upper_ci double, mark varchar,"
    " suppressed_by varchar, note varchar,"
    " status varchar, known_from date, revision integer, delivery_id varchar, feed varchar, edition varchar,"
    " source_file varchar, source_sheet varchar, source_row integer, source_rows varchar, source_column varchar,"
    " source_text varchar, derivation varchar, correction_code varchar, area_text varchar",
    "latest_observation": "area_code varchar, indicator_code varchar, part varchar, definition_version integer,"
    " period_label varchar,"
    " period_basis varchar, period_start date, period_end date, value double, mark varchar, status varchar,"
    " previous_period_label varchar, previous_value double, change double, direction_of_travel varchar,"
    " periods integer, delivery_id varchar, feed varchar, edition varchar, source_file varchar,"
    " source_sheet varchar, source_row integer, source_rows varchar, source_column varchar, source_text varchar,"
    " known_from date, derivation varchar, correction_code varchar",
    "rollup_region": "region_code varchar, indicator_code varchar, part varchar, definition_version integer,"
    " period_label varchar,"
    " period_basis varchar, period_end date, value double, numerator double, denominator double, method varchar,"
    " reason varchar, cover varchar, boundaries_on date, areas_due integer, areas_reporting integer, coverage double,"
    " population_share double, published_value double, edition varchar",
    "rollup_reconciliation": "area_code varchar, indicator_code varchar, part varchar, period_label varchar,"
    " period_basis varchar, outcome varchar, reason varchar",
    "rollup_operand": "parent_code varchar, indicator_code varchar, part varchar, period_label varchar,"
    " period_basis varchar, area_code varchar, operand_part varchar,"
    " operand_period_label varchar, value double, numerator double, denominator double, mark varchar,"
    " edition varchar",
    "dim_correction": "correction_code varchar, feed varchar, indicator_code varchar, part varchar, area_code varchar,"
    " period_label varchar, dimensions varchar, reason varchar, source varchar, decided_on date,"
    " original_value double, corrected_value double, delivery_id varchar",
    "lineage_model": "model varchar, layer varchar, description varchar, file varchar, upstream varchar, sql varchar",
    "lineage_column": "model varchar, column_name varchar, source_layer varchar, source_model varchar,"
    " source_column varchar",
    "lineage_test": "model varchar, test varchar, status varchar",
} | judged_marts.TABLES
TABLES |= assurance_marts.TABLES | compared_marts.TABLES

HOSTILE_AREA = "E08000006"
HOSTILE = "<script>alert('x')</script> & \"quoted\""


def create_marts(path):
    """Open a new database at `path` with the empty marts; return its connection."""
    con = duckdb.connect(str(path))
    con.execute("create schema marts")
    for name, columns in TABLES.items():
        con.execute(f"create table marts.{name} ({columns})")
        con.execute(f"comment on table marts.{name} is 'What {name} holds.'")
    con.execute(f"create table marts.fct_observation ({TABLES['fct_observation_current']}, {history_marts.COLUMNS})")
    return con


def put(con, table, **row):
    """Insert one row; columns not named are NULL."""
    marks = ", ".join("?" for _ in row)
    con.execute(f"insert into marts.{table} ({', '.join(row)}) values ({marks})", list(row.values()))


def _framework(con):
    """Areas, indicators, PSAs, marks: one of each kind the pages tell apart."""
    put(con, "dim_area", area_code="E92000001", area_name="England", area_type="country", tier="national")
    put(con, "dim_area", area_code="E12000002", area_name="North West", area_type="region", tier="region")
    put(
        con,
        "dim_region",
        region_code="E12000002",
        region_name="North West",
        go_code="GONW",
        government_office="Government Office for the North West",
    )
    for code, name, old in (("E08000003", "Manchester", "00BN"), ("E08000006", "Salford", "00BR")):
        put(
            con,
            "dim_area",
            area_code=code,
            area_name=name,
            area_type="metropolitan_district",
            tier="single",
            region_code="E12000002",
            old_ons_code=old,
            valid_from=dt.date(1974, 4, 1),
            in_laa_2008=True,
            in_laa_2009=True,
            population_mid2008=464200,
            source="ONS",
            verification="sourced",
        )
    put(
        con,
        "dim_area",
        area_code="E10000004",
        area_name="Cheshire",
        area_type="county",
        tier="upper",
        region_code="E12000002",
        valid_to=dt.date(2009, 3, 31),
        in_laa_2008=True,
        in_laa_2009=False,
    )
    put(
        con,
        "dim_area",
        area_code="E06000050",
        area_name="Cheshire West and Chester",
        area_type="unitary",
        tier="single",
        region_code="E12000002",
        valid_from=dt.date(2009, 4, 1),
        in_laa_2009=True,
    )
    put(
        con,
        "bridge_area_successor",
        predecessor_code="E10000004",
        successor_code="E06000050",
        share=0.47,
        effective_on=dt.date(2009, 4, 1),
        basis="population",
    )
    put(
        con,
        "dim_area",
        area_code="E23000005",
        area_name="Greater Manchester Police",
        area_type="police_force",
        tier="other",
    )
    put(
        con,
        "bridge_area_membership",
        child_code="E08000003",
        parent_code="E23000005",
        relation="police_force",
    )
    put(
        con,
        "dim_area",
        area_code="CSP1",
        area_name="Nowhere CSP",
        tier="other",
        area_type="community_safety_partnership",
    )
    put(con, "dim_edition", edition="published")
    for mark, words, short in (("suppressed", "suppressed: too few people", "[c]"), ("estimated", "estimated", "[e]")):
        put(con, "dim_mark", mark=mark, meaning=words, shown_as=words, shorthand=short)
    put(con, "dim_psa", psa_number=14, title="Put children on the path to success", lead_department="DCSF")
    put(
        con,
        "bridge_psa_indicator",
        psa_number=14,
        indicator_ordinal=1,
        indicator_code="NI 112",
        short_title="Under-18 conception rate",
        relation="local_measure_of_indicator",
    )
    for code, title, status in (
        ("NI 112", "Under-18 conception rate", "active"),
        ("NI 031", "Re-offending rate", "dropped"),
        ("NI 009", HOSTILE, "active"),
    ):
        put(
            con,
            "dim_indicator",
            indicator_code=code,
            part="headline",
            definition_version=1,
            is_current=True,
            framework="NI",
            title=title,
            definition=f"{title}, in words.",
            theme="Safer communities",
            unit="rate per 1,000 girls",
            polarity="lower_is_better",
            decimals=1,
            per=1000,
            aggregation_rule="ratio_of_sums",
            status=status,
            frequency="annual",
            period_basis="calendar_year",
            is_headline=True,
            verification="unverified",
            psa_number=14 if code == "NI 112" else None,
        )
    put(
        con,
        "dim_indicator",
        indicator_code="NI 112",
        part="percent_change",
        definition_version=1,
        is_current=True,
        framework="NI",
        title="Under-18 conception rate",
        part_title="Change since 1998",
        unit="percent",
        polarity="lower_is_better",
        decimals=1,
        status="active",
        theme="Safer communities",
        aggregation_rule="from_components",
        is_headline=False,
        verification="sourced",
    )


def _observations(con, edition):
    """One landed and one quarantined delivery; values, a gap, a missing value and a breakdown."""
    put(
        con,
        "dim_feed",
        feed="ons_conceptions",
        title="Conceptions",
        family="NHS",
        publisher="ONS",
        licence="Open Government Licence v3.0",
        description="Under-18 conceptions.",
    )
    for number, status in ((1, "landed"), (2, "quarantined")):
        put(
            con,
            "dim_delivery",
            feed="ons_conceptions",
            delivery_id=f"ons_conceptions-{number}",
            edition=edition,
            file_name=f"conceptions-{number}.xls",
            sha256=f"{number}" * 64,
            bytes=1000,
            rows=9,
            status=status,
            known_from=dt.date(2011, 2, 22),
            received_at="2011-02-22 09:30:00",
        )
    put(
        con,
        "quality_issue",
        feed="ons_conceptions",
        delivery_id="ons_conceptions-2",
        severity="error",
        check_name="columns",
        file_name="conceptions-2.xls",
        message=f"Column missing: {HOSTILE}",
        remedy="Send the table with its header row.",
        occurrences=1,
    )
    put(
        con,
        "quality_issue",
        feed="ons_conceptions",
        delivery_id="ons_conceptions-1",
        severity="warning",
        check_name="cells",
        file_name="conceptions-1.xls",
        message="The cell is not a number.",
        occurrences=267,
    )
    values = {
        "E92000001": (40.9, 39.7, 38.1),
        "E12000002": (45.0, 44.1, 43.5),
        "E08000003": (66.0, 62.4, 59.25),
        "E08000006": (60.1, 58.0, None),
    }
    common = {
        "indicator_code": "NI 112",
        "part": "headline",
        "definition_version": 1,
        "period_basis": "calendar_year",
        "edition": edition,
        "delivery_id": "ons_conceptions-1",
        "feed": "ons_conceptions",
        "source_file": "conceptions-1.xls",
        "source_sheet": "Table 6",
        "source_column": "Rate",
        "known_from": dt.date(2011, 2, 22),
    }
    for row, (area, series) in enumerate(values.items(), start=12):
        for year, value in zip((2007, 2008, 2009), series, strict=True):
            period = {
                "period_label": str(year),
                "period_start": dt.date(year, 1, 1),
                "period_end": dt.date(year, 12, 31),
            }
            fact = (
                common
                | period
                | {
                    "area_code": area,
                    "value": value,
                    "source_row": row,
                    "source_rows": str(row),
                    "source_text": HOSTILE if (area, year) == (HOSTILE_AREA, 2008) else str(value or "*"),
                    "correction_code": "C-1" if (area, year) == ("E12000002", 2009) else None,
                    "status": "final",
                    "mark": None if value else "suppressed",
                }
            )
            put(con, "fct_observation_current", dimensions="", **fact)
        put(
            con,
            "latest_observation",
            previous_period_label="2008",
            previous_value=series[1],
            periods=3,
            change=None if value is None else value - series[1],
            direction_of_travel="improved" if value else "no_comparison",
            **fact,
        )
    put(
        con,
        "fct_observation_current",
        dimensions="age=under 16",
        **(fact | {"area_code": "E92000001", "value": 7.5, "mark": "estimated"}),
    )
    for region, value, reason in (
        ("E92000001", None, "No area has a numerator and a denominator."),
        ("E12000002", 58.7, None),
    ):
        put(
            con,
            "rollup_region",
            region_code=region,
            indicator_code="NI 112",
            part="headline",
            definition_version=1,
            value=value,
            period_label="2009",
            period_basis="calendar_year",
            period_end=dt.date(2009, 12, 31),
            cover="upper",
            method="ratio_of_sums" if value else "none",
            reason=reason,
            areas_due=4,
            areas_reporting=1,
            coverage=0.25,
            population_share=0.31,
            published_value=43.5,
            edition=edition,
        )
        put(
            con,
            "rollup_reconciliation",
            area_code=region,
            indicator_code="NI 112",
            part="headline",
            period_label="2009",
            period_basis="calendar_year",
            outcome="explained" if value else "not_combined",
            reason="3 of 4 areas have no figure here." if value else reason,
        )

    put(
        con,
        "rollup_operand",
        parent_code="E12000002",
        indicator_code="NI 112",
        part="headline",
        period_label="2009",
        period_basis="calendar_year",
        area_code="E08000003",
        operand_part="headline",
        operand_period_label="2009",
        value=59.25,
        numerator=59.25,
        denominator=1000,
        edition=edition,
    )

    put(
        con,
        "dim_correction",
        correction_code="C-1",
        indicator_code="NI 112",
        part="headline",
        reason=f"a rate printed per 100 {HOSTILE}",
        source="the publisher's own table 7",
        decided_on=dt.date(2011, 3, 1),
        original_value=4.35,
    )


def _lineage(con):
    """A staging view, and the marts the proof pages name, with a test and a hostile word in the SQL."""
    sql = f"select *, '{HOSTILE}' as said from landing"
    put(
        con, "lineage_model", model="stg_observations", layer="staging", description="As landed.", file="a.sql", sql=sql
    )
    own = ("fct_observation_current", "rollup_region", "latest_observation", "disclosure_control")
    for name in (*own, *assurance_marts.TABLES, *compared_marts.TABLES, *judged_marts.TABLES):
        put(
            con, "lineage_model", model=name, layer="marts", description=f"What {name} holds.", file="b.sql",
            upstream="staging.stg_observations, seeds.areas", sql="select value from stg_observations",
        )  # fmt: skip
        put(con, "lineage_test", model=name, test=f"{name}_grain", status="pass")
        put(
            con, "lineage_column", model=name, column_name="value", source_layer="staging",
            source_model="stg_observations", source_column="value",
        )  # fmt: skip
    put(
        con, "lineage_column", model="stg_observations", column_name="value", source_layer="landing",
        source_model="observations", source_column="value",
    )  # fmt: skip
    put(con, "lineage_model", model="areas", layer="seeds", description="Areas.", file="areas.csv", sql="")


def build_site(folder, edition="published"):
    """Write the tiny published file under `folder` and build its site; return the site's folder."""
    published = folder / "published"
    (published / "csv").mkdir(parents=True)
    (published / "csv" / "dim_mark.csv").write_text("mark\n", encoding="utf-8")
    con = create_marts(published / "hub.duckdb")
    _framework(con)
    _observations(con, edition)
    _lineage(con)
    judged_marts.fill(con, put, HOSTILE)
    assurance_marts.fill(con, put, HOSTILE)
    compared_marts.fill(con, put, HOSTILE)
    con.execute("insert into marts.fct_observation by name from marts.fct_observation_current")
    history_marts.fill(con, put, HOSTILE)
    con.close()
    site = published / "site"
    site.mkdir()
    sitegen.build(published / "hub.duckdb", site)
    return site


@pytest.fixture(scope="session")
def build_tiny():
    """The builder itself, for tests that build a site of their own."""
    return build_site


@pytest.fixture(scope="session")
def empty_marts():
    """How to make a published file without rows, and how to put one in."""
    return create_marts, put


@pytest.fixture(scope="session")
def hostile():
    """Text of the tiny file that a careless page would run."""
    return HOSTILE


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory):
    """Folder of a site built from the tiny file, published edition."""
    return build_site(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def tiny_illustrative_site(tmp_path_factory):
    """The same, from illustrative deliveries."""
    return build_site(tmp_path_factory.mktemp("tiny_illustrative"), edition="Illustrative data")
