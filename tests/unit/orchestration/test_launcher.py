import os
import subprocess

import dagster as dg
import pytest
from dagster._core.events import EngineEventData
from dagster._core.launcher import WorkerStatus

from orchestration.lib.launcher import OneMachine


@dg.job
def work():
    """Nothing."""


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as kept:
        yield kept


def health(instance, *processes):
    """What is said of a run that told of the processes it began, the last of which is its own."""
    launcher = OneMachine()
    launcher.register_instance(instance)
    run = instance.create_run_for_job(work, status=dg.DagsterRunStatus.STARTED)
    for process in processes:
        instance.report_engine_event("begun", run, EngineEventData.in_process(process))
    return launcher.check_run_worker_health(run).status


def test_a_run_whose_process_is_no_more_has_failed(instance):
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert health(instance) == WorkerStatus.RUNNING  # it has not said yet
    assert health(instance, os.getpid()) == WorkerStatus.RUNNING
    assert health(instance, os.getpid(), gone.pid) == WorkerStatus.FAILED
