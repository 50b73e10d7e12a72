"""What each model is made of: its SQL as it ran, its tests, and the columns every column comes from.

Belongs here: dbt's manifest and outcomes as rows, and lineage by sqlglot. Does not belong here: running dbt
(dbt.py), publishing (marts.py), pages (site/sitegen).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from orchestration.lib.dbt import Outcome
from sources.parquet import COLUMNS, literal

if TYPE_CHECKING:  # reading its package takes longer than most of what is done here
    from sqlglot.schema import Schema

LANDED = re.compile(r"read_parquet\(\s*'landing/(\w+)/[^)]*\)")
Columns = dict[str, dict[str, dict[str, str]]]  # schema -> table -> column -> type
TABLES = {
    "lineage_model": "How each table was made. Grain: one row per seed and model.",
    "lineage_column": "The columns each column is worked out from, one step back. Grain: one row per pair of columns.",
    "lineage_test": "The tests a release passed before it was published. Grain: one row per test.",
}
COLUMNS_OF = {
    "lineage_model": {
        "model": "Name of the table, view or seed.",
        "layer": "seeds, staging, intermediate or marts; only the marts are published.",
        "description": "What it holds, and its grain.",
        "file": "Where it stands in the code.",
        "upstream": "What it reads, as layer.name, joined by commas; landing holds the deliveries as read.",
        "sql": "Its SQL as it ran; empty for a seed.",
    },
    "lineage_column": {
        "model": "Model the column is of (see lineage_model).",
        "column_name": "Name of the column.",
        "source_layer": "Layer of the table it is worked out from.",
        "source_model": "Name of that table.",
        "source_column": "Name of its column.",
    },
    "lineage_test": {
        "model": "Model the test is about (see lineage_model).",
        "test": "Name of the test.",
        "status": "pass or warn; nothing is published when a test fails.",
    },
}


def describe(manifest: dict, outcomes: Iterable[Outcome], landing: Path) -> list[dict]:
    """Seeds, models and their tests as they were built, with dbt's seconds, in dbt's order; fit for JSON.

    Paths of this machine are taken out of the SQL: landed files are named from `landing/` on.
    """
    from orchestration.lib.warehouse_specs import table_nodes  # dagster: not needed to read what was described

    came = {outcome.unique_id: outcome for outcome in outcomes}
    tables = table_nodes(manifest)
    tests = _tests(manifest, tables, came)
    return [
        {
            "layer": node["schema"],
            "model": node["name"],
            "description": " ".join(node["description"].split()),
            "file": node["original_file_path"],
            "upstream": sorted(_upstream(node, tables)),
            "sql": _portable(came[unique_id].sql, landing) if unique_id in came else "",
            "seconds": came[unique_id].seconds if unique_id in came else None,
            "tests": tests.get(unique_id, []),
        }
        for unique_id, node in tables.items()
    ]


def _upstream(node: dict, tables: dict[str, dict]) -> set[str]:
    """What a node reads, as `layer.name`; landed files are of the layer `landing`."""
    parents = node.get("depends_on", {}).get("nodes", [])
    landed = {f"landing.{parent.rsplit('.', 1)[1]}" for parent in parents if parent.startswith("source.")}
    return landed | {f"{tables[i]['schema']}.{tables[i]['name']}" for i in parents if i in tables}


def _tests(manifest: dict, tables: dict[str, dict], came: dict[str, Outcome]) -> dict[str, list[dict]]:
    """Tests with their outcome, by the id of the table they are about."""
    from orchestration.lib.warehouse_specs import test_nodes, tested

    found: dict[str, list[dict]] = {}
    for unique_id, test in test_nodes(manifest).items():
        table = tested(test, tables)
        if table and unique_id in came:
            outcome = came[unique_id]
            status = {"success": "pass"}.get(outcome.status, outcome.status)
            of_table = found.setdefault(table, [])
            of_table.append({"test": test["name"], "status": status, "seconds": outcome.seconds})
    return {table: sorted(rows, key=lambda row: row["test"]) for table, rows in found.items()}


def _portable(sql: str, landing: Path) -> str:
    return sql.replace(literal(str(landing)).replace("'", "''"), "landing").strip()


def beside(warehouse: Path) -> Path:
    """Where the description of a warehouse is kept."""
    return warehouse.with_name("models.json")


def write(models: list[dict], path: Path) -> None:
    """Keep the description of a warehouse."""
    path.write_text(json.dumps(models, ensure_ascii=False, indent=1), encoding="utf-8")


def read(path: Path) -> list[dict]:
    """The description of a warehouse; empty when an older hub built it."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def tables(models: list[dict], columns: Columns) -> dict[str, pd.DataFrame]:
    """The description as published tables (see TABLES); `columns` is the warehouse's catalogue."""
    from sqlglot.schema import MappingSchema

    # read once for all models: each of them would go through every column again
    schema = MappingSchema({"build": {**columns, "landing": COLUMNS}}, dialect="duckdb")
    rows = {
        "lineage_model": [{**row, "upstream": ", ".join(row["upstream"])} for row in models],
        "lineage_column": [
            dict(zip(COLUMNS_OF["lineage_column"], (row["model"], column, *source), strict=True))
            for row in models
            if row["sql"]
            for column, found in column_sources(row["sql"], schema).items()
            for source in sorted(found)
        ],
        "lineage_test": [{"model": row["model"], **test} for row in models for test in row["tests"]],
    }
    frames = {name: pd.DataFrame(rows[name], columns=list(said), dtype="str") for name, said in COLUMNS_OF.items()}
    return {name: frame.where(frame != "") for name, frame in frames.items()}


def column_sources(sql: str, schema: dict | Schema) -> dict[str, set[tuple[str, str, str]]]:
    """The (layer, table, column) each column of a query is worked out from; empty for a constant or a count.

    Conditions of a case count, joins and filters do not: they choose rows, not what stands in them. `schema` is
    database -> layer -> table -> column -> type, plain or as sqlglot keeps it. All columns are walked at once: one by
    one takes ten times as long.
    """
    from sqlglot import exp
    from sqlglot.lineage import lineage

    query = LANDED.sub(r'"build"."landing"."\1"', sql)
    nodes = lineage(None, query, schema, dialect="duckdb", trim_selects=False)
    return {
        column: {
            (node.expression.db, node.expression.name, node.name.rsplit(".", 1)[-1])
            for node in top.walk()
            if isinstance(node.expression, exp.Table)
        }
        for column, top in nodes.items()
    }
