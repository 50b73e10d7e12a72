"""What starts by itself: taking in what came, publishing what landed, looking for what is due, telling what went wrong.

Belongs here: when a run is started. Does not belong here: what a run does (jobs.py), what is told (lib/alerts.py).

    calendar               a day of the framework's calendar, or the end of a feed's due month: pull_now of those feeds
    arrivals               whole new files in the inbox or the named folder: land, one run for all of them
    publish_what_landed    something landed since the last warehouse, and nothing is under way: publish, one run for all
    alerts                 late feeds, quarantined files, changed statuses: told once
    run_failed             a run that failed: told once
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg

from orchestration.defs.feeds import feed_key
from orchestration.lib import alerts, calendar, deliveries, inbox, rounds
from orchestration.lib.in_process import broke, innermost
from orchestration.settings import Settings

EVERY_SECONDS = 15
UNDER_WAY = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
AGAIN = "dagster/will_retry"  # Dagster's own mark (dagster.yaml: run_retries)
FIRST, LAST = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


def automation(settings: Settings) -> tuple[list[dg.SensorDefinition], list[dg.ScheduleDefinition]]:
    """The sensors and the schedule for one home; all run as long as the daemon does."""
    sensors = [_arrivals(settings), _publish(settings), _alerts(settings), _run_failed(settings)]
    return sensors, [_calendar()]


def _calendar() -> dg.ScheduleDefinition:
    @dg.schedule(
        name="calendar",
        cron_schedule="0 6 * * *",
        job_name="pull_now",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Takes in the feeds that the framework's calendar names for a day, and those due by its end.",
    )
    def of_day(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        day = context.scheduled_execution_time.date()
        due = calendar.due(day)
        if not due:
            return dg.SkipReason(f"Nothing is due on {day}.")
        return dg.RunRequest(
            run_key=day.isoformat(),
            asset_selection=[feed_key(feed) for feed in due],
            partition_key=rounds.of(day),
            tags={"hub/due": ", ".join(sorted(set().union(*due.values())))},
        )

    return of_day


def _arrivals(settings: Settings) -> dg.SensorDefinition:
    @dg.sensor(
        name="arrivals",
        job_name="land",
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Lands whole new files of HUB_HOME/inbox/<feed>/ and of the named folder, one run for all of them.",
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        files, seen = inbox.look(settings, json.loads(context.cursor or "{}"))
        cursor = json.dumps(seen)
        if not files:
            return dg.SensorResult(skip_reason="No whole new file has come.", cursor=cursor)
        told = sorted(f"{file.feed} {file.sha256}" for file in files)
        labels = sorted((rounds.of(file.day) for file in files), key=rounds.labels().index)
        request = dg.RunRequest(
            run_key=hashlib.sha256("\n".join(told).encode()).hexdigest(),
            asset_selection=[feed_key(feed) for feed in sorted({file.feed for file in files})],
            tags={FIRST: labels[0], LAST: labels[-1]},
        )
        return dg.SensorResult([request], cursor=cursor)

    return look


def _publish(settings: Settings) -> dg.SensorDefinition:
    @dg.sensor(
        name="publish_what_landed",
        job_name="publish",
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Publishes once no run is under way, when something landed that the warehouse was not built from.",
    )
    def follow(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        landed = deliveries.fingerprint(settings)
        if landed == deliveries.built_from(settings):
            return dg.SkipReason("Nothing has landed since the warehouse was built.")
        if not deliveries.anything_landed(settings):
            return dg.SkipReason("Nothing has landed yet.")
        if context.instance.get_runs_count(dg.RunsFilter(statuses=UNDER_WAY)):
            return dg.SkipReason("A run is under way: what it lands is published with the rest.")
        lately = datetime.now(UTC) - timedelta(seconds=2 * EVERY_SECONDS)
        if context.instance.get_runs_count(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE], updated_after=lately)):
            return dg.SkipReason("A run has just failed and may start again: what it lands is published with the rest.")
        return dg.RunRequest(run_key=landed)

    return follow


def _alerts(settings: Settings) -> dg.SensorDefinition:
    @dg.sensor(
        name="alerts",
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells late feeds, quarantined files and changed statuses, each once.",
    )
    def tell(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        told = alerts.tell(settings, alerts.found(settings))
        return dg.SkipReason(f"{told} alerts told." if told else "Nothing new to tell.")

    return tell


def _run_failed(settings: Settings) -> dg.SensorDefinition:
    @dg.run_failure_sensor(
        name="run_failed",
        minimum_interval_seconds=EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Tells a run that failed, unless a quarantined file was all: that is told by itself.",
    )
    def tell(context: dg.RunFailureSensorContext) -> None:
        broken = [event for event in context.get_step_failure_events() if broke(event)]
        if broken or not context.get_step_failure_events():
            alerts.tell(settings, [_failure(context, broken)])

    return tell


def _failure(context: dg.RunFailureSensorContext, broken: list[dg.DagsterEvent]) -> alerts.Alert:
    run = context.dagster_run
    why = list(_causes(broken)) or [context.failure_event.message]
    if context.instance.get_run_by_id(run.run_id).tags.get(AGAIN) == "true":
        why.append("It is started again by itself.")
    return alerts.Alert("failure", run.run_id, f"The run of {run.job_name} failed", "\n".join(why))


def _causes(broken: list[dg.DagsterEvent]) -> Iterator[str]:
    """The innermost sentence of each step's error."""
    for event in broken:
        data, error = event.step_failure_data, innermost(event)
        said = data.user_failure_data.description if data.user_failure_data else None
        yield f"{event.step_key}: {said or (error.message.strip() if error else event.message)}"
