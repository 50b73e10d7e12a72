"""Which columns a table's columns are made of, for the Dagster UI.

Belongs here: the lineage that the last release published, in Dagster's words. Does not belong here: working it out
(lineage.py): that takes seconds, and is done once a release.
"""

from __future__ import annotations

from collections import defaultdict

import dagster as dg

from orchestration.settings import Settings

LAST = """
    select model, column_name, source_layer, source_model, source_column from marts.lineage_column
    where source_layer in ('seeds', 'staging', 'intermediate', 'marts') and source_model is not null order by all"""
SQL = "select model, sql from marts.lineage_model"


def of_last_release(settings: Settings, models: list[dict]) -> dict[str, dg.TableColumnLineage]:
    """The lineage of each of `models` (see lineage.describe) whose SQL is still what the last release ran, by name."""
    import duckdb

    public = settings.published / "hub.duckdb"
    if not public.exists():
        return {}
    with duckdb.connect(str(public), read_only=True) as con:
        ran, columns = dict(con.execute(SQL).fetchall()), con.execute(LAST).fetchall()
    same = {model["model"] for model in models if model["sql"] and model["sql"] == ran.get(model["model"])}
    found: dict[str, dict[str, list[dg.TableColumnDep]]] = defaultdict(lambda: defaultdict(list))
    for model, column, layer, source, of in columns:
        if model in same:
            found[model][column].append(dg.TableColumnDep(dg.AssetKey([layer, source]), of))
    return {model: dg.TableColumnLineage(deps) for model, deps in found.items()}
