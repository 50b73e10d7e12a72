"""Faults of the machine: killed, disk full, read-only, a wrong clock, two at once. What is published stays whole,
nothing is lost or landed twice, a sentence says why, and the same again ends in the same bytes.

Killed processes are real ones, ended by SIGKILL at every step that can be seen on disk; they are forked from a server
that has loaded what they need, so that each takes a fraction of a second.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration import cli
from orchestration.lib import releases
from orchestration.lib.locks import only_one
from orchestration.settings import Settings
from sources import again, archive, landing
from sources.archive import NotKept
from sources.landing import land
from sources.parquet import read_ledger
from sources.registry import load_feeds

FEED = "dclg_net_additional_dwellings"
TABLE = b"geography_code,date,value,Measure\nE06000001,2009-10,120,net_additional_dwellings\n"
DAY = date(2011, 11, 23)
STEPS = ("replace", "rename", "symlink_to", "unlink")  # of a Path: what shows work as done
SPARSE = 2 * 2**30

FORK = multiprocessing.get_context("forkserver")
FORK.set_forkserver_preload(["sources.landing", "sources.reading", __name__])


@pytest.fixture(scope="module")
def file(feeds_dir, tmp_path_factory) -> Path:
    """The first rows of a publisher's real file."""
    whole = (feeds_dir / "dclg_housing" / "net_additional_dwellings_by_la.csv").read_bytes()
    path = tmp_path_factory.mktemp("received") / "net_additional_dwellings_by_la.csv"
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:60]))
    return path


def take_in(home: Path, file: Path) -> None:
    report = land(load_feeds()[FEED], file, home, received_on=DAY)
    assert report.status in ("landed", "unchanged"), report.reasons()


def publish(home: Path, file: Path) -> None:
    """A release around one file, in the steps of the assets `data` and `site`."""
    settings = Settings(home)
    with only_one(home, "release"):
        folder = releases.begin(settings)
        shutil.copyfile(file, folder / "hub.duckdb")
        releases.set_ready(settings)
    with only_one(home, "release"):
        folder = releases.ready(settings)
        (folder / "site").mkdir(exist_ok=True)
        (folder / "site" / "index.html").write_text("page")
        releases.show(settings)


def killed_before(step: int, work: Callable[..., None], *given: object) -> None:
    """Do the work in this process and kill it with SIGKILL before its `step`-th change of the disk."""
    left = [step]

    def dying(real: Callable) -> Callable:
        def act(*args, **kwargs):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return act

    for name in STEPS:
        setattr(Path, name, dying(getattr(Path, name)))
    work(*given)


def kills(work: Callable[..., None], *given: object, every: int = 1) -> Iterator[int]:
    """Kill the work before its first step, begin again and kill it `every` so many steps later, until it is done."""
    for step in range(0, 200, every):
        child = FORK.Process(target=killed_before, args=(step, work, *given))
        child.start()
        child.join()
        assert child.exitcode in (0, -signal.SIGKILL)
        yield step
        if child.exitcode == 0:
            return
    pytest.fail("the work never got through")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def landed_whole(home: Path, wanted: Path) -> None:
    """No delivery is known without all its rows."""
    if len(read_ledger(home, FEED)):
        for kind in ("observations", "issues"):
            there, right = (tree(base / "landing" / kind) for base in (home, wanted))
            assert {name: there.get(name) for name in right} == right, kind


def test_landing_killed_again_and_again_ends_in_the_same_bytes(tmp_path, file):
    take_in(tmp_path / "undisturbed", file)
    home, right = tmp_path / "killed", tmp_path / "undisturbed"
    steps = [landed_whole(home, right) for _ in kills(take_in, home, file, every=3)]
    assert len(steps) > 3
    archive.sweep(home)
    for folder in ("landing", "raw"):
        assert tree(home / folder) == tree(right / folder)


def test_publishing_killed_at_every_step_never_shows_half_a_release(tmp_path):
    home = tmp_path / "home"
    for number in (1, 2):
        (tmp_path / f"{number}.duckdb").write_text(f"release {number}")
    publish(home, tmp_path / "1.duckdb")
    public, shown = home / "published", []
    for _ in kills(publish, home, tmp_path / "2.duckdb"):
        shown.append((public / "hub.duckdb").read_text())
        assert (public / "site" / "index.html").read_text() == "page"
    assert len(shown) > 4
    assert set(shown) == {"release 1", "release 2"}
    assert (home / "published" / "hub.duckdb").read_text() == "release 2"
    assert not (home / "releases" / "next").exists()


