"""Four rounds under the real daemon with nobody there: files come, one is cut short for a while, one is corrupt, one is
sent twice, processes are killed and the machine goes down; the end is that of a straight `hub build`.

The hub's clock is that of the deliveries: arrivals.csv says on which day each came. What happens next always waits for
what another process has done, never for a time.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from orchestration.lib import alerts, deliveries, rounds
from orchestration.settings import CHECKOUT, Settings
from sources import arrivals
from sources.archive import write_whole
from sources.parquet import read_ledger

pytestmark = pytest.mark.year
SECONDS = 900  # how long to wait for what another process does; only a failure takes so long
UPLOADED_SLOWLY = "council_return/council_return_2008-07_illustrative.csv"  # of the second round
UNDER_WAY = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


class Hub:
    """A home, the folder its files come into, and the daemon that looks after it."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.settings = Settings(folder / "home", folder / "feeds").made()
        self.settings.feeds_dir.mkdir()
        self.source, self.log = source, folder / "log"
        (folder / "dagster").mkdir()
        shutil.copy(CHECKOUT / "orchestration" / "dagster.yaml", folder / "dagster")
        self.environment = {**os.environ, "HUB_HOME": str(self.settings.home), "DAGSTER_HOME": str(folder / "dagster")}
        self.environment |= {"HUB_FEEDS": str(self.settings.feeds_dir), "PYTHONWARNINGS": "ignore"}
        self.instance = dg.DagsterInstance.from_config(str(folder / "dagster"))
        with (source / arrivals.LIST).open(encoding="utf-8", newline="") as listed:
            self.listed = list(csv.DictReader(listed))

    def start(self) -> None:
        """Begin the daemon as `make dev` does, with every process it begins in one session."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions", "-p", str(port)]
        with self.log.open("a") as log:
            self.daemon = subprocess.Popen(
                command, env=self.environment, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True
            )

    def power_cut(self) -> None:
        """End everything at once."""
        os.killpg(self.daemon.pid, signal.SIGKILL)
        self.daemon.wait()

    def come(self, label: str, *but: str) -> list[Path]:
        """Let the files of a round come, all but some; the list of arrivals comes first."""
        come = [row for row in self.listed if rounds.of(date.fromisoformat(row["received_on"])) <= label]
        told = io.StringIO()
        csv.DictWriter(told, arrivals.COLUMNS).writeheader()
        csv.DictWriter(told, arrivals.COLUMNS).writerows(come)
        write_whole(self.settings.feeds_dir / arrivals.LIST, told.getvalue().encode())
        new = [path for row in come if not (path := self.settings.feeds_dir / row["path"]).exists()]
        new = [path for path in new if str(path.relative_to(self.settings.feeds_dir)) not in but]
        for path in new:
            path.parent.mkdir(exist_ok=True)
            shutil.copy(self.source / path.relative_to(self.settings.feeds_dir), path)
        return [path for path in new if not path.name.endswith(".meta.csv")]

    def wait(self, holds: Callable[[], object]) -> object:
        """Wait for what another process does."""
        until = time.monotonic() + SECONDS
        while not (found := holds()):
            assert time.monotonic() < until, self.log.read_text()[-3000:]
            assert self.daemon.poll() is None, self.log.read_text()[-3000:]
            time.sleep(0.2)
        return found

    def runs(self, job: str, *statuses: dg.DagsterRunStatus) -> list[dg.DagsterRun]:
        """The runs of a job, oldest first."""
        return self.instance.get_runs(dg.RunsFilter(job_name=job, statuses=list(statuses) or None))[::-1]

    def under_way(self, job: str) -> list[dg.DagsterRun]:
        """The run of a job that is being worked at, if any."""
        return self.runs(job, dg.DagsterRunStatus.STARTED)

    def process(self, run: dg.DagsterRun) -> int:
        """The process of a run."""
        told = self.instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
        data = [entry.dagster_event.engine_event_data.metadata for entry in told]
        return [int(found["pid"].value) for found in data if "pid" in found][-1]

    def seen(self) -> dict[str, str]:
        """What the sensor of arrivals remembers of each file."""
        states = [state for state in self.instance.all_instigator_state() if state.instigator_name == "arrivals"]
        cursors = [state.instigator_data.cursor for state in states if state.instigator_data]
        return json.loads(cursors[0] or "{}") if cursors else {}

    def asked(self, files: list[Path]) -> bool:
        """Whether a run was asked for each file."""
        seen = self.seen()
        return all(seen.get(str(path), "").endswith(" asked") for path in files)

    def quiet(self) -> bool:
        """Whether all that landed is published and nothing is under way."""
        landed = deliveries.fingerprint(self.settings)
        if landed != deliveries.built_from(self.settings) or (self.settings.releases / "next").exists():
            return False
        return not self.instance.get_runs_count(dg.RunsFilter(statuses=UNDER_WAY))

    def in_dbt(self) -> bool:
        """Whether models are being built: the first of them are in the next warehouse."""
        return any(log.stat().st_size for log in self.settings.next_warehouse.parent.glob("*.wal"))

    def in_pages(self) -> bool:
        """Whether pages are being rendered: the first of them are there."""
        return any((self.settings.releases / "next" / "site").glob("ni/*.html"))

    def public(self) -> dict[str, bytes]:
        """Every file of what is published, and the release it is."""
        return {"release": self.settings.published.resolve().name.encode(), **tree(self.settings.published)}


@dataclass
class Year:
    """What was seen on the way."""

    hub: Hub
    before: dict[str, bytes] = field(default_factory=dict)  # what was published as the year went wrong
    during: dict[str, dict[str, bytes]] = field(default_factory=dict)  # what was published after each kill
    orphans: dict[str, list[int]] = field(default_factory=dict)  # processes begun by what was killed
    uploading: list[str] = field(default_factory=list)  # what was remembered of the file that came slowly


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a release, but what stands beside it and the one that tells the code that made it."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    beside = ("alerts/", "releases/", "code.json")
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(beside)}


def begun_by(process: int) -> list[int]:
    """The processes that a process began, and those they began."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
    found = [process]
    for parent in found:
        found += [child for child, its in parents.items() if its == parent]
    return found[1:]


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def killed(year: Year, what: str, run: dg.DagsterRun) -> None:
    """Kill the process of a run and wait until nothing that it began is left."""
    process = year.hub.process(run)
    year.orphans[what] = begun_by(process)
    os.kill(process, signal.SIGKILL)
    year.hub.wait(lambda: not any(map(lives, year.orphans[what])))
    year.during[what] = year.hub.public()


