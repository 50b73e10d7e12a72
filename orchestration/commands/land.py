"""`hub land`: files in through one feed, one JSON line each.

Belongs here: pairing files and printing outcomes. Does not belong here: landing (sources/landing.py). No
dagster, no dbt.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from orchestration.settings import Settings
from sources.registry import load_feeds

META = ".meta.csv"


def land(settings: Settings, feed: str, files: Sequence[str], published_on: date | None) -> int:
    """Land `files`, each companion with its data file.

    Returns 0 (all landed or here already), 1 (some quarantined) or 2 (no such feed).
    """
    specs = load_feeds()
    if feed not in specs:
        print(unknown_feed(feed, specs), file=sys.stderr)
        return 2
    from sources import landing  # pandas and pandera: not needed to say that a feed is unknown

    pairs = companions(files)
    fine = True
    for file in dict.fromkeys(files):
        if file in pairs.values():
            continue
        companion = Path(pairs[file]) if file in pairs else None
        with redirect_stdout(sys.stderr):
            report = landing.land(specs[feed], file, settings.home, published_on=published_on, companion=companion)
        outcome = report.as_json()
        fine = fine and outcome["status"] != "quarantined"
        _print(outcome)
        if companion:
            _print(_companion_outcome(outcome, companion))
    return 0 if fine else 1


def companions(files: Sequence[str]) -> dict[str, str]:
    """Data file -> its `.meta.csv`, for the pairs among `files`."""
    paths = {str(Path(file)).lower(): file for file in files if not is_address(file)}
    pairs = {path.removesuffix(META) + ".csv": meta for path, meta in paths.items() if path.endswith(META)}
    return {paths[data]: meta for data, meta in pairs.items() if data in paths}


def is_address(file: str) -> bool:
    """Whether this is an http(s) address rather than a path."""
    return file.lower().startswith(("http://", "https://"))


def unknown_feed(feed: str, known: Sequence[str]) -> str:
    """A sentence for a feed key that does not exist, with the closest one that does."""
    close = difflib.get_close_matches(feed, known, n=1, cutoff=0)
    return f"There is no feed {feed!r}. The closest is {close[0]!r}; `hub feeds` lists all {len(known)}."


def _print(outcome: dict[str, object]) -> None:
    print(json.dumps(outcome, ensure_ascii=False, default=str), flush=True)


def _companion_outcome(data: dict[str, object], companion: Path) -> dict[str, object]:
    """A companion shares its data file's fate; it has no rows or issues of its own."""
    content = companion.read_bytes() if companion.is_file() else b""
    return {
        **data,
        "file": companion.name,
        "sha256": hashlib.sha256(content).hexdigest() if content else "",
        "rows": 0,
        "issues": dict.fromkeys(data["issues"], 0),
    }
