"""Everything a feed could ever print, as first counted and as it stood in the end.

Belongs here: from outturns to cells: rounding, small counts hidden, returns not made. Does not belong here: which of it
is in one delivery (edition). Grain of a history: indicator part x area x period x dimension key x boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zlib import crc32

import numpy as np
import pandas as pd

from sources.demo.geography import BOUNDARIES, REORGANISED_ON
from sources.demo.outturns import Drawn, Numbers
from sources.demo.schedule import Breakdown, Printed
from sources.registry import FeedSpec

SPATIAL = {  # words of indicators.spatial_levels -> levels of the geography
    "single": "single tier", "upper": "county", "lower": "district", "pct": "pct|primary care trust",
    "force": "police force area", "sha": "strategic health authority", "csp": "community safety partnership",
}  # fmt: skip
TOTALS = ("national", "region")
WHEN = ["period_label", "period_basis", "period_end"]
MEASURED = ["value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect"]


@dataclass(frozen=True)
class Room:
    """What a feed's layouts have room for: roles of a measure, and whether the hub works the value out itself."""

    roles: frozenset[str]
    exact: bool


def room(spec: FeedSpec) -> Room:
    """The room of a feed, from its own description."""
    measures = [measure for layout in spec.layouts for measure in layout.measures]
    names = ("numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect")
    roles = frozenset(name for name in names if any(getattr(measure, name) for measure in measures))
    return Room(roles, not any(measure.value for measure in measures))


def history(drawn: Drawn, feed: Printed, space: Room, seed: int) -> pd.DataFrame:
    """Cells of one part, final (`value`...) and as first counted (`first_value`...), with period_end and boundaries."""
    pieces = [
        _block(drawn, feed, space, level, day)
        for level in _levels(drawn.part["spatial_levels"], feed)
        for day in BOUNDARIES
        if len(drawn.geography.on(day, level))
    ]
    cells = _broken_down(pd.concat(pieces, ignore_index=True), feed.breakdown)
    return _silent(_hidden(cells, feed), feed, seed)


def _levels(spatial: str, feed: Printed) -> list[str]:
    said = {level for level, words in SPATIAL.items() if any(word in spatial for word in words.split("|"))}
    if "lower" in said and "district" in spatial and "county" not in spatial:
        said.discard("upper")
    return [level for level in feed.areas if level in said or level in TOTALS]


def _block(drawn: Drawn, feed: Printed, space: Room, level: str, day: date) -> pd.DataFrame:
    areas, periods = drawn.geography.on(day, level), drawn.periods
    final = drawn.of(areas)
    first = drawn.provisional(final, areas)
    then = (periods["period_end"] < REORGANISED_ON) == (day < REORGANISED_ON)
    at = np.flatnonzero(then | feed.backcast)
    figures = {
        prefix + name: matrix
        for prefix, numbers in (("", final), ("first_", first))
        for name, matrix in _as_printed(drawn.part, feed, space, numbers.at(at), level in TOTALS).items()
    }
    return _laid_out(drawn.part, areas, periods.iloc[at], figures, level=level, boundaries=day)


def small_cells(drawn: Drawn, feed: Printed, space: Room, statuses: dict[str, str]) -> pd.DataFrame:
    """Cells of one part for the small areas, as one delivery prints them: the periods of `statuses`, by label.

    They are drawn anew for each delivery, and small counts are suppressed. No total of them is printed, so that none
    gives a suppressed one away.
    """
    areas, final = drawn.geography.small, drawn.small()
    first = drawn.provisional(final, areas)
    at = np.flatnonzero(drawn.periods["period_label"].isin(statuses))
    periods = drawn.periods.iloc[at]
    told = periods["period_label"].map(statuses).to_numpy()
    numbers = final.at(at).where(told != "provisional", first.at(at))
    figures = _as_printed(drawn.part, feed, space, numbers, is_total=False)
    cells = _laid_out(drawn.part, areas, periods, figures, level="small", status=np.tile(told, len(areas)))
    hidden = (cells["numerator"] > 0) & (cells["numerator"] < feed.hides_below)
    return _without_value(cells, hidden, "suppressed", keep=("denominator", "survey_base"))


