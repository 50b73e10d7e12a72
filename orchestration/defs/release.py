"""The release: the public copy of the marts, then the pages made from it, shown together.

Belongs here: the two last assets. Does not belong here: copying (lib/marts.py), swapping (lib/releases.py),
pages (site/sitegen).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import dagster as dg

from orchestration.lib import releases
from orchestration.lib.locks import only_one
from orchestration.lib.reports import markdown_table
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from sources.archive import NotKept

DATA = dg.AssetKey(["release", "data"])
SITE = dg.AssetKey(["release", "site"])
ABOUT = {
    "owners": ["team:publication"],
    "tags": {"layer": "release"},
    "pool": "release",
    "metadata": {"runbook": dg.MetadataValue.path("docs/operate.md")},
}


def release_assets(
    settings: Settings, tables: Iterable[dg.AssetKey], watch: Watch = SILENT
) -> list[dg.AssetsDefinition]:
    """The data and the pages of a release; `tables` are the marts it is made from."""

    @dg.asset(key=DATA, deps=list(tables), group_name="publish", kinds={"duckdb", "csv", "parquet"}, **ABOUT)
    def data() -> dg.MaterializeResult:
        """The marts as one DuckDB file, CSV and Parquet beside it; shown once its pages are made."""
        from orchestration.lib import manifest, marts

        with only_one(settings.home, "release"):
            folder = releases.begin(settings)
            rows = marts.copy_marts(settings.warehouse, folder, watch)
            manifest.note_code(folder)
            ready = releases.set_ready(settings)
        return dg.MaterializeResult(
            metadata={"tables": len(rows), "rows": sum(rows.values()), "bytes": _bytes([ready / "hub.duckdb"])}
        )

    @dg.asset(key=SITE, deps=[DATA], group_name="site", kinds={"html"}, **ABOUT)
    def site() -> dg.MaterializeResult:
        """The reporting site, made from the release's own data; making it shows both with one swap."""
        from orchestration.lib import frozen, pages  # templates and what they need: not needed to show the graph
        from sitegen import NotMade

        with only_one(settings.home, "release"):
            folder = releases.ready(settings)
            try:
                made = pages.make(folder, frozen=frozen.every(settings), before=releases.current(settings), watch=watch)
            except NotMade as problem:
                raise dg.Failure(f"The site was not made: {problem}") from None
            try:
                shown = releases.show(settings)
            except NotKept as problem:
                raise dg.Failure(str(problem)) from None
        return dg.MaterializeResult(
            metadata={
                "release": shown.name,
                "pages": len(html := list((shown / "site").rglob("*.html"))),
                "bytes": _bytes(html),
                **{f"files_{done}": made.pop(done, 0) for done in ("written", "kept")},
                "made": dg.MetadataValue.md(markdown_table({"kind": kind, "count": made[kind]} for kind in made)),
            }
        )

    return [data, site]


def _bytes(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)