def test_two_publishes_at_once_take_turns(tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.duckdb").write_text(f"release {number}")
    both = [FORK.Process(target=publish, args=(tmp_path / "home", tmp_path / f"{number}.duckdb")) for number in (1, 2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [one.exitcode for one in both] == [0, 0]
    settings = Settings(tmp_path / "home")
    assert (settings.published / "hub.duckdb").read_text() in ("release 1", "release 2")
    assert (settings.published / "site" / "index.html").is_file()
    assert {path.name for path in settings.releases.iterdir()} == {"1", "2"}


def test_a_reader_keeps_the_file_it_opened(tmp_path):
    for number in (1, 2, 3):
        with duckdb.connect(str(tmp_path / f"{number}.duckdb")) as con:
            con.execute(f"create table t as select {number} as n from range(100000)")
    publish(tmp_path / "home", tmp_path / "1.duckdb")
    public = tmp_path / "home" / "published" / "hub.duckdb"
    with duckdb.connect(str(public.resolve()), read_only=True) as reader:
        for number in (2, 3):  # the first one's folder is gone after this
            publish(tmp_path / "home", tmp_path / f"{number}.duckdb")
        assert reader.execute("select sum(n) from t").fetchone() == (100000,)
    with duckdb.connect(str(public.resolve()), read_only=True) as reader:
        assert reader.execute("select max(n) from t").fetchone() == (3,)


@contextmanager
def tiny_disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A disk of so many kilobytes at `folder`; where none may be mounted, files may not grow beyond a part of that."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 256, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("kilobytes", [4, 12])  # too small for the file as received; too small for its rows
def test_a_full_disk_is_told_and_nothing_half_lands(tmp_path, file, kilobytes, monkeypatch, capsys):
    home = tmp_path / "home"
    monkeypatch.setenv("HUB_HOME", str(home))
    with tiny_disk(home, kilobytes):
        assert cli.main(["land", FEED, str(file)]) == 1
        said = capsys.readouterr().err
        assert "cannot be written to" in said
        assert "Make room" in said
        assert read_ledger(home).empty
    shutil.rmtree(home, ignore_errors=True)
    take_in(home, file)
    take_in(tmp_path / "undisturbed", file)
    assert tree(home / "landing") == tree(tmp_path / "undisturbed" / "landing")


def test_a_read_only_folder_keeps_the_old_release_and_the_new_one_waits(tmp_path, monkeypatch):
    settings = Settings(tmp_path / "home")
    for number in (1, 2):
        (tmp_path / f"{number}.duckdb").write_text(f"release {number}")
    publish(settings.home, tmp_path / "1.duckdb")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "symlink_to", _read_only)  # root, as which tests may run, is let write everywhere
        with pytest.raises(NotKept, match=r"Read-only file system.*give the right to write there"):
            publish(settings.home, tmp_path / "2.duckdb")
    assert (settings.published / "hub.duckdb").read_text() == "release 1"
    assert (settings.releases / "next" / "hub.duckdb").read_text() == "release 2"
    releases.show(settings)
    assert (settings.published / "hub.duckdb").read_text() == "release 2"


def _read_only(*_: object, **__: object) -> None:
    raise OSError(30, "Read-only file system")


def test_a_clock_moved_back_is_told_and_loses_nothing(tmp_path, monkeypatch):
    spec, noon = load_feeds()[FEED], datetime(2026, 6, 15, 12)  # noqa: DTZ001 (the ledger's moments have no zone)
    clock = [noon]
    for module in (landing.archive, again):
        monkeypatch.setattr(module, "now", lambda: clock[0])
    for number, days in enumerate((0, -5)):
        clock[0] = noon + timedelta(days=days)
        path = tmp_path / f"{number}.csv"
        path.write_bytes(TABLE.replace(b"120", b"12%d" % number))
        report = land(spec, path, tmp_path / "home")
        assert report.status == "landed"
    (told,) = [issue for issue in report.issues if issue.check == "clock_moved_back"]
    assert "2026-06-10 12:00, before a delivery that came earlier (2026-06-15 12:00)" in told.message
    assert len(read_ledger(tmp_path / "home")) == 2
    clock[0] = noon + timedelta(days=1)
    assert land(spec, path, tmp_path / "home").status == "unchanged"
    assert len(read_ledger(tmp_path / "home")) == 2


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path):
    huge = tmp_path / "home" / "inbox" / FEED / "huge.csv"
    huge.parent.mkdir(parents=True)
    with huge.open("wb") as out:
        out.truncate(SPARSE)
    report = land(load_feeds()[FEED], huge, tmp_path / "home")
    assert report.status == "quarantined"
    assert "larger than 512 MB" in report.reasons()[0]
    assert not (tmp_path / "home" / "raw").exists()