def _laid_out(
    part: pd.Series, areas: pd.DataFrame, periods: pd.DataFrame, figures: dict[str, np.ndarray], **more: object
) -> pd.DataFrame:
    """One row an area and period, from matrices areas x periods."""
    rows = {column: np.repeat(areas[column].to_numpy(), len(periods)) for column in ("area_code", "region_code")}
    rows |= {column: np.tile(periods[column].to_numpy(), len(areas)) for column in WHEN}
    rows |= {name: matrix.ravel() for name, matrix in figures.items()}
    about = part[["indicator_code", "part"]].to_dict()
    nobody = np.isnan(rows["value"])  # 0 of 0, as in the smallest councils
    return pd.DataFrame({**rows, **about, "dimensions": "", "mark": np.where(nobody, "not_applicable", ""), **more})


def _as_printed(part: pd.Series, feed: Printed, space: Room, numbers: Numbers, is_total: bool) -> dict[str, np.ndarray]:
    numerator, denominator = numbers.numerator, numbers.denominator
    if is_total and feed.totals_to:
        numerator, denominator = (np.round(x / feed.totals_to) * feed.totals_to for x in (numerator, denominator))
    places = part["decimals"] if feed.decimals is None else feed.decimals
    value = numbers.value
    if space.exact and part["denominator_per_person"] > 0:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = part["per"] * numerator / denominator
    else:
        value = np.round(value, places) + 0.0
    lower, upper = (np.round(np.maximum(numbers.value + sign * numbers.half_width, 0), places) for sign in (-1, 1))
    none = np.full(value.shape, np.nan)
    found = {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "lower_ci": lower,
        "upper_ci": upper,
        "survey_base": np.round(numbers.survey_base),
        "design_effect": np.where(np.isnan(numbers.survey_base), np.nan, part["design_effect"]),
    }
    return {name: matrix if name == "value" or name in space.roles else none for name, matrix in found.items()}


def _broken_down(cells: pd.DataFrame, breakdown: Breakdown | None) -> pd.DataFrame:
    """The whole and beside it its breakdown; the first word takes what rounding leaves over."""
    if breakdown is None:
        return cells
    pieces, (first, *others) = [], breakdown.shares
    for prefix in ("", "first_"):
        cells[f"{prefix}left"] = cells[f"{prefix}value"]
    for word in (*others, first):
        piece = cells.assign(dimensions=f"{breakdown.name}={word}")
        for prefix in ("", "first_"):
            whole, left = cells[f"{prefix}value"], cells[f"{prefix}left"]
            piece[f"{prefix}value"] = left if word == first else (whole * breakdown.shares[word]).round()
            cells[f"{prefix}left"] = left - piece[f"{prefix}value"]
        pieces.append(piece)
    return pd.concat([cells, *pieces], ignore_index=True).drop(columns=["left", "first_left"])


def _hidden(cells: pd.DataFrame, feed: Printed) -> pd.DataFrame:
    """Small counts suppressed, and the next smallest of the region where one alone would be given away by its total."""
    if not feed.hides_below:
        return cells
    councils = cells["level"].isin(["single", "upper"])
    count = cells["numerator"].where(councils)
    hidden = (count > 0) & (count < feed.hides_below)
    groups = [cells[c] for c in ("indicator_code", "part", "period_label", "region_code", "boundaries")]
    alone = hidden.groupby(groups).transform("sum") == 1
    others = count.where(alone & ~hidden)
    partner = others.groupby(groups).rank(method="first") == 1
    return _without_value(cells, hidden | partner, "suppressed", keep=("denominator", "survey_base"))


def _silent(cells: pd.DataFrame, feed: Printed, seed: int) -> pd.DataFrame:
    """Councils that made no return for a period."""
    if not feed.silent_share:
        return cells
    key = crc32(" ".join(cells.loc[cells.index[:1], ["indicator_code", "part"]].to_numpy().ravel()).encode())
    rng = np.random.default_rng([seed, key, 5])
    silent = (rng.random(len(cells)) < feed.silent_share) & cells["level"].isin(["single", "upper", "lower"])
    return _without_value(cells, silent & (cells["mark"] == ""), "not_available")


def _without_value(cells: pd.DataFrame, these: pd.Series, mark: str, keep: tuple[str, ...] = ()) -> pd.DataFrame:
    lost = [prefix + name for name in MEASURED if name not in (*keep, "design_effect") for prefix in ("", "first_")]
    cells.loc[these, [name for name in lost if name in cells]] = np.nan
    cells.loc[these, "mark"] = mark
    return cells