def slowly(content: bytes, path: Path) -> Iterator[None]:
    """Upload a file: a byte a turn, the rest when nobody asks for more."""
    with path.open("wb", buffering=0) as out:
        try:
            for byte in content:
                out.write(bytes([byte]))
                yield
        finally:
            out.seek(0)
            out.write(content)


def lived_through(hub: Hub) -> Year:
    """The year."""
    year, first, second, third, fourth = Year(hub), *rounds.labels()[:4]

    hub.come(first)
    hub.start()
    hub.wait(lambda: hub.under_way("land") and len(read_ledger(hub.settings.home)))
    hub.power_cut()
    hub.start()
    hub.wait(lambda: hub.settings.published.exists() and hub.quiet())
    year.before = hub.public()

    hub.come(second, UPLOADED_SLOWLY)
    path = hub.settings.feeds_dir / UPLOADED_SLOWLY
    path.parent.mkdir()
    upload = slowly((hub.source / UPLOADED_SLOWLY).read_bytes(), path)

    def built_meanwhile() -> bool:
        next(upload)
        remembered = hub.seen().get(str(path))
        if remembered and remembered not in year.uploading:
            year.uploading.append(remembered)
        return len(year.uploading) > 1 and hub.under_way("publish") and hub.in_dbt()

    hub.wait(built_meanwhile)
    (run,) = hub.under_way("publish")
    os.kill(hub.process(run), signal.SIGSTOP)  # it stays in the middle of its models
    upload.close()
    for label in (third, fourth):
        come = [path, *hub.come(label)]
        hub.wait(lambda come=come: hub.asked(come))
    killed(year, "dbt", run)

    hub.wait(lambda: hub.under_way("publish") and hub.in_pages())
    killed(year, "pages", hub.under_way("publish")[0])
    hub.wait(hub.quiet)
    hub.wait(lambda: len([row for row in alerts.kept(hub.settings) if row["kind"] == "failure"]) > 2)
    return year


@pytest.fixture(scope="module")
def year(illustrative, tmp_path_factory):
    """Four rounds, lived through."""
    hub = Hub(tmp_path_factory.mktemp("year"), illustrative.illustrative)
    try:
        yield lived_through(hub)
    finally:
        hub.power_cut()


def test_the_end_is_byte_for_byte_that_of_a_straight_build(year, illustrative):
    assert tree(year.hub.settings.published) == tree(illustrative.published)


@pytest.mark.parametrize("where", ["dbt", "pages"])
def test_what_is_published_stays_as_it_is_while_a_build_is_killed(year, where):
    assert year.during[where] == year.before


def test_killed_pages_leave_no_process_behind(year):
    assert len(year.orphans["pages"]) > 1  # the site's builder and those it shares the work with; all have ended


def test_what_was_stopped_from_outside_goes_on_by_itself(year):
    broken = year.hub.runs("land", dg.DagsterRunStatus.FAILURE)[0]
    assert any(run.parent_run_id == broken.run_id for run in year.hub.runs("land", dg.DagsterRunStatus.SUCCESS))
    killed_in_dbt, killed_in_pages, last = year.hub.runs("publish")[-3:]
    assert [run.status for run in (killed_in_dbt, killed_in_pages)] == [dg.DagsterRunStatus.FAILURE] * 2
    assert (last.status, last.parent_run_id) == (dg.DagsterRunStatus.SUCCESS, killed_in_pages.run_id)
    steps = [step.step_key for step in year.hub.instance.get_run_step_stats(last.run_id)]
    assert steps == ["release__site"]  # what was whole before is not made again


def test_a_file_that_is_still_uploaded_is_waited_for(year):
    assert len(year.uploading) > 1
    assert not any(remembered.endswith("asked") for remembered in year.uploading)
    refused = read_ledger(year.hub.settings.home).query("status == 'quarantined'")
    assert list(refused["file_name"]) == ["ic_adult_social_care_2008-11_illustrative.xlsx"]  # broken as it was sent


def test_nothing_landed_twice(year, illustrative):
    kept = ["feed", "file_name", "sha256", "status", "delivery_id"]
    there, right = (read_ledger(home)[kept].sort_values(kept) for home in (year.hub.settings.home, illustrative.home))
    assert there.to_dict("records") == right.to_dict("records")


def test_each_fault_is_told_once(year):
    told = alerts.kept(year.hub.settings)
    assert len({row["id"] for row in told}) == len(told)
    failures = [row for row in told if row["kind"] == "failure"]
    assert sorted(row["sentence"] for row in failures) == [
        "The run of land failed",
        "The run of publish failed",
        "The run of publish failed",
    ]
    assert all(row["text"].endswith("It is started again by itself.") for row in failures)
    assert [row["sentence"] for row in told if row["kind"] == "quarantine"] == [
        "ic_adult_social_care_2008-11_illustrative.xlsx of ic_adult_social_care was quarantined"
    ]
