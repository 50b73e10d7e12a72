"""The illustrative edition: every delivery of every feed, in the order of feeds and days, with what is planted in it.

Belongs here: what is in one delivery, and what goes wrong with it. Does not belong here: outturns, formats, or any way
round the feeds: the files are landed through the same descriptions and readers as real ones. Deliveries are made one
after another, and small areas one part of an indicator after another, so that memory holds the history of one feed's
councils and the bytes of one delivery, whatever the scale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from hashlib import sha256

import numpy as np
import pandas as pd

from sources.demo.delivery import CELLS, Delivery, Written
from sources.demo.geography import BOUNDARIES, REORGANISED_ON, Geography
from sources.demo.history import MEASURED, history, room, small_cells
from sources.demo.look_up import FEED as LOOK_UP
from sources.demo.look_up import look_up
from sources.demo.outturns import DEFERRED_TO, Drawn, parts
from sources.demo.planting import plant, redefine
from sources.demo.reference_periods import undated_quarters
from sources.demo.schedule import Defect, Preset, Printed, defects, printed, publication_days
from sources.registry import FeedSpec, load_feeds

MONTH = 30.44  # days
META = ".meta.csv"  # the companion of a pair's data file
PART, COUNCILS = ["indicator_code", "part"], ("single", "lower")


@dataclass(frozen=True)
class Made:
    """One delivery: its files as they arrive, and the ledger of what was meant: cells, and what was planted."""

    feed: str
    number: int
    files: list[Written]
    cells: pd.DataFrame
    planted: list[dict[str, str]] = field(default_factory=list)
    lands: bool = True
    small: Callable[[], Iterator[pd.DataFrame]] = lambda: iter(())  # cells of small areas, as in Delivery


def deliveries(preset: Preset, seed: int, scale: int, feed: str | None = None) -> Iterator[Made]:
    """Every delivery of the small areas and of observations, feed by feed, oldest first; or of one `feed` alone."""
    geography = Geography(preset.regions, scale - 1)
    if geography.small_areas and feed in (None, LOOK_UP):
        yield Made(LOOK_UP, 1, [look_up(geography)], pd.DataFrame(columns=CELLS))
    for key, layout in printed().items():
        if feed in (None, key):
            yield from _of_feed(load_feeds()[key], layout, geography, preset, seed)


def _of_feed(spec: FeedSpec, feed: Printed, geography: Geography, preset: Preset, seed: int) -> Iterator[Made]:
    drawn = _drawn(spec, geography, preset, seed)
    if not drawn:
        return
    every = _history(spec, feed, drawn, seed)
    due = publication_days(spec, preset.rounds)
    wrong, before, number, sent = defects(spec.key), None, 0, set()
    for position, day in enumerate(due, 1):
        here = [defect for defect in wrong if defect.delivery == position]
        if any(defect.kind == "missing_delivery" for defect in here):
            continue
        day += timedelta(days=sum(defect.days for defect in here if defect.kind == "late_delivery"))
        cells = _carried(every, spec, feed, day, before)
        if cells.empty:
            continue
        number += 1
        past = [defect for defect in wrong if defect.delivery <= position]
        small = partial(_small, spec, feed, drawn, cells, day, past)
        yield from _made(spec, feed, geography, cells, small, (number, day), (here, past), sent)
        before = day


def _drawn(spec: FeedSpec, geography: Geography, preset: Preset, seed: int) -> list[Drawn]:
    """The outturns of the parts a feed carries."""
    every = parts()
    mine = every[every["indicator_code"].isin(spec.indicators)]
    mine = mine[_carries(spec, mine)]
    if preset.indicators:
        mine = mine[mine["indicator_code"].isin(preset.indicators)]
    periods = _undated(spec)
    return [Drawn(part, geography, seed, periods) for _, part in mine.iterrows()]


def _history(spec: FeedSpec, feed: Printed, drawn: list[Drawn], seed: int) -> pd.DataFrame:
    every = pd.concat([history(one, feed, room(spec), seed) for one in drawn], ignore_index=True)
    return _added_up(every) if feed.adds_up else every


def _small(
    spec: FeedSpec, feed: Printed, drawn: list[Drawn], cells: pd.DataFrame, day: date, past: list[Defect]
) -> Iterator[pd.DataFrame]:
    """Cells of small areas in a delivery, part by part: the periods, and their statuses, that their councils have."""
    if not (feed.small_areas and drawn[0].geography.small_areas):
        return
    said = cells.loc[cells["level"].isin(COUNCILS), ["indicator_code", "part", "period_label", "status"]]
    statuses = {key: dict(same.to_numpy()[:, 2:]) for key, same in said.drop_duplicates().groupby(PART)}
    for one in drawn:
        told = statuses.get((one.part["indicator_code"], one.part["part"]))
        if told:
            yield plant(redefine(small_cells(one, feed, room(spec), told), day), [], past)[0][CELLS]


def _undated(spec: FeedSpec) -> pd.DataFrame | None:
    prefix = next((layout.period.undated for layout in spec.layouts if layout.period and layout.period.undated), "")
    return undated_quarters(prefix, DEFERRED_TO) if prefix else None


def _added_up(every: pd.DataFrame) -> pd.DataFrame:
    """The headline as the sum of its parts, where a publisher prints both."""
    key = ["area_code", "period_label", "boundaries"]
    of = every["part"] == "headline"
    for column in ("value", "first_value"):
        total = every[~of].groupby(key)[column].sum(min_count=1)
        every.loc[of, column] = total.reindex(pd.MultiIndex.from_frame(every.loc[of, key])).to_numpy()
    return every


def _carries(spec: FeedSpec, mine: pd.DataFrame) -> pd.Series:
    """Parts that the feed's layouts name; all that no feed names where a layout takes the part from the file."""
    named = {key: set(_named(other)) for key, other in load_feeds().items()}
    by_none = any("{" in indicator for indicator, _ in named[spec.key])
    elsewhere = set().union(*named.values())
    pairs = zip(mine["indicator_code"], mine["part"], strict=True)
    return pd.Series(
        [pair in named[spec.key] or (by_none and pair not in elsewhere) for pair in pairs], index=mine.index, dtype=bool
    )


