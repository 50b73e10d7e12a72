import dagster as dg

from orchestration.lib import warehouse_specs as specs


def node(kind, name, schema, parents=(), **more):
    return {
        "resource_type": kind,
        "name": name,
        "schema": schema,
        "description": f"About {name}.",
        "depends_on": {"nodes": list(parents)},
        "columns": {"code": {"description": "The code.", "data_type": "varchar"}},
        "original_file_path": f"models/{name}.sql",
        **more,
    }


MANIFEST = {
    "nodes": {
        "seed.p.areas": {**node("seed", "areas", "seeds"), "depends_on": {"macros": []}},
        "model.p.stg": node("model", "stg", "staging", ["source.p.landing.observations", "seed.p.areas"]),
        "model.p.dim": node("model", "dim", "marts", ["seed.p.areas"]),
        "test.p.a": node("test", "not_null.dim-code", "audit", ["model.p.dim"], attached_node="model.p.dim"),
        "test.p.b": node("test", "fits", "audit", ["seed.p.areas", "model.p.dim"], attached_node="model.p.dim"),
        "test.p.c": node("test", "loose", "audit", ["seed.p.areas"]),
    },
    "unit_tests": {"unit_test.p.dim.u": node("unit_test", "u", "marts", ["model.p.dim"])},
}
FEED = dg.AssetKey(["feeds", "f"])


def test_only_what_reads_landed_files_comes_after_the_feeds():
    found = {spec.key: {dep.asset_key for dep in spec.deps} for spec in specs.asset_specs(MANIFEST, [FEED])}
    areas = dg.AssetKey(["seeds", "areas"])
    assert found == {
        areas: set(),
        dg.AssetKey(["staging", "stg"]): {areas, FEED},
        dg.AssetKey(["marts", "dim"]): {areas},
    }


def test_every_test_is_a_check_of_the_table_it_is_about():
    found = {key: (check.asset_key.path[-1], check.name) for key, check in specs.check_specs(MANIFEST).items()}
    assert found == {
        "test.p.a": ("dim", "not_null_dim_code"),
        "test.p.b": ("dim", "fits"),
        "test.p.c": ("areas", "loose"),
    }


def test_a_check_says_what_it_asks_of_its_table():
    asked = {
        "grain": ["code", "part"],
        "rules": {"says_why": "value is not null or reason is not null"},
        "links": [{"columns": ["area_code", "part"], "to": "ref('dim_area')"}],
    }
    asks = [{"test_metadata": {"kwargs": kwargs}} for kwargs in (asked, {})]
    tests = {f"test.p.{i}": node("test", f"t{i}", "audit", ["model.p.dim"], **more) for i, more in enumerate(asks)}
    for test in tests.values():
        test["description"] = ""
    found = specs.check_specs({"nodes": MANIFEST["nodes"] | tests})
    assert found["test.p.0"].description == (
        "- one row per code, part\n"
        "- says why: `value is not null or reason is not null`\n- area_code, part: in dim_area"
    )
    assert found["test.p.1"].description is None


def test_columns_are_described():
    spec = specs.asset_specs(MANIFEST, [])[0]
    column = spec.metadata["dagster/column_schema"].columns[0]
    assert (column.name, column.type, column.description) == ("code", "varchar", "The code.")
