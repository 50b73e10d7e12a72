"""dbt, run inside this process.

Belongs here: parsing and building, and what came of each node. Does not belong here: what Dagster makes of it
(defs/warehouse.py) and the models (dbt_project).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestration.settings import Settings
from sources.landing import edition_of
from sources.parquet import literal

# A project this process has just read, by folder and variables: the build that follows need not read it again.
_PARSED: dict[tuple[Path, str], object] = {}
FAILED = frozenset({"error", "fail", "runtime error", "partial success"})


class DbtError(Exception):
    """dbt could not start or could not read the project."""


@dataclass(frozen=True)
class Outcome:
    """What came of one dbt node: status as dbt words it, its message, seconds, the SQL that ran (a seed has none)."""

    unique_id: str
    status: str
    message: str
    seconds: float
    sql: str = ""

    @property
    def failed(self) -> bool:
        """Whether this node stops the build."""
        return self.status in FAILED


def manifest(settings: Settings) -> dict:
    """Dbt's description of the project; parsed only when a project file is newer than the last one."""
    path = settings.dbt_target / "manifest.json"
    if not path.exists() or path.stat().st_mtime < _newest(settings.dbt_project):
        # with the variables of the build that follows: with others dbt would read the whole project again
        edition = edition_of(settings.home)
        _PARSED[settings.dbt_target, _variables(settings, edition)] = _invoke("parse", settings, edition=edition)
    return json.loads(path.read_text(encoding="utf-8"))


def build(settings: Settings, edition: str, on_node: Callable[[str], None] = lambda _: None) -> list[Outcome]:
    """Seeds, models and tests of the data into `settings.next_warehouse`; `on_node` hears each name as it is done.

    Unit tests are of the models, not of the data: they are left to `unit_tests`.

    Raises:
        DbtError: nothing could be run at all. A failed model or test is an Outcome instead.
    """

    def hear(event: object) -> None:
        if event.info.name == "NodeFinished":
            on_node(event.data.node_info.node_name)

    return _outcomes(
        _invoke("build", settings, "--exclude-resource-type", "unit_test", edition=edition, callbacks=[hear])
    )


def unit_tests(settings: Settings) -> list[Outcome]:
    """Every unit test of the models, against the tables of `settings.next_warehouse`, whose columns they borrow."""
    return _outcomes(_invoke("test", settings, "--select", "test_type:unit", edition=edition_of(settings.home)))


def _outcomes(results: object) -> list[Outcome]:
    return [
        Outcome(
            r.node.unique_id,
            str(r.status),
            r.message or "",
            r.execution_time,
            getattr(r.node, "compiled_code", "") or "",
        )
        for r in results.results
    ]


def _invoke(
    command: str, settings: Settings, *more: str, edition: str, callbacks: list[Callable] | None = None
) -> object:
    """Run one dbt command and let go of its database, which dbt would keep locked."""
    from dbt.cli.main import dbtRunner  # two seconds to import: only when it is used

    os.environ["HUB_WAREHOUSE"] = str(settings.next_warehouse)
    variables = _variables(settings, edition)
    arguments = [
        *(command, *more),
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project)),
        *("--target-path", str(settings.dbt_target), "--log-path", str(settings.dbt_logs)),
        *("--vars", variables),
        *("--log-level", "none", "--log-level-file", "info", "--no-send-anonymous-usage-stats"),
    ]
    try:
        parsed = _PARSED.pop((settings.dbt_target, variables), None)
        outcome = dbtRunner(parsed, callbacks or []).invoke(arguments)
    finally:
        _let_go()
    if outcome.exception or outcome.result is None:
        raise DbtError(f"dbt {command} did not run: {outcome.exception}")
    return outcome.result


def _variables(settings: Settings, edition: str) -> str:
    """The variables of the project, as dbt takes them."""
    as_at = {"as_at": settings.as_at.isoformat()} if settings.as_at else {}
    return json.dumps({"landing": literal(str(settings.landing)), "edition": edition, **as_at})


def _let_go() -> None:
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()


def _newest(project: Path) -> float:
    """When a file of the project last changed or went away (folders change when a file does)."""
    ours = (path for path in project.rglob("*") if not {"target", "logs"} & set(path.relative_to(project).parts))
    return max((path.stat().st_mtime for path in ours), default=0.0)
