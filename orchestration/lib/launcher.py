"""Starts the runs of the daemon as Dagster does by itself, and notices when the machine went down under one.

Belongs here: whether the process of a run is still there. Does not belong here: what is done about a run that broke off
(dagster.yaml: it is started again), or how often that is looked for.
"""

import os

from dagster import DagsterEventType, DagsterRun, DefaultRunLauncher
from dagster._core.launcher import CheckRunHealthResult, WorkerStatus


class OneMachine(DefaultRunLauncher):
    """Dagster's own launcher for a hub whose daemon and runs share one machine.

    A run killed by itself is noticed by the server that began it. When all went down together nobody is left to notice:
    the run would be under way for ever, and every other one would wait for it.
    """

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Runs are looked after (dagster.yaml: run_monitoring)."""
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Whether the process that a run said it began is there."""
        told = self._instance.all_logs(run.run_id, of_type=DagsterEventType.ENGINE_EVENT)
        data = [entry.dagster_event.engine_event_data for entry in told if entry.dagster_event]
        processes = [int(found.metadata["pid"].value) for found in data if "pid" in found.metadata]
        if processes and not _lives(processes[-1]):
            return CheckRunHealthResult(WorkerStatus.FAILED, f"process {processes[-1]} is no more")
        return CheckRunHealthResult(WorkerStatus.RUNNING)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, under another user
        return True
    return True
