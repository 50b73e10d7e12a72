"""The real models, as dbt compiled them, on the tables a small made-up world comes to.

Belongs here: seeds and staging filled by hand, the models run on them, the published macros asked. Does not belong
here: the reference (worlds.py), what must hold (test_as_at.py).
"""

from datetime import date, datetime
from pathlib import Path

import duckdb
from worlds import day

MODELS = (
    "int_indicator_part", "int_definition", "int_correction", "int_observation_stated",
    "int_observation_protected", "int_derived_operand",
    "int_observation_derived", "int_observation", "int_observation_revision", "fct_observation", "int_target_stated",
    "int_target_version",
    "fct_target", "int_area_delivered", "dim_area_version", "bridge_area_membership", "bridge_area_successor",
    "bridge_partnership_indicator", "bridge_psa_indicator", "dim_plan", "bridge_plan_indicator", "dim_indicator",
    "dim_round",
)  # fmt: skip
MACROS = (
    "observation", "target", "area", "area_membership", "area_successor", "partnership_indicator", "plan_indicator",
    "indicator",
)  # fmt: skip


class Models:
    """The compiled models on hand-made tables: `load` a world, then ask the published macros."""

    def __init__(self, warehouse: Path, compiled: Path, macros: Path):
        """Take the columns of seeds and staging from a built warehouse, and the text of the models."""
        self.con = duckdb.connect()
        self.con.execute("set threads = 1")
        self.columns = {}
        with duckdb.connect(str(warehouse), read_only=True) as built:
            found = built.execute(
                "select schema_name, table_name, column_name, data_type from duckdb_columns() "
                "where schema_name in ('seeds', 'staging') order by table_name, column_index"
            ).fetchall()
        self.con.execute("attach ':memory:' as build")
        for schema in ("seeds", "staging", "intermediate", "marts"):
            self.con.execute(f"create schema build.{schema}")
        for schema, table, column, kind in found:
            self.columns.setdefault((schema, table), []).append(f'"{column}" {kind}')
        for (schema, table), columns in self.columns.items():
            self.con.execute(f"create table build.{schema}.{table} ({', '.join(columns)})")
        self._nothing_hidden()
        self.sql = {}
        for path in compiled.rglob("*.sql"):
            # dbt keeps the models of its unit tests, on their made-up rows, in folders named after the yml
            if path.stem in MODELS and path.parent.suffix != ".yml":
                self.sql[path.stem] = path.read_text()
        self._framework()
        for model in MODELS:
            if model.startswith("int_"):
                self.con.execute(f"create view build.intermediate.{model} as {self.sql[model]}")
            else:
                self.con.execute(f"create table build.marts.{model} as {self.sql[model]}")
        self.con.execute("use build")
        for name in [*(f"{name}_as_at" for name in MACROS), "observation_in_round", "target_in_round"]:
            self.con.execute((macros / f"{name}.sql").read_text())

    def _nothing_hidden(self):
        """No count here is of people: disclosure control has worlds of its own (test_disclosure_worlds.py)."""
        keys = "indicator_code, part, period_label, period_basis, dimensions, area_code"
        columns = ", ".join(f"{key} varchar" for key in keys.split(", "))
        self.con.execute(f"create table build.intermediate.int_hidden_cell ({columns}, is_small boolean)")

    def put(self, schema, table, rows):
        """Fill a table with rows, in the order they are given."""
        self.con.execute(f"delete from build.{schema}.{table}")
        if rows:
            names = list(dict.fromkeys(name for row in rows for name in row))
            lines = ", ".join("(" + ", ".join(literal(row.get(name)) for name in names) + ")" for row in rows)
            self.con.execute(f"insert into build.{schema}.{table} ({', '.join(names)}) values {lines}")

    def _framework(self):
        self.put("seeds", "indicators", [{"indicator_code": "X", "title": "x", "unit": "percent", "decimals": 1}])
        self.put("seeds", "indicator_parts", [{"indicator_code": "X", "part": "p", "is_headline": True}])
        areas = [{"area_code": code, "area_name": code, "tier": "single", "in_laa_2008": True} for code in "AB"]
        self.put("seeds", "areas", areas)
        rounds = [
            {"round_label": f"R{number}", "starts_on": day(number * 5), "ends_on": day(number * 5 + 4)}
            for number in range(3)
        ]
        self.put("seeds", "rounds", rounds)

    def load(self, world, shuffle=lambda rows: rows):
        """Land a world, its rows in the order `shuffle` puts them, and run the models on it."""
        for table, rows in _staged(world).items():
            self.put("seeds" if table == "indicator_versions" else "staging", table, shuffle(rows))
        for model in MODELS:
            if not model.startswith("int_") and model not in ("dim_round", "bridge_area_successor"):
                self.con.execute(f"create or replace table build.marts.{model} as {self.sql[model]}")

    def ask(self, query):
        """The rows of a query as a set; twice the same row is a fault."""
        rows = self.con.execute(query).fetchall()
        assert len(rows) == len(set(rows)), query
        return set(rows)

    def known(self, on):
        """What the macros answer for a day, in the shape of the reference."""
        asked = {
            "observation": "area_code, value, delivery_id, correction_code, definition_version",
            "target": "area_code, commitment_type, period_label, target_value, state, delivery_id",
            "area": "area_code, area_name, (select parent_code from marts.area_membership_as_at({day}) where "
            "child_code = area_code)",
            "area_membership": "child_code, parent_code",
            "partnership_indicator": "partnership_code, organisation_code, post, delivery_id",
            "plan_indicator": "plan_code, relation, owner, post, delivery_id",
            "indicator": "indicator_code, part, definition_version",
        }
        return {
            name: self.ask(
                f"select {columns} from marts.{name}_as_at({{day}})".format(day=f"date '{day(on)}'")
                + (" where delivery_id is not null" if name == "area" else "")
            )
            for name, columns in asked.items()
        }


