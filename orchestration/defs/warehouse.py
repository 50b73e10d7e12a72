"""The warehouse: one multi_asset over every dbt seed and model, its tests as asset checks.

Belongs here: one whole rebuild and what Dagster hears of it. Does not belong here: SQL (dbt_project).
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import dagster as dg
import duckdb
from pydantic import Field

from orchestration.defs.feeds import feed_key
from orchestration.lib import column_lineage, dbt, deliveries, lineage
from orchestration.lib import warehouse_specs as specs
from orchestration.lib.locks import only_one
from orchestration.lib.reports import markdown_table
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from sources import landing
from sources.registry import load_feeds

ROWS_SHOWN = 5  # of those a test found fault with


class Knowledge(dg.Config):
    """Which day's knowledge a warehouse holds."""

    as_at: str = Field(
        default="", description="A day, YYYY-MM-DD: only what was known by its end. Empty: all that is known."
    )

    def day(self) -> date | None:
        """The day, or None for all that is known.

        Raises:
            dg.Failure: it is no day.
        """
        try:
            return date.fromisoformat(self.as_at) if self.as_at else None
        except ValueError:
            raise dg.Failure(f"{self.as_at!r} is not a day written as YYYY-MM-DD.", allow_retries=False) from None


def warehouse_asset(settings: Settings, watch: Watch = SILENT) -> dg.AssetsDefinition:
    """Rebuild the warehouse beside the last good one, and put it in its place when every test passed."""
    manifest = dbt.manifest(settings)
    checks = specs.check_specs(manifest)

    @dg.multi_asset(
        name="warehouse",
        pool="warehouse",
        specs=specs.asset_specs(manifest, map(feed_key, load_feeds())),
        check_specs=list(checks.values()),
    )
    def warehouse(
        context: dg.AssetExecutionContext, config: Knowledge
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        known = replace(settings, as_at=config.day() or settings.as_at)
        if nothing := deliveries.nothing_known(known):
            raise dg.Failure(nothing, allow_retries=False)
        with only_one(settings.home, "warehouse"):
            landed = deliveries.fingerprint(settings)  # what lands from here on is for the next one
            outcomes = _rebuild(known, len(specs.table_nodes(manifest)) + len(checks), watch)
            failed = [outcome for outcome in outcomes if outcome.failed]
            found = _found(settings, outcomes)
            described = lineage.describe(manifest, outcomes, settings.landing)
            # kept instances are for people to look at; the one of `hub build` is forgotten
            shown = {} if context.instance.is_ephemeral else column_lineage.of_last_release(settings, described)
            yield from _events(outcomes, manifest, checks, _row_counts(settings), found, shown)
            for outcome in failed:
                context.log.error("%s: %s", outcome.unique_id, outcome.message)
            if failed:
                raise dg.Failure(_sentence(failed, found), allow_retries=False)
            lineage.write(described, lineage.beside(settings.warehouse))
            settings.next_warehouse.replace(settings.warehouse)
            deliveries.note_built(settings, landed)

    return warehouse


def _rebuild(settings: Settings, nodes: int, watch: Watch) -> list[dbt.Outcome]:
    edition = landing.edition_of(settings.home)
    landing.prepare(settings.home)
    shutil.rmtree(settings.next_warehouse.parent, ignore_errors=True)
    settings.next_warehouse.parent.mkdir(parents=True)
    watch.expect(nodes)
    return dbt.build(settings, edition, watch.advance)


def _events(
    outcomes: list[dbt.Outcome],
    manifest: dict,
    checks: dict[str, dg.AssetCheckSpec],
    rows: dict[tuple[str, str], int],
    found: dict[str, list[dict[str, object]]],
    columns: dict[str, dg.TableColumnLineage],
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    tables = specs.table_nodes(manifest)
    for outcome in outcomes:
        if outcome.unique_id in tables and outcome.status == "success":
            node = tables[outcome.unique_id]
            count = rows.get((node["schema"], node["name"]))
            metadata = {"seconds": round(outcome.seconds, 3)}
            if count is not None:
                metadata["dagster/row_count"] = count
            if node["name"] in columns:
                metadata["dagster/column_lineage"] = columns[node["name"]]
            yield dg.MaterializeResult(specs.asset_key(node), metadata=metadata)
    for outcome in outcomes:
        if outcome.unique_id in checks and outcome.status != "skipped":
            check = checks[outcome.unique_id]
            level = dg.AssetCheckSeverity.WARN if outcome.status == "warn" else dg.AssetCheckSeverity.ERROR
            yield dg.AssetCheckResult(
                asset_key=check.asset_key,
                check_name=check.name,
                passed=outcome.status in ("pass", "success"),
                severity=level,
                metadata={
                    "status": outcome.status,
                    "message": outcome.message or "none",
                    "found": dg.MetadataValue.md(markdown_table(found.get(outcome.unique_id, []))),
                },
            )


def _found(settings: Settings, outcomes: list[dbt.Outcome]) -> dict[str, list[dict[str, object]]]:
    """The first rows that each test found fault with, by dbt's id."""
    wrong = [o for o in outcomes if o.unique_id.startswith("test.") and o.status in ("fail", "warn")]
    if not wrong:
        return {}
    rows = {}
    with duckdb.connect(str(settings.next_warehouse)) as con:
        for outcome in wrong:
            first = con.execute(f"FROM ({outcome.sql}) ORDER BY ALL LIMIT {ROWS_SHOWN}")
            columns = [column for column, *_ in first.description]
            rows[outcome.unique_id] = [dict(zip(columns, row, strict=True)) for row in first.fetchall()]
    return rows


def _row_counts(settings: Settings) -> dict[tuple[str, str], int]:
    """Rows of each table (not of views, which would have to be computed); empty when dbt made no database."""
    if not settings.next_warehouse.exists():
        return {}
    with duckdb.connect(str(settings.next_warehouse)) as con:
        names = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        counts = {
            (schema, name): con.execute(f'SELECT count(*) FROM "{schema}"."{name}"').fetchone()[0]
            for schema, name in names
        }
        con.execute("CHECKPOINT")
    return counts


def _sentence(failed: list[dbt.Outcome], found: dict[str, list[dict[str, object]]]) -> str:
    shown = "; ".join(_why(outcome, found.get(outcome.unique_id, [])) for outcome in failed[:10])
    more = f"; and {len(failed) - 10} more" if len(failed) > 10 else ""
    return f"{len(failed)} dbt nodes failed, so the last good warehouse stays: {shown}{more}"


def _why(outcome: dbt.Outcome, rows: list[dict[str, object]]) -> str:
    first = ", ".join(f"{column} {value}" for column, value in rows[0].items() if value is not None) if rows else ""
    return f"{outcome.unique_id}: {' '.join(outcome.message.split())}" + (f" (the first: {first})" if first else "")
