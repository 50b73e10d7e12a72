"""Seconds and peak memory of the hub's four stages (land, dbt, publish, site), and what two clocks cost (clocks.py).

Each stage runs the real assets in a process of its own, start-up included, in a temporary home.
Belongs here: measuring. Does not belong here: conclusions (RESULTS.md).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks import clocks
from orchestration.settings import CHECKOUT, Settings

STAGES = ("land", "dbt", "publish", "site")
REAL = CHECKOUT.parent / "shared" / "feeds"


def main() -> int:
    """Measure every stage in turn, or run the one that is named (what the measured processes do)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    stage = parser.parse_args().stage
    return _run(stage) if stage else _measure()


def _measure() -> int:
    """Print a Markdown table of the stages."""
    feeds = os.environ.get("HUB_FEEDS") or (str(REAL) if REAL.is_dir() else "")
    print("Input: " + (f"a folder of {_files(feeds)} files" if feeds else "the illustrative edition") + "\n")
    print("| stage | seconds | peak memory, MB |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as home:
        environment = {**os.environ, "HUB_HOME": home, "HUB_FEEDS": feeds}
        for stage in STAGES:
            started = perf_counter()
            command = [sys.executable, "-m", "benchmarks.run", "--stage", stage]
            child = subprocess.Popen(command, env=environment, cwd=CHECKOUT)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                return child.returncode
            megabytes = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)
            print(f"| {stage} | {perf_counter() - started:.1f} | {megabytes:,.0f} |", flush=True)
        print(f"\n{_size(Path(home))}\n\n{clocks.report(Path(home) / 'published' / 'hub.duckdb')}")
    return 0


def _files(folder: str) -> int:
    return sum(1 for path in Path(folder).rglob("*") if path.is_file())


def _run(stage: str) -> int:
    """Run one stage as `hub build` would; the next stage finds what it left in the home."""
    from orchestration.defs.after_landing import after_landing
    from orchestration.defs.feeds import feed_assets
    from orchestration.lib.in_process import materialise

    settings = Settings.from_env()
    if stage == "land":
        run = materialise(feed_assets(settings))
    else:
        assets = dict(zip(STAGES[1:], after_landing(settings), strict=True))
        run = materialise([assets[stage]])
    for sentence in run.broken:
        print(sentence, file=sys.stderr)
    return 1 if run.broken else 0


def _size(home: Path) -> str:
    """How much came out."""
    import duckdb

    published = home / "published"
    with duckdb.connect(str(published / "hub.duckdb"), read_only=True) as con:
        observations = con.execute("SELECT count(*) FROM marts.fct_observation").fetchone()[0]
    pages = sum(1 for _ in (published / "site").rglob("*.html"))
    megabytes = (published / "hub.duckdb").stat().st_size / 1e6
    return f"{observations:,} observations, hub.duckdb {megabytes:,.1f} MB, {pages:,} pages."


if __name__ == "__main__":
    sys.exit(main())
