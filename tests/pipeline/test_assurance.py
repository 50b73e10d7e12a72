"""Regional assurance on the published file of the illustrative edition: counted again by other means.

And its arithmetic on figures drawn at random, by the very SQL that dbt ran.
"""

from __future__ import annotations

import csv
import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ENGLAND = "E92000001"
TABLES = {
    "dim_area": "area_code varchar, area_type varchar",
    "int_area_region": "area_code varchar, region_code varchar",
    "dim_indicator": "indicator_code varchar, part varchar, definition_version integer, per double",
    "rollup_region": "region_code varchar, indicator_code varchar, part varchar, definition_version integer,"
    " period_label varchar, period_basis varchar, period_end date, value double, denominator double, method varchar,"
    " reason varchar",
    "rollup_operand": "parent_code varchar, indicator_code varchar, part varchar, period_label varchar,"
    " period_basis varchar, area_code varchar, value double, numerator double, denominator double",
}


@pytest.fixture(scope="module")
def hub(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def contributions(illustrative):
    """Contributions of regions and of England, by the model's own SQL, to the change between two years' areas."""
    found = next(illustrative.dbt_target.rglob("compiled/**/models/intermediate/int_region_contribution.sql"))
    sql = re.sub(r'"\w+"\."\w+"\."(\w+)"', r"\1", found.read_text("utf-8"))
    with duckdb.connect() as con:
        for table, columns in TABLES.items():
            con.execute(f"create table {table} ({columns})")
        yield lambda years: _contributions(con, sql, years)


def _contributions(con, sql: str, years: list[list[tuple]]) -> dict[str, float]:
    """`years` holds an earlier and a later list of (area, region, numerator, denominator)."""
    for table in TABLES:
        con.execute(f"delete from {table}")
    con.execute("insert into dim_indicator values ('x', 'p', 1, 100)")
    areas = {(area, region) for rows in years for area, region, *_ in rows}
    found = [(ENGLAND, "country"), *((code, "region") for code in {region for _, region in areas})]
    con.executemany("insert into dim_area values (?, ?)", found)
    con.executemany("insert into int_area_region values (?, ?)", list(areas))
    for label, rows in zip(("2008", "2009"), years, strict=True):
        above, below = sum(row[2] for row in rows), sum(row[3] for row in rows)
        con.execute(
            "insert into rollup_region values (?, 'x', 'p', 1, ?, 'b', ?, ?, ?, 'ratio_of_sums', null)",
            [ENGLAND, label, f"{label}-12-31", 100 * above / below, below],
        )
        con.executemany(
            "insert into rollup_operand values (?, 'x', 'p', ?, 'b', ?, null, ?, ?)",
            [(ENGLAND, label, area, numerator, denominator) for area, _, numerator, denominator in rows],
        )
    return dict(con.execute(f"select region_code, contribution from ({sql}) where period_label = '2009'").fetchall())


@st.composite
def two_years(draw):
    """Areas of up to nine regions in two years, some of them in one year only; every year has a base."""
    area = st.tuples(st.integers(1, 9), st.integers(0, 5_000), st.integers(0, 5_000))
    years = []
    for _ in range(2):
        rows = draw(st.lists(area, min_size=1, max_size=30))
        made = [(f"a{n}", f"R{at}", min(one, two), max(one, two)) for n, (at, one, two) in enumerate(rows)]
        years.append([*made, ("a99", "R1", 1, 2)])
    # an area stands in one region in both years
    homes = {area: region for rows in years for area, region, *_ in rows}
    return [[(area, homes[area], above, below) for area, _, above, below in rows] for rows in years]


@settings(max_examples=60)
@given(years=two_years())
def test_what_the_regions_add_is_englands_change_whatever_the_figures(contributions, years):
    found = contributions(years)
    england = found.pop(ENGLAND)
    rate = [100 * sum(row[2] for row in rows) / sum(row[3] for row in rows) for rows in years]
    assert england == pytest.approx(rate[1] - rate[0], abs=1e-9)
    assert sum(found.values()) == pytest.approx(england, abs=1e-9)


@settings(max_examples=20)
@given(years=two_years(), share=st.integers(0, 100))
def test_an_area_split_in_two_and_rows_in_another_order_change_nothing(contributions, years, share):
    whole = contributions(years)
    halves = []
    for rows in years:
        area, region, above, below = rows[0]
        one = (f"{area}-1", region, above * share // 100, below * share // 100)
        two = (f"{area}-2", region, above - one[2], below - one[3])
        halves.append([*reversed(rows[1:]), two, one])
    assert contributions(halves) == whole


def test_agreements_are_counted_as_the_commitments_say(hub):
    """What rollup_psa says of England and of each region, counted again from fct_performance itself."""
    said = hub.execute("""
        select distinct region_code, indicator_code, part, round_label, laas_chosen, laas_assessed, laas_on_target
        from marts.rollup_psa where laas_chosen > 0""").fetchall()
    counted = hub.execute("""
        select case when g.england then 'E92000001' else a.region_code end as region, p.indicator_code, p.part,
            p.round_label, count(*), count(*) filter (is_assessed),
            count(*) filter (computed_status in ('exceeded', 'on_target'))
        from marts.fct_performance p join marts.dim_area a using (area_code)
        cross join (select unnest([true, false]) as england) g
        where commitment_type = 'designated'
            and indicator_code in (select indicator_code from marts.bridge_psa_indicator)
        group by all""").fetchall()
    assert len(said) > 100
    assert set(said) == set(counted)


def test_every_linked_measure_has_a_row_in_every_region_and_round(hub):
    measures, rounds, rows = hub.execute("""
        select (select count(*) from (select distinct b.psa_number, i.indicator_code, i.part from
                marts.bridge_psa_indicator b join marts.dim_indicator i on b.indicator_code = i.indicator_code)),
            (select count(distinct round_label) from marts.rollup_psa), (select count(*) from marts.rollup_psa)
        """).fetchone()
    assert rows == measures * 10 * rounds


def test_the_matrix_is_every_commitment_of_a_region_and_its_moves_are_those_of_the_statuses(hub):
    missing, wrong = hub.execute("""
        with order_of(status, place) as (
            values ('off_target', 1), ('near_target', 2), ('on_target', 3), ('exceeded', 4)),
        moves as (
            select m.status_move, case
                when m.previous_status is null then 'new'
                when now.place > was.place then 'better' when now.place < was.place then 'worse'
                when now.place is not null and was.place is null then 'now_assessed'
                when now.place is null and was.place is not null then 'no_longer_assessed' else 'same' end as counted
            from marts.go_region_matrix m
            left join order_of now on m.computed_status = now.status
            left join order_of was on m.previous_status = was.status)
        select (select count(*) from marts.fct_performance p join marts.dim_area a using (area_code)
                where a.region_code is not null) - (select count(*) from marts.go_region_matrix),
            (select count(*) from moves where status_move <> counted)""").fetchone()
    assert (missing, wrong) == (0, 0)


def test_what_is_listed_as_at_risk_has_a_card_or_a_poor_chance(hub):
    """The rule rows read again by hand: a card that is not closed, or a chance of one in five at most."""
    listed, wrong = hub.execute("""
        select count(*) filter (at_risk_rule_id is not null),
            count(*) filter ((at_risk_rule_id is not null)
                <> (card_state is not null or coalesce(forecast_chance <= 0.2, false)))
        from marts.go_region_matrix""").fetchone()
    assert listed > 0
    assert wrong == 0


def test_barriers_count_each_target_that_is_behind_and_was_answered_for_once(hub):
    counted = hub.execute("""
        select count(*) from (
            select distinct e.area_code, e.indicator_code, e.part, e.round_label from marts.exception e
            where e.computed_status in ('near_target', 'off_target') and e.answer = 'answered')""").fetchone()[0]
    assert counted > 0
    assert hub.execute("select sum(targets) from marts.barrier").fetchone()[0] >= counted


def test_a_review_pack_has_every_commitment_of_the_years_last_round(hub):
    wrong = hub.execute("""
        with packs as (select area_code, round_label, count(*) as items from marts.review_item
            where section = 'progress' group by all)
        select * from packs p full join (
            select area_code, round_label, count(*) as items from marts.fct_performance
            where round_label in (select round_label from packs) group by all) q using (area_code, round_label)
        where p.items is distinct from q.items""").fetchall()
    assert wrong == []


def test_every_office_with_agreements_can_take_its_files_away(illustrative, hub):
    """Every commitment and item is in one office's files, once."""
    regions = hub.execute("""
        select distinct go_slug, region_name from marts.go_region_matrix m join marts.dim_region r using (region_code)
        """).fetchall()
    site = illustrative.published / "site"
    assert len(list((site / "go").glob("*-assurance.ods"))) == len(regions) > 0
    for name, table in (("matrix", "go_region_matrix"), ("review", "review_item")):
        rows = []
        for path in sorted((site / "go").glob(f"*-{name}.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows += list(csv.DictReader(file))
        newest = (
            f"select count(*) from marts.{table} where round_ends_on = (select max(round_ends_on) from marts.{table})"
        )
        assert len(rows) == hub.execute(newest).fetchone()[0]
        assert {row["Edition"] for row in rows} == {"Illustrative data"}
        texts = {text for row in rows for text in row.values()}
        assert not [text for text in texts if text.startswith(("=", "+", "@"))]


def test_no_page_of_assurance_is_long(illustrative):
    site = illustrative.published / "site"
    pages = [*(site / "review").glob("*.html"), *(site / "psa").glob("*/*.html"), *(site / "go").glob("*/*.html")]
    assert len(pages) > 50
    assert {path.name: path.stat().st_size for path in pages if path.stat().st_size > 100_000} == {}
