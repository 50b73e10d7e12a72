"""Which feeds are to be taken in on a day, by the framework's calendar and the feeds' own due months.

Belongs here: reading both. Does not belong here: what is done about it (defs/automation.py), what came late (dbt).
"""

from __future__ import annotations

import calendar
import csv
from collections import defaultdict
from datetime import date
from functools import cache

from orchestration.settings import CHECKOUT
from sources.registry import FeedSpec, load_feeds

SEED = CHECKOUT / "dbt_project" / "seeds" / "framework" / "calendar.csv"
DUE = "due month"  # why a feed is looked for when no event of the calendar asks for it


def due(day: date) -> dict[str, set[str]]:
    """Feed -> why it is looked for on this day: codes of events that begin or end, or the last day of a due month."""
    found: dict[str, set[str]] = defaultdict(set)
    for event in events():
        if day.isoformat() in (event["starts_on"], event["ends_on"]) or f"{day:%m-%d}" in (
            event["recurs_from"],
            event["recurs_to"],
        ):
            for feed in named(event["feeds"]):
                found[feed].add(event["event_code"])
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        for spec in load_feeds().values():
            if _publishes(spec, day):
                found[spec.key].add(DUE)
    return dict(found)


@cache
def events() -> list[dict[str, str]]:
    """The rows of the calendar."""
    with SEED.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def named(feeds: str) -> list[str]:
    """The feeds that a row names by key, by family or as all.

    Raises:
        ValueError: it names something that is neither.
    """
    every, found = load_feeds(), []
    for name in filter(None, feeds.split(";")):
        matching = [spec.key for spec in every.values() if name in ("all", spec.key, spec.family)]
        if not matching:
            raise ValueError(f"{SEED.name}: {name!r} is neither a feed nor a family of feeds")
        found += matching
    return found


def _publishes(spec: FeedSpec, day: date) -> bool:
    return day.month in spec.due_months and (not spec.due_years or day.year in spec.due_years)
