"""Outturns of the illustrative edition: what adds up through the year does so, with or without a count behind it."""

import numpy as np
import pytest

from sources import demo
from sources.demo.geography import Geography
from sources.demo.outturns import Drawn, parts, periods_of

EVERY = parts()
# of a share both sides of the fraction build up, of a change neither does; a few cases a year say nothing of quarters
BUILT_UP = EVERY[
    EVERY["cumulative"] & ~EVERY["unit"].isin(["percent", "percent_change"]) & (EVERY["level"] / EVERY["per"] > 1e-5)
]
QUARTERLY = [part for _, part in BUILT_UP.iterrows() if periods_of(part)["quarter"].any()]


@pytest.fixture(scope="module")
def geography():
    return Geography(("E12000001",))


def test_there_are_rates_with_and_without_a_count_behind_them():
    assert {"NI 039", "NI 016"} <= {part["indicator_code"] for part in QUARTERLY}


@pytest.mark.parametrize("part", QUARTERLY, ids=lambda part: f"{part['indicator_code']} {part['part']}")
@pytest.mark.parametrize("level", ["single", "national"])
def test_a_cumulative_figure_builds_up_from_april(part, level, geography):
    drawn = Drawn(part, geography, demo.SEED)
    value = drawn.of(geography.every.query("level == @level")).value
    quarter = drawn.periods["quarter"].to_numpy()
    whole = np.median(value[:, quarter == 4])
    for number, low, high in ((1, 0.15, 0.35), (2, 0.35, 0.65), (3, 0.6, 0.9)):
        assert low < np.median(value[:, quarter == number]) / whole < high
