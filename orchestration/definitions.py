"""The hub as Dagster sees it: feeds, warehouse and release as one graph.

Belongs here: putting the parts together. Does not belong here: the parts (defs/).
"""

from __future__ import annotations

import dagster as dg

from orchestration.defs.automation import automation
from orchestration.defs.feeds import feed_assets
from orchestration.defs.jobs import intake_jobs, release_jobs
from orchestration.defs.release import release_assets
from orchestration.defs.warehouse import warehouse_asset
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings

# One process takes a quarter of the time of one a step, and DuckDB has one writer anyway. A process a step keeps a step
# that runs out of memory from taking the others with it.
EXECUTORS = {"in_process": dg.in_process_executor, "multiprocess": dg.multiprocess_executor}


def after_landing(settings: Settings, watch: Watch = SILENT) -> list[dg.AssetsDefinition]:
    """The assets from the warehouse on: they work with whatever has landed."""
    warehouse = warehouse_asset(settings, watch)
    return [warehouse, *release_assets(settings, marts_of(warehouse), watch)]


def marts_of(warehouse: dg.AssetsDefinition) -> list[dg.AssetKey]:
    """The tables of the warehouse that are published."""
    return sorted((key for key in warehouse.keys if key.path[0] == "marts"), key=lambda key: key.path)


def definitions_for(settings: Settings) -> dg.Definitions:
    """Every asset, job, sensor and schedule for one home."""
    feeds, rest = feed_assets(settings), after_landing(settings)
    sensors, schedules = automation(settings)
    return dg.Definitions(
        assets=[*feeds, *rest],
        jobs=[*intake_jobs(settings, feeds), *release_jobs(rest)],
        sensors=sensors,
        schedules=schedules,
        executor=EXECUTORS[settings.executor],
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` loads: the home and the feeds folder come from HUB_HOME and HUB_FEEDS."""
    return definitions_for(Settings.from_env())
