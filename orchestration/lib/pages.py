"""Makes the pages of a release, as a process of its own on all cores; tells the watch how far it is.

Belongs here: starting the site builder and hearing it. Does not belong here: pages (site/sitegen), where a release
stands (releases.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from orchestration.lib.watch import SILENT, Watch
from sitegen import NotMade


def make(
    release: Path, *, frozen: Iterable[Path] = (), before: Path | None = None, watch: Watch = SILENT
) -> dict[str, int]:
    """Fill the folder site/ of a release from its hub.duckdb; returns how many of each kind of page and file.

    `frozen` are the releases with a name that the site lists; `before` is the release whose unchanged files are linked.

    Raises:
        NotMade: a page could not be made; says which, and what is wrong where.
    """
    site = release / "site"
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    command = [sys.executable, "-m", "sitegen", str(release / "hub.duckdb"), str(site), "--cores", str(_cores())]
    command += [word for folder in frozen for word in ("--frozen", str(folder))]
    command += ["--before", str(before / "site")] if before else []
    word: dict = {}
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, text=True, close_fds=False
        ) as child:  # it holds the lock with us
            for word in map(json.loads, child.stdout):
                if "stage" in word:
                    watch.expect(word["total"])
                    watch.advance(word["stage"], word["done"])
        if "made" in word:
            return word["made"]
        complaints.seek(0)
        said = complaints.read().decode(errors="replace").split("\n")
    raise NotMade(word.get("broken") or "".join(said[-2:]) or "the site builder was stopped from outside; build again")


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
