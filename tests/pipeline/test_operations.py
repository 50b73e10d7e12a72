"""What a data engineer does in Dagster: rounds, jobs, schedules and sensors, on one real home."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration import cli
from orchestration.definitions import definitions_for
from orchestration.defs.automation import automation
from orchestration.defs.feeds import feed_assets, feed_key
from orchestration.defs.jobs import intake_jobs
from orchestration.lib import alerts, column_lineage, deliveries, lineage, rounds
from orchestration.settings import Settings
from sources.parquet import read_ledger
from sources.registry import load_feeds

FEED, OTHER = "dclg_affordable_homes", "home_office_apacs"
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
FIRST, LAST = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


@pytest.fixture(scope="module")
def definitions(illustrative):
    return definitions_for(illustrative)


@pytest.fixture(scope="module")
def repository(definitions):
    return definitions.get_repository_def()


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as kept:
        yield kept


@pytest.fixture
def small(illustrative, tmp_path):
    """A home with nothing landed, and the illustrative files as its named folder."""
    return Settings(tmp_path, feeds_dir=illustrative.illustrative)


def run(settings, job, instance, **more):
    """Run a job that brings data in."""
    feeds = feed_assets(settings)
    resolved = dg.Definitions(feeds, jobs=intake_jobs(settings, feeds)).resolve_job_def(job)
    more["run_config"] = {**QUIET, **more.get("run_config", resolved.run_config or {})}
    return resolved.execute_in_process(instance=instance, raise_on_error=False, **more)


def told(result, feed):
    """Metadata of a feed's materialisations, by partition."""
    return {
        event.partition: {name: value.value for name, value in event.materialization.metadata.items()}
        for event in result.get_asset_materialization_events()
        if event.asset_key == feed_key(feed)
    }


def test_the_graph_reads_as_the_design_does(definitions):
    graph = definitions.resolve_asset_graph()
    groups = {graph.get(key).group_name for key in graph.get_all_asset_keys()}
    assert {"framework", "staging", "intermediate", "core", "judgement", "rollups", "publish", "site"} <= groups
    assert {f"feeds_{spec.family.lower()}" for spec in load_feeds().values()} <= groups
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.owners, key
        assert node.kinds, key
        assert node.description, key


def test_every_feed_with_a_schedule_has_a_freshness_of_its_own(definitions):
    graph = definitions.resolve_asset_graph()
    for key, spec in load_feeds().items():
        assert (graph.get(feed_key(key)).freshness_policy is not None) == bool(spec.due_months), key


def test_a_range_of_rounds_lands_its_own_deliveries_in_one_run(small, instance):
    tags = {FIRST: "2008/09 Q1", LAST: "2008/09 Q2"}
    result = run(small, "land", instance, asset_selection=[feed_key(OTHER)], tags=tags)
    assert result.success
    by_round = told(result, OTHER)
    assert set(by_round) == {"2008/09 Q1", "2008/09 Q2"}
    ledger = read_ledger(small.home, OTHER)
    assert {rounds.of(day.date()) for day in ledger["known_from"]} <= set(by_round)
    assert sum(one["files_landed"] for one in by_round.values()) == len(ledger) > 0
    some = next(one for one in by_round.values() if one["files_landed"])
    assert some["periods"] != "none"
    assert "NI " in some["coverage"]
    for one in by_round.values():  # the one shown first may be empty, and leads to what the run brought
        assert one["rounds_of_run"].count("\n| ") == 1 + len(by_round)
    again = run(small, "land", instance, asset_selection=[feed_key(OTHER)], tags=tags)
    assert [one["files_landed"] for one in told(again, OTHER).values()] == [0, 0]
    assert [one["files"] for one in told(again, OTHER).values()] == [one["files"] for one in by_round.values()]
    assert all(one["files"] for one in by_round.values())
    assert read_ledger(small.home, OTHER).equals(ledger)


def test_a_file_is_landed_again_as_its_feed_is_described_today(small, instance):
    (file,) = [d.path for d in deliveries.waiting(load_feeds()[FEED], small)]
    config = {"feed": FEED, "file": str(file), "published_on": "2008-11-20"}
    first = run(small, "reland_file", instance, run_config={"ops": {"land_file": {"config": config}}})
    assert first.success
    landed = read_ledger(small.home, FEED)
    assert list(landed["published_on"].astype(str)) == ["2008-11-20"]
    rows = small.landing / "observations" / f"feed={FEED}" / f"{landed['delivery_id'].iloc[0]}.parquet"
    before = rows.read_bytes()
    rows.write_bytes(b"")  # what a fault of an older description may have left
    again = run(small, "reland_file", instance, run_config={"ops": {"land_file": {"config": {"feed": FEED}}}})
    assert again.success
    assert rows.read_bytes() == before
    assert read_ledger(small.home, FEED).equals(landed)


