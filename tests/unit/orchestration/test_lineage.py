from pathlib import Path

from orchestration.lib import lineage
from orchestration.lib.dbt import Outcome

LANDING = Path("/some/where's/[data]/landing")
READ = "read_parquet( '/some/where''s/[[]data]/landing/observations/*/*.parquet', hive_partitioning = false)"
MANIFEST = {
    "nodes": {
        "seed.p.areas": {
            "resource_type": "seed", "schema": "seeds", "name": "areas", "description": "Areas.", "depends_on": {},
            "original_file_path": "seeds/areas.csv",
        },
        "model.p.fct": {
            "resource_type": "model", "schema": "marts", "name": "fct", "description": "Facts.\n  Grain: one a row.",
            "depends_on": {"nodes": ["source.p.landing.observations", "seed.p.areas"]},
            "original_file_path": "models/fct.sql",
        },
        "test.p.fct_grain": {
            "resource_type": "test", "name": "fct_grain", "attached_node": "model.p.fct",
            "depends_on": {"nodes": ["model.p.fct"]},
        },
    },
}  # fmt: skip
SQL = f"""with landed as (select * from {READ}),
summed as (
    select area_code, part, sum(value) as value, 'x' as word,
        case when max(mark) = 'estimated' then min(note) end as why
    from landed where status <> 'final' group by all
)
select summed.*, areas.area_name from summed left join "build"."seeds"."areas" as areas using (area_code)"""
OUTCOMES = [
    Outcome("seed.p.areas", "success", "", 0.1),
    Outcome("model.p.fct", "success", "", 0.1, SQL),
    Outcome("test.p.fct_grain", "pass", "", 0.1, "select 1"),
]


def described():
    return lineage.describe(MANIFEST, OUTCOMES, LANDING)


def test_models_are_described_with_their_sql_and_tests_and_without_paths_of_this_machine():
    seed, model = described()
    assert (seed["sql"], seed["tests"]) == ("", [])
    assert model["upstream"] == ["landing.observations", "seeds.areas"]
    assert model["description"] == "Facts. Grain: one a row."
    assert "/some/" not in model["sql"]
    assert "'landing/observations/*/*.parquet'" in model["sql"]
    assert model["tests"] == [{"test": "fct_grain", "status": "pass", "seconds": 0.1}]


def test_columns_are_traced_through_stars_joins_and_conditions():
    columns = {"seeds": {"areas": {"area_code": "varchar", "area_name": "varchar"}}}
    tables = lineage.tables(described(), columns)
    found: dict[str, set] = {}
    for row in tables["lineage_column"].itertuples():
        found.setdefault(row.column_name, set()).add(f"{row.source_layer}.{row.source_model}.{row.source_column}")
    assert found["value"] == {"landing.observations.value"}
    assert found["why"] == {"landing.observations.mark", "landing.observations.note"}
    assert found["area_name"] == {"seeds.areas.area_name"}
    assert "word" not in found
    assert {name: list(rows) for name, rows in tables.items()} == {
        name: list(said) for name, said in lineage.COLUMNS_OF.items()
    }


def test_what_was_written_is_read_and_nothing_is_an_empty_description(tmp_path):
    place = lineage.beside(tmp_path / "build.duckdb")
    assert lineage.read(place) == []
    lineage.write(described(), place)
    assert lineage.read(place) == described()
