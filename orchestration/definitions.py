"""The hub as Dagster sees it: feeds, warehouse and release as one graph.

Belongs here: putting the parts together. Does not belong here: the parts (defs/).
"""

from __future__ import annotations

import dagster as dg

from orchestration.defs.after_landing import after_landing
from orchestration.defs.automation import automation
from orchestration.defs.feeds import feed_assets
from orchestration.defs.jobs import intake_jobs, release_jobs
from orchestration.settings import Settings

# One process takes a quarter of the time of one a step, and DuckDB has one writer anyway. A process a step keeps a step
# that runs out of memory from taking the others with it.
EXECUTORS = {"in_process": dg.in_process_executor, "multiprocess": dg.multiprocess_executor}


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