def test_a_refused_file_fails_its_run_with_the_reason(small, instance, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    config = {"ops": {"land_file": {"config": {"feed": FEED, "file": str(tmp_path / "empty.csv")}}}}
    result = run(small, "reland_file", instance, run_config=config)
    assert not result.success
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    assert "the file is empty" in failure.step_failure_data.user_failure_data.description


def test_every_job_can_be_launched_as_it_stands(definitions):
    for job in ("everything", "land", "pull_now", "publish", "rebuild_as_at", "reland_file"):
        resolved = definitions.resolve_job_def(job)
        assert dg.validate_run_config(resolved, resolved.run_config or {}) is not None


def tick(repository, settings, name, instance, cursor=None):
    (sensor,) = [sensor for sensor in automation(settings)[0] if sensor.name == name]
    context = dg.build_sensor_context(instance=instance, cursor=cursor, repository_def=repository)
    return sensor.evaluate_tick(context)


def test_a_file_put_down_in_the_inbox_is_asked_for_once_it_is_whole(repository, small, instance):
    settings = Settings(small.home)
    (file,) = [d.path for d in deliveries.waiting(load_feeds()[FEED], small)]
    inbox = settings.inbox / FEED
    inbox.mkdir(parents=True)
    shutil.copy(file, inbox / file.name)
    first = tick(repository, settings, "arrivals", instance)
    assert first.run_requests == []
    second = tick(repository, settings, "arrivals", instance, first.cursor)
    (request,) = second.run_requests
    assert request.asset_selection == [feed_key(FEED)]
    assert (request.tags[FIRST], request.tags[LAST]) == (rounds.LATER, rounds.LATER)
    assert tick(repository, settings, "arrivals", instance, second.cursor).run_requests == []
    # a daemon that lost its cursor asks for the same run, which Dagster starts once
    anew = tick(
        repository,
        settings,
        "arrivals",
        instance,
        json.dumps({k: v.removesuffix(" asked") for k, v in json.loads(second.cursor).items()}),
    )
    assert [again.run_key for again in anew.run_requests] == [request.run_key]
    assert run(settings, "land", instance, asset_selection=[feed_key(FEED)], tags=request.tags).success
    done = tick(repository, settings, "arrivals", instance, first.cursor)
    assert done.run_requests == []


def test_publishing_follows_what_landed_and_waits_for_what_is_under_way(repository, small, instance):
    def requests():
        return tick(repository, small, "publish_what_landed", instance).run_requests

    assert requests() == []
    assert run(small, "land", instance, asset_selection=[feed_key(FEED)]).success
    (request,) = requests()
    assert request.run_key == deliveries.fingerprint(small)
    under_way = instance.create_run_for_job(repository.get_job("land"), status=dg.DagsterRunStatus.STARTED)
    assert requests() == []
    instance.delete_run(under_way.run_id)
    deliveries.note_built(small, deliveries.fingerprint(small))
    assert requests() == []


@pytest.mark.parametrize(("day", "feed"), [("2009-01-31", "dcsf_attainment"), ("2009-03-31", "clg_housing_planning")])
def test_a_day_of_the_calendar_asks_for_its_feeds(repository, instance, day, feed):
    schedule = repository.get_schedule_def("calendar")
    moment = datetime.fromisoformat(f"{day}T06:00").replace(tzinfo=UTC)
    context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment, repository_def=repository)
    (request,) = schedule.evaluate_tick(context).run_requests
    assert feed_key(feed) in request.asset_selection
    assert request.partition_key == "2008/09 Q4"
    assert request.tags["hub/due"]


def test_what_is_wrong_with_the_illustrative_edition_is_told_once(illustrative):
    before = alerts.kept(illustrative)
    assert {row["kind"] for row in before} >= {"quarantine", "status"}
    (refused,) = [row for row in before if row["kind"] == "quarantine"]
    assert "cut short or damaged" in refused["text"]
    assert alerts.tell(illustrative, alerts.found(illustrative)) == 0
    assert (illustrative.published / "alerts" / "alerts.atom").is_file()


def test_columns_lead_to_the_columns_they_are_made_of(illustrative):
    models = lineage.read(lineage.beside(illustrative.warehouse))
    found = column_lineage.of_last_release(illustrative, models)["fct_observation_current"]
    assert dg.TableColumnDep(dg.AssetKey(["marts", "fct_observation"]), "value") in found.deps_by_column["value"]


def test_everything_lands_again_from_the_archive_alone(illustrative, tmp_path, monkeypatch, capsys):
    """What the runbook says of a lost disk: raw/ is enough, and gives the same rows with the same days."""
    feeds = (FEED, OTHER)
    lost = Settings(tmp_path / "lost")
    for feed in feeds:
        shutil.copytree(illustrative.home / "raw" / feed, lost.home / "raw" / feed)
    monkeypatch.setenv("HUB_HOME", str(lost.home))
    assert cli.main(["recover"]) == 0
    assert {json.loads(line)["status"] for line in capsys.readouterr().out.splitlines()} == {"landed"}
    for feed in feeds:
        assert files(lost.landing, feed) == files(illustrative.landing, feed)


def files(landing: Path, feed: str) -> dict[str, bytes]:
    return {str(path.relative_to(landing)): path.read_bytes() for path in landing.glob(f"*/feed={feed}/*.parquet")}
