"""The release: the public copy of the marts, then the pages made from it, shown together.

Belongs here: the two last assets. Does not belong here: copying (lib/marts.py), swapping (lib/releases.py),
pages (site/sitegen).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import dagster as dg

import sitegen
from orchestration.lib import frozen, manifest, marts, releases
from orchestration.lib.locks import only_one
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings

DATA = dg.AssetKey(["release", "data"])
SITE = dg.AssetKey(["release", "site"])


def release_assets(
    settings: Settings, tables: Iterable[dg.AssetKey], watch: Watch = SILENT
) -> list[dg.AssetsDefinition]:
    """The data and the pages of a release; `tables` are the marts it is made from."""

    @dg.asset(key=DATA, deps=list(tables), group_name="release", kinds={"duckdb", "csv", "parquet"})
    def data() -> dg.MaterializeResult:
        """The marts as one DuckDB file, CSV and Parquet beside it; shown once its pages are made."""
        with only_one(settings.home, "release"):
            folder = releases.begin(settings)
            rows = marts.copy_marts(settings.warehouse, folder, watch)
            manifest.note_code(folder)
            ready = releases.set_ready(settings)
        return dg.MaterializeResult(
            metadata={"tables": len(rows), "rows": sum(rows.values()), "bytes": _bytes([ready / "hub.duckdb"])}
        )

    @dg.asset(key=SITE, deps=[DATA], group_name="release", kinds={"html"})
    def site() -> dg.MaterializeResult:
        """The reporting site, made from the release's own data; making it shows both with one swap."""
        with only_one(settings.home, "release"):
            folder = releases.ready(settings)
            pages = folder / "site"
            shutil.rmtree(pages, ignore_errors=True)
            pages.mkdir()
            made = sitegen.build(folder / "hub.duckdb", pages, frozen=frozen.every(settings), progress=_relay(watch))
            shown = releases.show(settings)
        return dg.MaterializeResult(
            metadata={
                "release": shown.name,
                "pages": len(html := list((shown / "site").rglob("*.html"))),
                "bytes": _bytes(html),
                **{f"made_{kind}": count for kind, count in made.items()},
            }
        )

    return [data, site]


def _relay(watch: Watch) -> Callable[[str, int, int], None]:
    """The site builder's way of telling its progress, told to the watch."""

    def hear(stage: str, done: int, total: int) -> None:
        watch.expect(total)
        watch.advance(stage, done)

    return hear


def _bytes(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)
