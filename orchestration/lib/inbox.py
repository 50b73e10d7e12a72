"""Files that came and are not landed yet: in the inbox folders and the named folder of feeds.

Belongs here: telling whole files from those still being written, and new ones from known ones. Does not belong here:
landing them (deliveries.py), starting a run (defs/automation.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.settings import Settings
from sources import arrivals
from sources.archive import now
from sources.registry import load_feeds
from sources.transport import LIMIT

ASKED = "asked"  # what is remembered of a file that was taken notice of


@dataclass(frozen=True)
class Waiting:
    """A whole file that is not landed: its feed, hash, and the day it became known."""

    feed: str
    path: Path
    sha256: str
    day: date


def look(settings: Settings, before: dict[str, str]) -> tuple[list[Waiting], dict[str, str]]:
    """New whole files, and what to remember for the next look; `before` is what the last look said to remember.

    A file is whole when it is as it was at the last look: one that still grows waits. Each is told once.
    """
    from sources import landing

    found, seen = [], {}
    for spec in load_feeds().values():
        for arrival in arrivals.in_order(landing.discover(spec, settings.feeds_dir, settings.home), settings.feeds_dir):
            try:
                state = arrival.path.stat()
            except FileNotFoundError:  # taken away since it was listed
                continue
            name, size = str(arrival.path), f"{state.st_size} {state.st_mtime_ns}"
            seen[name] = f"{size} {ASKED}" if before.get(name) in (size, f"{size} {ASKED}") else size
            if before.get(name) == size:
                day = arrival.received_on or arrival.published_on or now().date()
                found.append(Waiting(spec.key, arrival.path, _sha256(arrival.path), day))
    landed = _landed(settings) if found else set()
    return [file for file in found if (file.feed, file.sha256) not in landed], seen


def _landed(settings: Settings) -> set[tuple[str, str]]:
    from sources.parquet import read_ledger

    ledger = read_ledger(settings.home)
    ledger = ledger[ledger["status"] == "landed"]
    return set(zip(ledger["feed"], ledger["sha256"], strict=True))


def _sha256(path: Path) -> str:
    if path.stat().st_size > LIMIT:  # landing refuses it unread
        return f"{path.name} {path.stat().st_size}"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