def _named(spec: FeedSpec) -> list[tuple[str, str]]:
    return [(measure.indicator, measure.part) for layout in spec.layouts for measure in layout.measures]


def _carried(every: pd.DataFrame, spec: FeedSpec, feed: Printed, day: date, before: date | None) -> pd.DataFrame:
    """The cells a delivery of a day carries; periods not published before are provisional where the feed does so."""
    lag = timedelta(days=spec.arrival_lag_months * MONTH)
    shown = every["period_end"] <= day - lag
    if feed.backcast:
        shown &= every["boundaries"] == max(first for first in BOUNDARIES if first <= max(day, BOUNDARIES[0]))
    cells = every[shown]
    if feed.newest and len(cells):
        ends = cells.groupby(["indicator_code", "part"])["period_end"].rank(method="dense", ascending=False)
        cells = cells[ends <= feed.newest]
    if cells.empty:
        return cells
    last = (
        before - lag if before else cells.groupby("indicator_code")["period_end"].transform("max") - timedelta(days=1)
    )
    new = (cells["period_end"] > last) & feed.provisional
    first = cells[[f"first_{name}" for name in MEASURED]].set_axis(MEASURED, axis=1)
    cells = cells.assign(status=np.where(new, "provisional", "final"))
    cells[MEASURED] = cells[MEASURED].mask(new, first)
    return redefine(cells[[*CELLS, "level", "region_code"]].reset_index(drop=True), day)


def _made(
    spec: FeedSpec,
    feed: Printed,
    geography: Geography,
    cells: pd.DataFrame,
    small: Callable[[], Iterator[pd.DataFrame]],
    when: tuple[int, date],
    wrong: tuple[list[Defect], list[Defect]],
    sent: set[bytes],
) -> Iterator[Made]:
    from sources.demo.formats import WRITERS

    number, day = when
    here, past = wrong
    cells, meant, planted = plant(cells, here, past)
    quirks = {"old_codes"} & set(feed.quirks) if day < REORGANISED_ON else set()
    quirks |= {defect.kind for defect in past if defect.kind == "renamed_column"}
    delivery = Delivery(spec, day, number, cells[CELLS], _areas(feed, geography, cells), frozenset(quirks), small)
    written = _news(WRITERS[spec.key](delivery), sent)
    files = [Written(spec.key, name, content, day, day) for name, content in written.items()]
    if not files:
        return
    for defect in here:
        if defect.kind == "corrupt_file":
            yield _broken(spec, number, files)
            files = [_again(file, day + timedelta(days=defect.days), "corrected") for file in files]
    planted = [{"feed": spec.key, "file": files[0].name, **found} for found in planted]
    yield Made(spec.key, number, files, meant[CELLS], planted, small=small)
    for defect in here:
        if defect.kind == "resent":
            again = [_again(file, day + timedelta(days=defect.days), "again") for file in files]
            note = {"kind": "resent", "feed": spec.key, "file": files[0].name}
            yield Made(spec.key, number, again, meant[CELLS].head(0), [note], lands=False)


def _news(written: dict[str, bytes], sent: set[bytes]) -> dict[str, bytes]:
    """The files that say something new: of several a publisher sends again only those that changed."""
    data = {name: sha256(content).digest() for name, content in written.items() if not name.endswith(META)}
    new = {name for name, told in data.items() if told not in sent}
    sent |= set(data.values())
    return {name: content for name, content in written.items() if name.replace(META, ".csv") in new}


def _again(file: Written, day: date, word: str) -> Written:
    stem, dot, ending = file.name.partition(".")
    return Written(file.feed, f"{stem}_{word}{dot}{ending}", file.content, day, day)


def _broken(spec: FeedSpec, number: int, files: list[Written]) -> Made:
    """The files cut off in the middle, as a transfer that broke leaves them."""
    cut = [
        Written(file.feed, file.name, file.content[: len(file.content) // 2], file.published_on, file.received_on)
        for file in files
    ]
    note = {"kind": "corrupt_file", "feed": spec.key, "file": cut[0].name}
    return Made(spec.key, number, cut, pd.DataFrame(columns=CELLS), [note], lands=False)


def _areas(feed: Printed, geography: Geography, cells: pd.DataFrame) -> pd.DataFrame:
    known = geography.every
    here = known[known["area_code"].isin(cells["area_code"])]
    small = geography.small[known.columns] if feed.small_areas else known.head(0)
    return pd.concat([here, small], ignore_index=True)