def _staged(world):
    """The rows of the staging tables (and of the seed of versions) that a world comes to."""
    period = {"period_label": "2008", "period_basis": "calendar_year", "period_start": date(2008, 1, 1),
              "period_end": date(2008, 12, 31)}  # fmt: skip
    measure = {"indicator_code": "X", "part": "p"}
    tables = {
        "stg_observations": [
            {**_of(one), **measure, **period, "area_code": row["area"], "dimensions": "", "value": row["value"],
             "mark": None if row["value"] is not None else "suppressed", "status": "final", "source_row": 1}
            for one in world.observations for row in one.rows
        ],
        "stg_targets": [
            {**_of(one), **measure, "area_code": row["area"], "commitment_type": row["commitment"],
             "period_label": row["period"], "period_start": date(int(row["period"]), 4, 1),
             "target_value": row["target"], "state": row["state"], "partnership_code": row["partnership"],
             "organisation_code": row["organisation"], "source_row": 1}
            for one in world.targets for row in one.rows
        ],
        "stg_areas": [
            {**_of(one), "area_code": row["area"], "area_name": row["name"], "area_type": "small_area",
             "parent_code": row["parent"]}
            for one in world.areas for row in one.rows
        ],
        "stg_partnerships": [
            {**_of(one), "partnership_code": row["partnership"]}
            for one in world.duties for row in one.rows if not row["post"]
        ],
        "stg_responsibilities": [
            {**_of(one), **measure, "partnership_code": row["partnership"], "organisation_code": row["organisation"],
             "post": row["post"]}
            for one in world.duties for row in one.rows if row["post"]
        ],
        "stg_plans": [
            {**_of(one), "plan_code": row["plan"]} for one in world.plans for row in one.rows if not row["organisation"]
        ],
        "stg_plan_links": [
            {**_of(one), "indicator_code": "X", "plan_code": row["plan"], "organisation_code": row["organisation"]}
            for one in world.plans for row in one.rows if row["organisation"]
        ],
        "stg_corrections": [
            {**measure, "correction_code": one["code"], "feed": one["feed"], "area_code": one["area"],
             "period_label": "2008", "dimensions": "", "published_exactly": one["found"],
             "corrected_value": one["value"], "reason": "r", "decided_on": day(one["decided"])}
            for one in world.corrections
        ],
    }  # fmt: skip
    versions = [{**measure, "definition_version": 1, "valid_from": date(2008, 4, 1), "unit": "percent"}]
    if world.redefined is not None:
        versions.append({**versions[0], "definition_version": 2, "valid_from": day(world.redefined), "unit": "number"})
    return {**tables, "indicator_versions": versions}


def _of(delivery):
    return {
        "delivery_id": delivery.name, "feed": delivery.feed, "edition": "Illustrative data", "source_file": "f.csv",
        "known_from": day(delivery.known), "received_at": datetime.combine(day(delivery.received), datetime.min.time()),
    }  # fmt: skip


def literal(value):
    if value is None:
        return "null"
    return str(value) if isinstance(value, bool | int | float) else "'" + str(value).replace("'", "''") + "'"
