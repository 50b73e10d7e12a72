"""The graph as Dagster loads it, and what a data engineer sees of a feed."""

import os
import subprocess
import sys

import dagster as dg
import pytest

from orchestration.definitions import definitions_for
from orchestration.defs.feeds import feed_assets, feed_key
from orchestration.settings import Settings
from sources.registry import load_feeds

FEED = "dclg_affordable_homes"


@pytest.fixture(scope="module")
def graph(illustrative):
    return definitions_for(illustrative).resolve_asset_graph()


def test_what_dagster_dev_loads_loads(illustrative, tmp_path):
    environment = {**os.environ, "HUB_HOME": str(illustrative.home), "DAGSTER_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-m", "orchestration.definitions"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_feeds_warehouse_and_release_are_one_graph(graph):
    site = dg.AssetKey(["release", "site"])
    before = graph.get_ancestor_asset_keys(site)
    assert {feed_key(feed) for feed in load_feeds()} <= before
    assert dg.AssetKey(["marts", "fct_observation"]) in before
    assert dg.AssetKey("illustrative_edition") in before


@pytest.mark.parametrize("feed", load_feeds())
def test_every_feed_has_its_checks_and_says_who_publishes_it(graph, feed):
    node = graph.get(feed_key(feed))
    assert node.group_name == f"feeds_{load_feeds()[feed].family.lower()}"
    assert node.metadata["publisher"] == load_feeds()[feed].publisher
    assert {key.name for key in node.check_keys} == {"no_errors", "no_warnings"}


def test_tests_of_dbt_are_checks(graph):
    assert graph.get(dg.AssetKey(["marts", "fct_observation"])).check_keys


def materialise(settings, feed, instance=None):
    assets = [asset for asset in feed_assets(settings) if asset.key == feed_key(feed)]

    @dg.asset(deps=[feed_key(feed)])
    def after():
        """Stands for all that comes after a feed."""

    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    return dg.materialize([*assets, after], raise_on_error=False, run_config=quiet, instance=instance)


def test_one_feed_alone_tells_what_came_in(illustrative, tmp_path):
    run = materialise(Settings(tmp_path, feeds_dir=illustrative.illustrative), FEED)
    assert run.success
    told = {name: value.value for name, value in materialised(run, FEED).metadata.items()}
    assert told["files_landed"] == 1
    assert told["dagster/row_count"] > 0
    assert "area_code" in told["preview"]
    checks = {check.check_name: check.passed for check in run.get_asset_check_evaluations()}
    assert checks["no_errors"]


def test_a_failed_blocking_check_fails_the_run_and_stops_what_follows(tmp_path):
    inbox = tmp_path / "inbox" / FEED
    inbox.mkdir(parents=True)
    (inbox / "empty.csv").write_bytes(b"")
    with dg.DagsterInstance.ephemeral() as instance:
        run = materialise(Settings(tmp_path), FEED, instance)
        log = [entry.user_message for entry in instance.all_logs(run.run_id) if not entry.is_dagster_event]
    assert not run.success
    assert any("empty.csv was quarantined. " in line and "the file is empty" in line for line in log)
    assert {event.asset_key for event in run.get_asset_materialization_events()} == {feed_key(FEED)}
    failed = [check for check in run.get_asset_check_evaluations() if not check.passed]
    assert [check.check_name for check in failed] == ["no_errors"]
    assert "empty" in failed[0].metadata["findings"].value


def materialised(run, feed):
    (event,) = [e for e in run.get_asset_materialization_events() if e.asset_key == feed_key(feed)]
    return event.materialization
