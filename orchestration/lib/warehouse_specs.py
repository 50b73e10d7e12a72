"""dbt's manifest in Dagster's words.

Belongs here: which asset a node is, what it depends on, which check a test is. Does not belong here: running
dbt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

import dagster as dg

TABLES = ("seed", "model", "snapshot")
OWNERS = {"seed": "team:framework"}


def asset_key(node: dict) -> dg.AssetKey:
    """A node's asset: its schema and name, as in SQL."""
    return dg.AssetKey([node["schema"], node["name"]])


def table_nodes(manifest: dict) -> dict[str, dict]:
    """Nodes that become a table or view, by dbt's id."""
    return {i: node for i, node in manifest["nodes"].items() if node["resource_type"] in TABLES}


def asset_specs(manifest: dict, feeds: Iterable[dg.AssetKey]) -> list[dg.AssetSpec]:
    """One spec a table. A model that reads landed files (a dbt source) depends on every feed."""
    tables, feeds = table_nodes(manifest), list(feeds)
    specs = []
    for node in tables.values():
        parents = node.get("depends_on", {}).get("nodes", [])
        deps = [asset_key(tables[parent]) for parent in parents if parent in tables]
        if reads_landing(node):
            deps += feeds
        specs.append(
            dg.AssetSpec(
                asset_key(node),
                deps=deps,
                description=node["description"],
                group_name=group(node),
                kinds={"dbt", "duckdb"},
                owners=[OWNERS.get(node["resource_type"], "team:warehouse")],
                tags={"layer": node["schema"]},
                skippable=True,
                metadata={"dagster/column_schema": _columns(node), "file": node["original_file_path"]},
            )
        )
    return specs


def group(node: dict) -> str:
    """The part of the design a table is of: the seeds are the framework, a model is of its folder."""
    if node["resource_type"] == "seed":
        return "framework"
    return PurePosixPath(node["original_file_path"]).parent.name


def reads_landing(node: dict) -> bool:
    """Whether a node reads landed files, which are dbt's only sources."""
    return any(parent.startswith("source.") for parent in node.get("depends_on", {}).get("nodes", []))


def check_specs(manifest: dict) -> dict[str, dg.AssetCheckSpec]:
    """One check a dbt data test, by dbt's id, on the table the test is about."""
    tables = table_nodes(manifest)
    specs = {}
    for unique_id, test in test_nodes(manifest).items():
        table = tested(test, tables)
        if table is None:
            continue
        specs[unique_id] = dg.AssetCheckSpec(
            re.sub(r"\W", "_", test["name"]),
            asset=asset_key(tables[table]),
            description=_says(test),
        )
    return specs


def _says(test: dict) -> str | None:
    """What a test asks of its table, in Markdown: its own description, else its arguments."""
    arguments = test.get("test_metadata", {}).get("kwargs", {})
    lines = [f"- one row per {', '.join(arguments['grain'])}"] if "grain" in arguments else []
    lines += [f"- {name.replace('_', ' ')}: `{rule}`" for name, rule in arguments.get("rules", {}).items()]
    lines += [f"- {', '.join(link['columns'])}: in {_table(link['to'])}" for link in arguments.get("links", [])]
    return test.get("description") or "\n".join(lines) or None


def _table(reference: str) -> str:
    """The name in a dbt reference."""
    return re.sub(r"^ref\('(\w+)'\)$", r"\1", reference)


def test_nodes(manifest: dict) -> dict[str, dict]:
    """Tests of the data, by dbt's id; unit tests are of the code, and run where the code is tested."""
    return {i: node for i, node in manifest["nodes"].items() if node["resource_type"] == "test"}


def tested(test: dict, tables: dict[str, dict]) -> str | None:
    """Dbt's id of the table a test is about."""
    about = [test.get("attached_node"), *test["depends_on"]["nodes"]]
    return next((node for node in about if node in tables), None)


def _columns(node: dict) -> dg.TableSchema:
    return dg.TableSchema(
        columns=[
            dg.TableColumn(name, type=column.get("data_type") or "string", description=column.get("description"))
            for name, column in node["columns"].items()
        ]
    )
