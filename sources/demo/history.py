"""Everything a feed could ever print, as first counted and as it stood in the end.

Belongs here: from outturns to cells: rounding, small counts hidden, returns not made. Does not belong here: which of it is
in one delivery (edition). Grain of a history: indicator part x area x period x boundaries.
"""

from __future__ import annotations

from datetime import date
from zlib import crc32

import numpy as np
import pandas as pd

from sources.demo.geography import Geography
from sources.demo.outturns import Drawn, Numbers
from sources.demo.schedule import Printed

REORGANISED_ON = date(2009, 4, 1)
BOUNDARIES = (date(2008, 6, 30), REORGANISED_ON)
SPATIAL = {  # words of indicators.spatial_levels -> levels of the geography
    "single": "single tier", "upper": "county", "lower": "district", "pct": "pct|primary care trust",
    "force": "police force area", "sha": "strategic health authority", "csp": "community safety partnership",
}  # fmt: skip
TOTALS = ("national", "region")
MEASURED = ["value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect"]


def history(drawn: Drawn, feed: Printed, seed: int) -> pd.DataFrame:
    """Cells of one part, final (`value`...) and as first counted (`first_value`...), with period_end and boundaries."""
    pieces = [
        _block(drawn, feed, level, day)
        for level in _levels(drawn.part["spatial_levels"], feed)
        for day in BOUNDARIES
        if len(drawn.geography.on(day, level))
    ]
    if feed.small_areas and drawn.geography.small_areas:
        pieces += [_small_block(drawn, feed)]
    cells = pd.concat(pieces, ignore_index=True)
    return _silent(_hidden(cells, feed), feed, seed)


def _levels(spatial: str, feed: Printed) -> list[str]:
    said = {level for level, words in SPATIAL.items() if any(word in spatial for word in words.split("|"))}
    if "lower" in said and "district" in spatial and "county" not in spatial:
        said.discard("upper")
    return [level for level in feed.areas if level in said or level in TOTALS]


def _block(drawn: Drawn, feed: Printed, level: str, day: date) -> pd.DataFrame:
    areas = drawn.geography.on(day, level)
    final = drawn.of(areas)
    cells = _cells(drawn, feed, areas, final, drawn.provisional(final, areas), level)
    cells["boundaries"] = day
    if feed.backcast:
        return cells
    before = cells["period_end"] < REORGANISED_ON
    return cells[before == (day < REORGANISED_ON)]


def _small_block(drawn: Drawn, feed: Printed) -> pd.DataFrame:
    areas, final = drawn.geography.small(), drawn.small()
    cells = _cells(drawn, feed, areas, final, drawn.provisional(final, areas), "small")
    after = cells["period_end"] >= REORGANISED_ON
    return cells.assign(boundaries=np.where(after, *reversed(BOUNDARIES)))


def _cells(
    drawn: Drawn, feed: Printed, areas: pd.DataFrame, final: Numbers, first: Numbers, level: str
) -> pd.DataFrame:
    part, periods = drawn.part, drawn.periods
    cells = areas[["area_code", "region_code"]].loc[areas.index.repeat(len(periods))].reset_index(drop=True)
    cells = cells.assign(indicator_code=part["indicator_code"], part=part["part"], dimensions="", level=level, mark="")
    for column in ("period_label", "period_basis", "period_end"):
        cells[column] = np.tile(periods[column].to_numpy(), len(areas))
    for prefix, numbers in (("", final), ("first_", first)):
        for name, matrix in _as_printed(part, feed, numbers, level in TOTALS).items():
            cells[prefix + name] = matrix.ravel()
    return cells


def _as_printed(part: pd.Series, feed: Printed, numbers: Numbers, is_total: bool) -> dict[str, np.ndarray]:
    numerator, denominator = numbers.numerator, numbers.denominator
    if is_total and feed.totals_to:
        numerator, denominator = (np.round(x / feed.totals_to) * feed.totals_to for x in (numerator, denominator))
    places = part["decimals"] if feed.decimals is None else feed.decimals
    value = numbers.value
    if feed.exact and part["denominator_per_person"] > 0:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = part["per"] * numerator / denominator
    else:
        value = np.round(value, places) + 0.0
    lower, upper = (np.round(np.maximum(numbers.value + sign * numbers.half_width, 0), places) for sign in (-1, 1))
    none = np.full(value.shape, np.nan)
    carried = set(feed.carries)
    return {
        "value": value,
        "numerator": numerator if "numerator" in carried else none,
        "denominator": denominator if "denominator" in carried else none,
        "lower_ci": lower if "ci" in carried else none,
        "upper_ci": upper if "ci" in carried else none,
        "survey_base": np.round(numbers.survey_base) if "survey" in carried else none,
        "design_effect": none + part["design_effect"] if "survey" in carried else none,
    }


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
    return _without_value(cells, hidden | partner, "suppressed")


def _silent(cells: pd.DataFrame, feed: Printed, seed: int) -> pd.DataFrame:
    """Councils that made no return for a period."""
    if not feed.silent_share:
        return cells
    key = crc32(" ".join(cells.loc[cells.index[:1], ["indicator_code", "part"]].to_numpy().ravel()).encode())
    rng = np.random.default_rng([seed, key, 5])
    silent = (rng.random(len(cells)) < feed.silent_share) & cells["level"].isin(["single", "upper", "lower"])
    return _without_value(cells, silent & (cells["mark"] == ""), "not_available")


def _without_value(cells: pd.DataFrame, these: pd.Series, mark: str) -> pd.DataFrame:
    columns = [prefix + name for name in MEASURED if name != "design_effect" for prefix in ("", "first_")]
    cells.loc[these, columns] = np.nan
    cells.loc[these, "mark"] = mark
    return cells
