"""Releases: data and pages are made ready out of sight and shown with one swap of a symbolic link.

releases/preparing  being written; worth nothing if found
releases/next       whole data, waiting for its pages
releases/<n>        whole: hub.duckdb, csv/, parquet/, site/; `published` points at one of them
releases/<n>/releases  a link to the releases frozen under a name, so that published/releases/<name> is the way to one
releases/<n>/alerts    a link to what the people who run the hub were told

Belongs here: where a release stands and when it is shown. Does not belong here: what is in it (marts.py,
sitegen), releases with a name (frozen.py).
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from orchestration.settings import Settings
from sources.archive import NotKept


def current(settings: Settings) -> Path | None:
    """The release that is public now, or None before the first."""
    return settings.published.resolve() if settings.published.exists() else None


def begin(settings: Settings) -> Path:
    """An empty folder to write a release's data into; what an interrupted run left there is removed."""
    preparing = settings.releases / "preparing"
    shutil.rmtree(preparing, ignore_errors=True)
    preparing.mkdir(parents=True)
    return preparing


def set_ready(settings: Settings) -> Path:
    """Say that the data in `preparing` is whole: it becomes `next`."""
    ready = settings.releases / "next"
    shutil.rmtree(ready, ignore_errors=True)
    return (settings.releases / "preparing").rename(ready)


def ready(settings: Settings) -> Path:
    """The release that waits for its pages; without one, the public release again, as hard links.

    Raises:
        FileNotFoundError: nothing was ever published.
    """
    waiting = settings.releases / "next"
    if not waiting.exists():
        public = current(settings)
        if public is None:
            raise FileNotFoundError("No release exists yet: materialise `release/data` first, or run `hub build`.")
        begin(settings).rmdir()
        shutil.copytree(public, settings.releases / "preparing", copy_function=link, symlinks=True)
        set_ready(settings)
    return waiting


def show(settings: Settings) -> Path:
    """Make `next` public with one rename of a link; the release before it is kept, older ones are removed.

    Raises:
        NotKept: the link cannot be changed; the release waits as `next`.
    """
    before = current(settings)
    numbers = [int(path.name) for path in settings.releases.iterdir() if path.name.isdecimal()]
    release, ready_again = settings.releases / str(max(numbers, default=0) + 1), settings.releases / "next"
    try:
        ready_again.rename(release)
        _link(settings, release)
    except OSError as error:
        if release.exists():  # else the next try would show the release before it once more
            with suppress(OSError):
                release.rename(ready_again)
        raise NotKept(settings.home, error) from error
    for number in numbers:
        if before is None or str(number) != before.name:
            shutil.rmtree(settings.releases / str(number), ignore_errors=True)
    return release


def _link(settings: Settings, release: Path) -> None:
    """Let `published` lead to the release, and the release to what stands beside it."""
    for name, folder in (("releases", settings.frozen), ("alerts", settings.alerts_folder)):
        folder.mkdir(exist_ok=True)
        if not (release / name).is_symlink():
            (release / name).symlink_to(Path("..", "..", folder.name), target_is_directory=True)
    new = settings.home / ".published.new"
    new.unlink(missing_ok=True)
    new.symlink_to(release.relative_to(settings.home), target_is_directory=True)
    new.replace(settings.published)


def link(source: str, target: str) -> None:
    """Another name for the same file, or a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
