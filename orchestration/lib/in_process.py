"""Materialise assets in this process, without Dagster's own log on the terminal.

Belongs here: one run and what came of it, in plain values. Does not belong here: which assets, and how a
person is told.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import dagster as dg

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Run:
    """What came of one run: metadata by asset, checks by outcome, what broke in words.

    A failed blocking check is no breakage here: it is counted among `checks`, and its own report says what is
    wrong.
    """

    made: dict[dg.AssetKey, dict[str, object]]
    checks: Counter = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def materialise(assets: Sequence[dg.AssetsDefinition]) -> Run:
    """Run `assets` in order, going on past what fails, in an instance that is forgotten afterwards."""
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    with dg.DagsterInstance.ephemeral() as instance:
        _forget(instance.event_log_storage)
        result = dg.materialize(assets, instance=instance, raise_on_error=False, run_config=QUIET)
    made = {
        event.asset_key: {name: value.value for name, value in event.materialization.metadata.items()}
        for event in result.get_asset_materialization_events()
    }
    checks = Counter(_outcome(check) for check in result.get_asset_check_evaluations())
    return Run(made, checks, [_why(event) for event in result.all_events if broke(event)])


def _forget(events: object) -> None:
    """Keep no event of a run and look for none: what came of it is told by its result, and nobody asks afterwards."""
    events.store_event = lambda event: None
    events.get_asset_records = lambda asset_keys: []
    events.fetch_observations = lambda *asked: dg.EventRecordsResult([], "", has_more=False)


def _outcome(check: object) -> str:
    if check.passed:
        return "passed"
    return "warned" if check.severity == dg.AssetCheckSeverity.WARN else "failed"


def broke(event: dg.DagsterEvent) -> bool:
    """Whether a step broke; a failed blocking check fails its step as well, but is told as a check."""
    if not event.is_step_failure:
        return False
    error = event.step_failure_data.error
    return error is None or error.cls_name != "DagsterAssetCheckFailedError"


def innermost(event: dg.DagsterEvent) -> object | None:
    """The error a step's failure began with, if it has one."""
    error = event.step_failure_data.error
    while error and error.cause:
        error = error.cause
    return error


def _why(event: dg.DagsterEvent) -> str:
    """The innermost sentence of a step's error; the whole trace when it is not one of our own sentences."""
    data = event.step_failure_data
    if data.user_failure_data:
        return data.user_failure_data.description or event.message
    error = innermost(event)
    return f"{event.step_key}: {error.to_string() if error else event.message}"
