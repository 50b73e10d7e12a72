"""What a format writer gets: one delivery of a feed, as the hub must understand it.

Belongs here: the record between the edition, which decides what is in a delivery, and the formats, which decide how a
publisher would print it. Does not belong here: any number or any format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from sources.registry import FeedSpec

CELLS = [
    "indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions", "value", "numerator",
    "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect", "mark", "status",
]  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """One delivery to be written.

    `cells` has one row an indicator part, area, period and dimension key, with the columns of CELLS; values are rounded
    as they are to be printed, and rows of regions and England stand in it where the publisher prints them. `areas` has
    one row an area of `cells`: area_code, area_name, area_type, tier, region_code, region_name, ons, dcsf, pct, sha,
    force, people. `quirks` are departures from the usual format, by name. `small` gives the cells of small areas, one
    part of an indicator after another: they are too many to be held at once, and hold nothing `cells` has no room for.
    """

    feed: FeedSpec
    published_on: date
    number: int
    cells: pd.DataFrame
    areas: pd.DataFrame
    quirks: frozenset[str] = frozenset()
    small: Callable[[], Iterator[pd.DataFrame]] = lambda: iter(())

    @property
    def month(self) -> str:
        """Month of publication as file names carry it: 2009-06."""
        return f"{self.published_on:%Y-%m}"

    def text_of(self, mark: str) -> str:
        """How the publisher writes a mark: the first text its description gives that meaning.

        Raises:
            KeyError: the publisher has no such mark.
        """
        found = [text for text, meaning in self.feed.marks.items() if meaning == mark and text]
        if not found:
            raise KeyError(f"feed {self.feed.key} has no mark for {mark!r}")
        return found[0]


@dataclass(frozen=True)
class Written:
    """A file as it arrives: the feed it is for, its name, its bytes, and the days it was published and received."""

    feed: str
    name: str
    content: bytes
    published_on: date
    received_on: date
