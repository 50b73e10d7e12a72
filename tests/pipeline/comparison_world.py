"""The models of comparison, as dbt compiled them, on figures put in by hand.

Belongs here: filling what they read, running them, and asking them. Does not belong here: what must hold
(test_comparison.py).
"""

from pathlib import Path

import duckdb

INPUTS = {
    "seeds": ("areas", "interval_exceptions", "peer_sets", "peer_variables"),
    "marts": ("fct_observation_current", "latest_observation", "dim_indicator", "rollup_region", "peer"),
}
MODELS = (
    ("intermediate", "int_comparison_area"),
    ("intermediate", "int_comparison_figure"),
    ("intermediate", "int_comparison_subject"),
    ("intermediate", "int_comparator_figure"),
    ("intermediate", "int_comparison_rank"),
    ("marts", "comparison"),
)
LATEST = ("area_code", "indicator_code", "part", "definition_version", "period_label", "period_basis")
PEERS = "open_peers"


class ComparisonWorld:
    """Empty tables with the columns of a built warehouse; `compare` fills them and returns `comparison` as a frame."""

    def __init__(self, warehouse: Path, compiled: Path):
        """Take the columns from the warehouse and the text of the models from the folder of compiled ones."""
        self.con = duckdb.connect()
        self.con.execute("set threads = 1")
        self.con.execute(f"attach '{warehouse}' as built (read_only)")
        self.con.execute("attach ':memory:' as build")
        for schema in ("seeds", "intermediate", "marts"):
            self.con.execute(f"create schema build.{schema}")
        for schema, tables in INPUTS.items():
            for table in tables:
                self.con.execute(f"create table build.{schema}.{table} as from built.{schema}.{table} limit 0")
        self.con.execute("detach built")
        self.con.execute(f"insert into build.seeds.peer_sets (peer_set) values ('{PEERS}')")
        texts = {path.stem: path for path in compiled.rglob("*.sql") if path.parent.suffix != ".yml"}
        self.sql = {name: texts[name].read_text() for _, name in MODELS}

    def put(self, table: str, frame) -> None:
        """Replace the rows of an input by those of a frame, in its order; columns it has not are null."""
        self.con.execute(f"delete from build.{table}")
        self.con.register("given", frame)
        self.con.execute(f"insert into build.{table} by name from given")
        self.con.unregister("given")

    def compare(self, areas, indicators, observations, peers=None):
        """Run the models on areas, indicators, current observations (each the latest of its area) and peers."""
        latest = observations[list(LATEST)]
        for table, frame in (
            ("seeds.areas", areas),
            ("marts.dim_indicator", indicators),
            ("marts.fct_observation_current", observations),
            ("marts.latest_observation", latest),
            ("marts.peer", peers),
        ):
            if frame is not None:
                self.put(table, frame)
        for schema, name in MODELS:
            kind = "table" if name not in ("int_comparison_area", "int_comparison_rank") else "view"
            self.con.execute(f"create or replace {kind} build.{schema}.{name} as {self.sql[name]}")
        return self.con.execute("from build.marts.comparison order by indicator_code, part, area_code, comparator").df()
