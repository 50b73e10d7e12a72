"""Regional assurance on the published file of the illustrative edition: counted again by other means."""

from __future__ import annotations

import duckdb
import pytest


@pytest.fixture(scope="module")
def hub(illustrative):
    with duckdb.connect(str(illustrative.published), read_only=True) as con:
        yield con


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
        select (select count(*) from (select distinct psa_number, i.indicator_code, i.part from
                marts.bridge_psa_indicator b join marts.dim_indicator i on b.indicator_code = i.indicator_code)),
            (select count(distinct round_label) from marts.rollup_psa), (select count(*) from marts.rollup_psa)
        """).fetchone()
    assert rows == measures * 10 * rounds
