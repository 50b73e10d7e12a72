"""Collection rounds, by the seed that lists them: which one a delivery belongs to.

Belongs here: a day's round. Does not belong here: what is collected in one (sources), how it is judged (dbt).
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from orchestration.settings import CHECKOUT

SEED = CHECKOUT / "dbt_project" / "seeds" / "framework" / "rounds.csv"
LATER = "after the last round"  # what became known when the framework was over


@cache
def ends() -> dict[str, date]:
    """The last day of every round, by its label, oldest first."""
    with SEED.open(encoding="utf-8", newline="") as rows:
        return {row["round_label"]: date.fromisoformat(row["ends_on"]) for row in csv.DictReader(rows)}


def labels() -> list[str]:
    """Every round, and LATER for what came after them all."""
    return [*ends(), LATER]


def of(day: date) -> str:
    """The round that was under way on a day; before the first one, the first: it is what that round could know."""
    return next((label for label, last in ends().items() if day <= last), LATER)
