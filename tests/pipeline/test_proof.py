"""Every number on a page leads to the raw cell it came from, for readers, for programs and for analysts."""

import duckdb
import pytest
from proofs import document, lands_on_its_cell, numbers, prove, same_in_sql, sample

KINDS = ("area:", "ni:", "go:", "psa:", "go: matrix")


@pytest.fixture(scope="module")
def found(illustrative):
    return numbers(illustrative.published / "site")


def test_every_kind_of_page_has_figures_that_lead_to_proof(found):
    kinds = {number[0] for number in found}
    assert all(any(kind.startswith(wanted) for kind in kinds) for wanted in KINDS), kinds


def test_five_hundred_random_numbers_lead_to_their_raw_cells(illustrative, found):
    site = illustrative.published / "site"
    for number in sample(found, 500, seed=500):
        proved = prove(site, number)
        assert proved, number
        for entry, file in proved:
            assert lands_on_its_cell(illustrative.home, entry, file), (number, entry, file["file"])


def test_marts_proof_tells_the_same_cell_as_the_page(illustrative):
    pages = sorted((illustrative.published / "site" / "proof").glob("*.json"))
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        for path in pages[:: max(1, len(pages) // 20)]:
            data = document(path)
            for entry in [item for item in data["figures"] if "file" in item][:2]:
                assert same_in_sql(con, data, entry), (path.name, entry)


def test_marts_proof_of_a_rollup_lists_what_it_adds_up(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        key = con.execute(
            "select indicator_code, part, region_code, period_label, numerator, areas_reporting "
            "from marts.rollup_region where reason is null and method = 'ratio_of_sums' order by all limit 1"
        ).fetchone()
        rows = con.execute(
            "select evidence, numerator, source_text, sql, checks from marts.proof(?, ?, ?, ?)", list(key[:4])
        ).fetchall()
    rolled = [row for row in rows if row[0] == "rolled up"]
    operands = [row for row in rows if row[0] == "operand"]
    assert [row[1] for row in rolled] == [key[4]]
    assert len(operands) >= key[5]
    assert abs(sum(row[1] or 0 for row in operands) - key[4]) < 1e-6
    assert all(row[2] is not None for row in operands)
    assert all("select" in row[3] and "tests of rollup_" in row[4] for row in rolled + operands)


def test_marts_proof_answers_for_the_day_asked(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        key = con.execute(
            "select indicator_code, part, area_code, period_label, dimensions, known_from from marts.fct_observation "
            "where is_current and revision > 1 order by all limit 1"
        ).fetchone()
        if key is None:
            pytest.skip("the edition holds no revised figure")
        call = "select revision from marts.proof(?, ?, ?, ?, ?, known_from := ?::date - ?) where evidence <> 'operand'"
        now = con.execute(call, [*key, 0]).fetchall()
        before = con.execute(call, [*key, 1]).fetchall()
    assert before < now


def test_the_sql_of_a_release_names_no_folder_of_this_machine(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        (count,) = con.execute(
            "select count(*) from marts.lineage_model where contains(sql, ?)", [str(illustrative.home)]
        ).fetchone()
        untold = con.execute(
            "select c.table_name, c.column_name from duckdb_columns() c left join marts.lineage_column l "
            "on c.table_name = l.model and c.column_name = l.column_name "
            "where c.table_name = 'fct_observation' and l.model is null"
        ).fetchall()
    assert count == 0
    assert untold == []
