"""A data engineer's round in the real Dagster UI, with its daemon, in one session of a real browser."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import httpx
import pytest

from orchestration.lib import deliveries
from orchestration.settings import CHECKOUT, Settings
from sources.registry import load_feeds

FEED = "dclg_affordable_homes"
SECONDS = 240  # how long to wait for what another process does; only a failure takes so long
SENSORS = "{ repositoriesOrError { ... on RepositoryConnection { nodes { sensors { id name } } } } }"
RUNS = "{ runsOrError(limit: 20) { ... on Runs { results { status tags { key value } } } } }"
STOP = "mutation($id: String!) { stopSensor(id: $id) { __typename } }"
BROKEN = b'geography_code,geography_name,date,Measure,value\nE06000001,"Hartlepool,2009-10,Social Rent,40\n'


class Hub:
    """A running `dagster dev` on a home with one feed's files."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.url, self.settings = url, settings

    def asked(self, query: str, **variables: str) -> dict:
        return httpx.post(f"{self.url}/graphql", json={"query": query, "variables": variables}, timeout=SECONDS).json()

    def succeeded(self, tag: str, value: str) -> bool:
        """Whether a run with the tag has ended well."""
        runs = self.asked(RUNS)["data"]["runsOrError"]["results"]
        return any(run["status"] == "SUCCESS" and {"key": tag, "value": value} in run["tags"] for run in runs)

    def stop(self, sensor: str) -> None:
        (node,) = self.asked(SENSORS)["data"]["repositoriesOrError"]["nodes"]
        self.asked(STOP, id=next(found["id"] for found in node["sensors"] if found["name"] == sensor))


@pytest.fixture
def hub(illustrative, tmp_path):
    """The UI and the daemon, on a home of its own."""
    settings = Settings(tmp_path / "home", tmp_path / "feeds")
    folder = settings.feeds_dir / load_feeds()[FEED].folder
    folder.mkdir(parents=True)
    (file,) = [delivery.path for delivery in deliveries.waiting(load_feeds()[FEED], illustrative)]
    shutil.copy(file, folder)
    listed = f"path,published_on,received_on\n{folder.name}/{file.name},2008-11-14,2008-11-14\n"
    (settings.feeds_dir / "arrivals.csv").write_text(listed)
    (tmp_path / "dagster").mkdir()
    shutil.copy(CHECKOUT / "orchestration" / "dagster.yaml", tmp_path / "dagster")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "HUB_HOME": str(settings.home), "HUB_FEEDS": str(settings.feeds_dir)}
    environment |= {"DAGSTER_HOME": str(tmp_path / "dagster"), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions", "-p", str(port)]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(
        command, env=environment, stdout=log, stderr=log, start_new_session=True
    ) as process:  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            wait(lambda: answers(url), tmp_path / "log")
            yield Hub(url, settings)
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/server_info").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def wait(holds, log: Path | None = None):
    """Wait for what another process does."""
    until = time.monotonic() + SECONDS
    while not (found := holds()):
        assert time.monotonic() < until, log.read_text()[-2000:] if log else "it never came"
        time.sleep(0.5)
    return found


def launch(page, *rounds: str) -> None:
    """Materialise some rounds from the page of an asset."""
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_role("button", name="Confirm").click()  # what comes before it was not materialised here
    page.get_by_text("Select a partition or create one").click()
    for label in rounds:
        page.get_by_role("menuitem").filter(has_text=label).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Launch ")).click()


def test_a_round_in_the_ui(hub, tab):
    hub.stop("publish_what_landed")  # publishing has tests of its own, and takes a minute
    page = tab()
    page.set_default_timeout(SECONDS * 1000)

    page.goto(f"{hub.url}/asset-groups", wait_until="commit")
    for group in ("feeds_departments", "staging", "judgement", "site"):
        page.get_by_text(group, exact=True).first.wait_for()

    asset = f"{hub.url}/assets/feeds/{FEED}"
    page.goto(f"{asset}?view=overview", wait_until="commit")
    page.get_by_text("collection", exact=True).first.wait_for()  # the owner
    launch(page, "2008/09 Q3")
    wait(lambda: hub.succeeded("dagster/partition", "2008/09 Q3"))
    page.goto(f"{asset}?view=overview", wait_until="commit")
    page.get_by_text("issues_warning").first.wait_for()
    page.get_by_text("2006/07").first.wait_for()  # a period it carries

    launch(page, "2009/10 Q1", "2009/10 Q2")
    wait(lambda: hub.succeeded("dagster/asset_partition_range_start", "2009/10 Q1"))

    inbox = hub.settings.inbox / FEED
    inbox.mkdir(parents=True)
    (inbox / "broken.csv").write_bytes(BROKEN)
    wait(lambda: list((hub.settings.home / "quarantine").rglob("broken.csv")))
    page.goto(f"{asset}?view=checks&checkDetail=no_errors", wait_until="commit")
    page.get_by_text("Show Markdown").first.click()
    page.get_by_text("broken.csv").first.wait_for()
    page.get_by_text("quoted cell").first.wait_for()

    atom = hub.settings.alerts_folder / "alerts.atom"
    wait(atom.exists)
    titles = [title.text for title in ET.parse(atom).iter("{http://www.w3.org/2005/Atom}title")]
    assert titles == ["Alerts of the performance hub", f"broken.csv of {FEED} was quarantined"]
