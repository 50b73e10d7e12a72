"""The real roll-up models, as dbt compiled them, on the areas and figures of a small made-up country.

Belongs here: `Country`, and the models run on it. Does not belong here: drawing countries and what must hold
(test_rollups.py).
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from world_models import literal

MODELS = (
    "rollup_cover", "int_rollup_operand", "int_rollup_candidate", "int_rollup_figure", "rollup_area",
)  # fmt: skip
TABLES = {
    "seeds": ("area_covers", "derived_parts"),
    "marts": ("bridge_area_membership", "dim_area", "dim_indicator", "fct_observation_current"),
}
RULES = {"rate": ("ratio_of_sums", 100), "total": ("sum", None)}


@dataclass(frozen=True)
class Area:
    """One area: its region (or, for a district, its county), people, and (numerator, denominator) or None if hidden."""

    code: str
    kind: str
    parent: str
    people: int
    counts: tuple | None


@dataclass
class Country:
    """Regions by code, each with the region's areas."""

    areas: list = field(default_factory=list)

    @property
    def regions(self):
        """Codes of the regions."""
        return sorted({area.parent for area in self.areas if area.kind != "shire_district"})


class Rollups:
    """The compiled models on hand-made tables: `load` a country, then read rollup_area."""

    def __init__(self, warehouse: Path, compiled: Path):
        """Take the columns from a built warehouse, the kinds of area from its seeds, and the models' text."""
        self.con = duckdb.connect()
        self.con.execute("attach ':memory:' as build")
        for schema in ("seeds", "intermediate", "marts"):
            self.con.execute(f"create schema build.{schema}")
        self.con.execute(f"attach '{warehouse}' as built (read_only)")
        for schema, tables in TABLES.items():
            for table in tables:
                # the seeds as they are; of the rest only the columns
                rows = "" if table == "area_covers" else " limit 0"
                self.con.execute(f"create table build.{schema}.{table} as select * from built.{schema}.{table}{rows}")
        self.con.execute("detach built")
        self.sql = {
            path.stem: path.read_text() for path in compiled.rglob("*.sql")
            if path.stem in MODELS and path.parent.suffix != ".yml"
        }  # fmt: skip
        self.put("dim_indicator", [
            {"indicator_code": code, "part": "p", "definition_version": 1, "is_current": True, "aggregation_rule": rule,
             "per": per} for code, (rule, per) in RULES.items()
        ])  # fmt: skip

    def put(self, table, rows):
        """Fill a mart with rows, in the order they are given."""
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = ", ".join("(" + ", ".join(literal(row.get(name)) for name in names) + ")" for row in rows)
        self.con.execute(f"delete from build.marts.{table}")
        self.con.execute(f"insert into build.marts.{table} ({', '.join(names)}) values {lines}")

    def load(self, country, shuffle=lambda rows: rows):
        """Give the models a country, its rows in the order `shuffle` puts them; return roll-ups by area and code."""
        regions = [{"area_code": code, "area_type": "region"} for code in country.regions]
        areas = [
            {"area_code": a.code, "area_type": a.kind, "population_mid2008": a.people} for a in country.areas
        ]  # fmt: skip
        self.put("dim_area", shuffle([{"area_code": "E", "area_type": "country"}, *regions, *areas]))
        self.put("bridge_area_membership", shuffle(list(_memberships(country))))
        self.put("fct_observation_current", shuffle(list(_figures(country))))
        for model in MODELS:
            schema = "marts" if model.startswith("rollup") else "intermediate"
            self.con.execute(f"create or replace table build.{schema}.{model} as {self.sql[model]}")
        found = self.con.execute(
            "select area_code, indicator_code, value, numerator, denominator, areas_due, areas_reporting, "
            "population_share, cover, reason from build.marts.rollup_area"
        ).fetchall()
        assert len({row[:2] for row in found}) == len(found)
        return {row[:2]: row[2:] for row in found}


def _memberships(country):
    of_county = {area.code: area.parent for area in country.areas if area.kind == "county"}
    for area in country.areas:
        parents = {"region": area.parent}
        if area.kind == "shire_district":
            parents = {"county": area.parent, "region": of_county[area.parent]}
        for relation, parent in parents.items():
            yield {"child_code": area.code, "parent_code": parent, "relation": relation, "share": 1.0,
                   "is_current": True}  # fmt: skip


def _figures(country):
    for area in country.areas:
        top, bottom = area.counts or (None, None)
        common = {"area_code": area.code, "part": "p", "definition_version": 1, "period_label": "l",
                  "period_basis": "b", "dimensions": "", "mark": None if area.counts else "suppressed"}  # fmt: skip
        yield common | {"indicator_code": "rate", "numerator": top, "denominator": bottom,
                        "value": 100 * top / bottom if area.counts else None}  # fmt: skip
        yield common | {"indicator_code": "total", "value": top}
