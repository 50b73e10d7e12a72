"""When each feed delivers, and what is planted in its deliveries.

Belongs here: reading edition.yaml and feeds.yaml, and the days that follow from the feeds' own due months. Does not
belong here: numbers (outturns, edition) or formats.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from zlib import crc32

import pandas as pd
from pydantic import BaseModel, ConfigDict

from sources.areas import read_seed
from sources.registry import FeedSpec
from sources.yaml_files import read_yaml

HERE = Path(__file__).parent
FIRST_DAY, QUIET_DAYS = date(2008, 4, 1), 20  # publications fall on the 5th to the 24th of their month


class _Said(BaseModel):
    """Frozen, and a slip in a YAML is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Breakdown(_Said):
    """A dimension printed beside its whole: the share of each of its words."""

    name: str
    shares: dict[str, float]


class Printed(_Said):
    """What a feed's format can carry, and how its publisher goes about it (feeds.yaml).

    `areas` are levels of the geography. `totals_to` is what region and England counts are rounded to. `backcast`
    publishers put every period on the boundaries of the day of publication. `hides_below` counts are suppressed;
    `silent_share` of councils send no return in a period. `small_areas` are printed where the edition has any: as
    totals, and only in CSVs, whose writers print part after part.
    """

    areas: tuple[str, ...]
    totals_to: int = 0
    decimals: int | None = None
    backcast: bool = False
    provisional: bool = False
    hides_below: int = 0
    silent_share: float = 0.0
    newest: int = 0  # how many periods a delivery goes back; 0: all
    quirks: tuple[str, ...] = ()
    small_areas: bool = False
    adds_up: bool = False  # the headline is the sum of the other parts
    breakdown: Breakdown | None = None


class Defect(_Said):
    """One thing that goes wrong in the `delivery`-th delivery of a feed, by the kind the hub should report it as."""

    kind: str
    feed: str
    delivery: int
    indicator_code: str = ""
    part: str = "headline"
    area_code: str = ""
    period_label: str = ""
    region_code: str = ""
    areas: int = 0
    factor: float = 1.0
    days: int = 0


class Preset(_Said):
    """How much of England, the framework and the years an edition holds; empty means all."""

    regions: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    rounds: int = 12


@cache
def printed() -> dict[str, Printed]:
    """What each feed prints, by feed key, in the order deliveries are made."""
    said = read_yaml(HERE / "feeds.yaml")
    return {feed: Printed.model_validate(words) for feed, words in said.items()}


@cache
def _edition() -> dict:
    return read_yaml(HERE / "edition.yaml")


def presets() -> dict[str, Preset]:
    """The named sizes of the edition."""
    return {name: Preset.model_validate(words) for name, words in _edition()["presets"].items()}


@cache
def defects(feed: str) -> tuple[Defect, ...]:
    """What is planted in the deliveries of a feed."""
    every = [Defect.model_validate(words) for words in _edition()["defects"]]
    return tuple(defect for defect in every if defect.feed == feed)


def rounds(count: int) -> pd.DataFrame:
    """The first collection rounds: round_label, starts_on, ends_on (dates)."""
    frame = read_seed("framework/rounds").head(count)
    days = {column: frame[column].map(date.fromisoformat) for column in ("starts_on", "ends_on")}
    return frame[["round_label"]].assign(**days)


def publication_days(spec: FeedSpec, count: int) -> list[date]:
    """The days a feed is due to publish within the first rounds: one in each of its due months."""
    until = rounds(count)["ends_on"].iloc[-1]
    months = [date(year, month, 1) for year in range(FIRST_DAY.year, until.year + 1) for month in range(1, 13)]
    due = [first for first in months if FIRST_DAY <= first <= until and first.month in spec.due_months]
    due = [first for first in due if not spec.due_years or first.year in spec.due_years]
    return [first + timedelta(days=4 + crc32(f"{spec.key} {first}".encode()) % QUIET_DAYS) for first in due]
