"""`hub build`: the Dagster assets, run in this process with progress on the terminal.

Belongs here: the order of the stages and the exit code. Does not belong here: the work (defs/), the display
(screen.py).

One run a stage, the feeds apart from what follows. A quarantined delivery fails its feed's blocking check, as
in the UI, and so ends the feeds' run as failed; what did land, now or before, is still worth publishing, and
the next runs do that.
"""

from __future__ import annotations

import gc
import hashlib
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from importlib import import_module
from time import monotonic

from orchestration.commands.screen import Screen
from orchestration.lib import deliveries
from orchestration.settings import Settings
from sources.registry import load_feeds
from sources.workers import make_ready


def build(settings: Settings) -> int:
    """Land, rebuild, publish; returns 0 (published), 1 (not, or part of it crashed) or 2 (no such folder)."""
    if settings.feeds_dir and not settings.feeds_dir.is_dir():
        print(f"There is no folder {settings.feeds_dir}: name one with publishers' files.", file=sys.stderr)
        return 2
    started = monotonic()
    _collect_seldom()
    make_ready()
    with Screen() as screen, ThreadPoolExecutor(1) as beside:
        crashed = _land(settings, screen, beside)
        if nothing := _nothing_landed(settings) or deliveries.nothing_known(settings):
            screen.problem(nothing)
            published = False
        else:
            published = _publish(settings, screen)
    _tell(settings, screen.problems)
    screen.summary(settings, published, monotonic() - started)
    return 0 if published and not crashed else 1


def _collect_seldom() -> None:
    """Look for garbage a hundred times less often: a build makes millions of objects that stay."""
    gc.set_threshold(100_000, 50, 100)


def _tell(settings: Settings, problems: list[str]) -> None:
    """Tell what the people who run the hub should know, each once."""
    from orchestration.lib import alerts

    text = "\n".join(problems)
    about = hashlib.sha256(f"{deliveries.fingerprint(settings)} {text}".encode()).hexdigest()
    failed = [alerts.Alert("failure", about, "hub build failed in part or as a whole", text)] if problems else []
    try:
        alerts.tell(settings, [*failed, *alerts.found(settings)])
    except Exception as problem:  # what cannot be told must not undo what was published
        print(f"Alerts could not be told: {problem}", file=sys.stderr)


def _land(settings: Settings, screen: Screen, beside: Executor) -> bool:
    """The feeds' run; True when a feed crashed, which is a fault of ours and never of a file.

    What takes seconds to import is imported while other processes work: dagster while the illustrative edition is
    written, dbt while files land.
    """
    with screen.stage("feeds", "reading"):
        # the run's first asset waits for who is writing, and does it itself if this failed
        beside.submit(deliveries.make_illustrative, settings, screen)
        beside.submit(import_module, "dbt.cli.main")
        from orchestration.defs.feeds import feed_assets
        from orchestration.lib.in_process import materialise

        screen.expect(len(load_feeds()))
        run = materialise(feed_assets(settings, screen))
    for sentence in run.broken:
        screen.problem(sentence)
    return bool(run.broken)


def _nothing_landed(settings: Settings) -> str:
    """Why there is nothing to build, or '': made-up data never stands in for files that were refused."""
    if deliveries.real_has_landed(settings) or deliveries.illustrative_is_used(settings):
        return ""
    if deliveries.named_has_landed(settings):
        return ""
    return (
        f"No file of {settings.feeds_dir or settings.inbox} has landed. A folder of feeds is laid out as "
        "<publisher folder>/<file>; `hub feeds --json` lists each feed's folder and file names."
    )


def _publish(settings: Settings, screen: Screen) -> bool:
    """The runs from the warehouse to the site; True when the release is shown."""
    from orchestration.defs.after_landing import after_landing
    from orchestration.defs.release import DATA, SITE
    from orchestration.lib.dbt import DbtError
    from orchestration.lib.in_process import materialise

    try:
        with screen.stage("warehouse", "reading the models"):
            warehouse, data, site = after_landing(settings, screen)
            run = materialise([warehouse])
    except DbtError as problem:
        screen.problem(str(problem))
        return False
    screen.made_warehouse(run)
    for name, asset, key in (("data", data, DATA), ("site", site, SITE)):
        if not run.broken:
            with screen.stage(name, "starting"):
                run = materialise([asset])
            screen.made_release(name, run.made.get(key, {}))
    for sentence in run.broken:
        screen.problem(sentence)
    return not run.broken
