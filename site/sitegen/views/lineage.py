"""Lineage pages: for every table how it was made, column by column, with its SQL and its tests.

Belongs here: following columns and tables back and forth. Does not belong here: single figures (proof.py).
"""

from collections.abc import Iterator
from functools import partial

from sitegen import words
from sitegen.hub import Hub
from sitegen.views import Page

LAYERS = {
    "marts": "Marts: the published tables",
    "intermediate": "Intermediate: one step each",
    "staging": "Staging: deliveries as landed",
    "seeds": "Seeds: the framework and its rules, as rows",
}
ORIGINS = ("landing", "seeds")


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the list of tables and a page for each that is made by SQL."""
    listed = [
        {
            "title": title,
            "id": layer,
            "rows": [_named(hub, row.layer, row.model) for row in hub.models.values() if row.layer == layer],
        }
        for layer, title in LAYERS.items()
    ]
    yield Page(
        "lineage_index",
        "lineage/index.html",
        "lineages.html",
        {"layers": listed},
        rows=list(hub.models.values()),
        columns=("model", "layer", "description", "file"),
    )
    for row in hub.models.values():
        if row.sql:
            yield Page(
                "lineage",
                hub.links.model(row.model),
                "lineage.html",
                partial(context, hub, row),
                rows=columns_of(hub, row.model),
            )


def columns_of(hub: Hub, model: str) -> list:
    """Each column of a table with every column it comes from."""
    return [row for (name, _), rows in hub.column_sources.items() if name == model for row in rows]


def context(hub: Hub, model) -> dict:
    """Collect all that one table's page shows."""
    above = ancestors(hub, model)
    return {
        "model": model,
        "layer": LAYERS.get(model.layer, words.words(model.layer)).partition(":")[0],
        "description": model.description,
        "columns": columns(hub, model),
        "upstream": [_named(hub, *name.split(".", 1)) for name in parents(model)],
        "downstream": [
            _named(hub, row.layer, row.model)
            for row in hub.models.values()
            if f"{model.layer}.{model.model}" in parents(row)
        ],
        "tests": [
            {"name": words.words(row.test),
             "status": {"pass": "Passed", "warn": "Warned"}.get(row.status, words.words(row.status))}
            for row in hub.tests.get(model.model, [])
        ],
        "above": [{"name": row.model, "path": hub.links.model(row.model), "sql": row.sql} for row in above],
    }  # fmt: skip


def parents(model) -> list[str]:
    """What a table reads, as layer.name."""
    return [name for name in (model.upstream or "").split(", ") if name]


def ancestors(hub: Hub, model) -> list:
    """Every model between a table and the landed files, nearest first."""
    found: dict[str, object] = {}
    waiting = parents(model)
    while waiting:
        name = waiting.pop(0).split(".", 1)[1]
        row = hub.models.get(name)
        if row is not None and row.sql and name not in found:
            found[name] = row
            waiting += parents(row)
    return list(found.values())


def columns(hub: Hub, model) -> list[dict]:
    """Each column: what it holds, what it is worked out from, and what that was first read from."""
    described = {row.column_name: row for row in hub.columns.get(model.model, [])} if model.layer == "marts" else {}
    traced = [column for name, column in hub.column_sources if name == model.model]
    traced += sorted(read_elsewhere(hub).get(model.model, ()))
    return [
        {
            "name": name,
            "type": described[name].data_type if name in described else "",
            "comment": (described[name].comment or "") if name in described else "",
            "sources": [
                {"column": f"{row.source_model}.{row.source_column}", **_named(hub, row.source_layer, row.source_model)}
                for row in hub.column_sources.get((model.model, name), [])
            ],
            "origins": sorted(f"{layer}.{table}.{column}" for layer, table, column in origins(hub, model.model, name)),
        }
        for name in dict.fromkeys([*described, *traced])
    ]


def read_elsewhere(hub: Hub) -> dict[str, set[str]]:
    """The columns of each table that another one reads, those worked out from no column among them; found once."""
    cache = hub.__dict__.setdefault("_read_elsewhere", {})
    if not cache:
        for rows in hub.column_sources.values():
            for row in rows:
                cache.setdefault(row.source_model, set()).add(row.source_column)
    return cache


def origins(hub: Hub, model: str, column: str) -> frozenset[tuple[str, str, str]]:
    """The columns of deliveries and seeds that a column rests on in the end; found once a build."""
    cache = hub.__dict__.setdefault("_origins", {})
    if (model, column) not in cache:
        cache[model, column] = frozenset().union(
            *(
                {(row.source_layer, row.source_model, row.source_column)}
                if row.source_layer in ORIGINS
                else origins(hub, row.source_model, row.source_column)
                for row in hub.column_sources.get((model, column), [])
            )
        )
    return cache[model, column]


def _named(hub: Hub, layer: str, name: str) -> dict:
    """A table with the address of its page, if it has one."""
    row = hub.models.get(name)
    return {
        "name": name,
        "layer": layer,
        "path": hub.links.model(name) if row is not None and row.sql else None,
        "description": row.description if row is not None else "",
    }
