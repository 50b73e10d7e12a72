"""dbt, run inside this process.

Belongs here: parsing and building, and what came of each node. Does not belong here: what Dagster makes of it
(defs/warehouse.py) and the models (dbt_project).
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from orchestration.lib.locks import only_one
from orchestration.settings import Settings
from sources.landing import ILLUSTRATIVE, edition_of
from sources.parquet import literal

READ = "partial_parse.msgpack"  # dbt's own name for it
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
    """Dbt's description of the project; read anew only when a project file is newer than the last one."""
    return json.loads((_read(settings, edition_of(settings.home)) / "manifest.json").read_text(encoding="utf-8"))


def build(settings: Settings, edition: str, on_node: Callable[[str], None] = lambda _: None) -> list[Outcome]:
    """Seeds, models and tests of the data into `settings.next_warehouse`; `on_node` hears each name as it is done.

    Unit tests are of the models, not of the data: they are left to `unit_tests`.

    Raises:
        DbtError: nothing could be run at all. A failed model or test is an Outcome instead.
    """

    def hear(event: object) -> None:
        if event.info.name == "NodeFinished":
            on_node(event.data.node_info.node_name)

    return _run("build", settings, "--exclude-resource-type", "unit_test", edition=edition, callbacks=[hear])


def unit_tests(settings: Settings) -> list[Outcome]:
    """Every unit test of the models, against the tables of `settings.next_warehouse`, whose columns they borrow."""
    return _run("test", settings, "--select", "test_type:unit", edition=edition_of(settings.home))


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


def _read(settings: Settings, edition: str) -> Path:
    """The folder of what dbt has read of the project: manifest.json for us, and its own object for its next command.

    It lies with the project and not with a home, for it is the same for all: reading takes ten seconds, and this half
    of one. Edition and day are apart, because a model's configuration may follow them.
    """
    told = f"{edition} {settings.as_at or ''} dbt {version('dbt-core')} python {sys.version_info.minor}"
    folder = settings.dbt_project / "target" / re.sub(r"\W+", "-", told)
    with only_one(folder, "reading"):
        whole = folder / "read"  # set last: a file cut short by a kill is never taken for a project
        if not whole.exists() or whole.stat().st_mtime < _newest(settings.dbt_project):
            _invoke("parse", settings, "--target-path", str(folder), edition=edition)
            whole.touch()
    return folder


def _run(
    command: str, settings: Settings, *more: str, edition: str, callbacks: list[Callable] | None = None
) -> list[Outcome]:
    """Run a dbt command on the project as it was read."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    read = Manifest.from_msgpack((_read(settings, edition) / READ).read_bytes(), decoder=extended_mashumuro_decoder)
    read.build_parent_and_child_maps()
    gc.freeze()  # it stays to the end, so nothing need look for garbage in it
    more = (*more, "--target-path", str(settings.dbt_target))
    try:
        return _outcomes(_invoke(command, settings, *more, edition=edition, read=read, callbacks=callbacks))
    finally:
        gc.unfreeze()


def _invoke(
    command: str,
    settings: Settings,
    *more: str,
    edition: str,
    read: object = None,
    callbacks: list[Callable] | None = None,
) -> object:
    """Run one dbt command, on what was `read` of the project if it was; dbt then lets go of its database."""
    from dbt.cli.main import dbtRunner  # two seconds to import: only when it is used

    _hear_only_what_matters()
    os.environ["HUB_WAREHOUSE"] = str(settings.next_warehouse)
    arguments = [
        *(command, *more),
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project)),
        *("--vars", _variables(settings, edition)),
        # what came of a node is an Outcome; a log of dbt's own scrubs each of its 9,000 lines, for a tenth of the time
        *("--log-level", "none", "--log-level-file", "none", "--no-send-anonymous-usage-stats"),
        *(() if command == "parse" else ("--no-write-json",)),  # nor a manifest: the one it read is there already
    ]
    try:
        outcome = dbtRunner(read, callbacks or []).invoke(arguments)
    finally:
        _let_go()
    if outcome.exception or outcome.result is None:
        raise DbtError(f"dbt {command} did not run: {outcome.exception}")
    return outcome.result


def _hear_only_what_matters() -> None:
    """Let go of dbt's debug events unread, but for the end of a node: 25 a node, and nobody listens."""
    from dbt_common.events.base_types import BaseEvent, EventLevel
    from dbt_common.events.event_manager import EventManager
    from dbt_common.events.event_manager_client import ctx_set_event_manager

    class Heard(EventManager):
        def fire_event(self, e: BaseEvent, level: EventLevel | None = None, *more: object, **named: object) -> None:
            if (level or e.level_tag()) != EventLevel.DEBUG or type(e).__name__ == "NodeFinished":
                super().fire_event(e, level, *more, **named)

    ctx_set_event_manager(Heard())


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


if __name__ == "__main__":  # at set-up, so that the first build need not
    _read(Settings.from_env(), ILLUSTRATIVE)
