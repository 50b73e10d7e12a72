"""Parameters of the illustrative edition: levels.csv is complete, follows the rules of the seeds and can be drawn from.

One row an indicator part that a delivery can carry. `scale` says on which scale spread, trend and noise are given and
added: `log_odds` for shares in per cent, `log` for rates, numbers, scores and gaps, `points` (percentage points) for
indicators that are themselves a change in per cent and so may be negative. Where an indicator is cumulative in its
year, level, denominator and count are of the full year; where it is quarterly or monthly and not cumulative,
denominator and count are of one quarter or month. Place Survey parts give their base after "don't know" is left out.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sources import demo
from sources.areas import read_seed

KEY = ["indicator_code", "part"]
SEASONS = ["season_q1", "season_q2", "season_q3", "season_q4"]
NUMBERS = [
    "level", "spread", "trend", "region_spread", "noise", *SEASONS, "denominator_per_person", "count_per_person",
    "survey_base", "design_effect", "best", "worst", "step",
]  # fmt: skip
MAY_BE_BLANK = NUMBERS[NUMBERS.index("denominator_per_person") :]
COUNCILS = ("unitary", "metropolitan_district", "london_borough", "county")


@pytest.fixture(scope="module")
def parts():
    """Every part a delivery can carry, with the indicator's facts where the part has none of its own."""
    indicators, parts = read_seed("framework/indicators"), read_seed("framework/indicator_parts")
    every = parts.merge(indicators, on="indicator_code", suffixes=("_of_part", ""))
    for column in ("unit", "polarity", "decimals", "aggregation_rule"):
        every[column] = every[f"{column}_of_part"].where(every[f"{column}_of_part"] != "", every[column])
    every = every[every["status"] != "dropped"].set_index(KEY)
    return every.drop(pd.MultiIndex.from_frame(read_seed("rules/derived_parts")[KEY]))


@pytest.fixture(scope="module")
def text():
    return pd.read_csv(Path(demo.__file__).parent / "levels.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def rows(text, parts):
    """The parameters as numbers, with what the seeds say of each part."""
    numbers = text[NUMBERS].replace("", np.nan).astype("float64")
    facts = parts[["unit", "polarity", "decimals", "aggregation_rule", "per", "frequency", "is_survey_based"]]
    return text[[*KEY, "scale"]].join(numbers).join(facts, on=KEY).set_index(KEY)


@pytest.fixture(scope="module")
def people():
    areas = read_seed("framework/areas")
    living = (areas["valid_from"] <= "2010-03-31") & ((areas["valid_to"] == "") | (areas["valid_to"] >= "2010-03-31"))
    return areas.loc[areas["area_type"].isin(COUNCILS) & living, "population_mid2008"].astype("float64").sum()


def which(wrong):
    return wrong[wrong].index.tolist()


def test_every_part_once_and_no_other(text, parts):
    assert list(text.columns) == ["indicator_code", "part", "scale", *NUMBERS]
    found = pd.MultiIndex.from_frame(text[KEY])
    assert found.is_unique
    assert set(found) == set(parts.index)
    national = found.get_level_values(0)[found.get_level_values(0).str.startswith("NI ")]
    assert national.nunique() == 198


def test_numbers_are_given_and_plausible(rows):
    assert rows.drop(columns=MAY_BE_BLANK).notna().all(axis=None)
    assert np.isfinite(rows[NUMBERS].fillna(0)).all(axis=None)
    points = rows["scale"] == "points"
    assert which(~rows["region_spread"].between(0, 0.6)) == []
    assert which(~rows["spread"].between(0.02, 1.2) & ~points) == []
    assert which((rows["trend"].abs() > 0.7) & ~points) == []
    # small, so that a value hardly ever trebles or moves by 20 percentage points from one year to the next
    assert which(~rows["noise"].between(0.01, 0.06) & ~points) == []
    assert which(~rows["noise"].between(0.5, 4) & points) == []
    assert which(rows["noise"] > rows["spread"]) == []


def test_scale_follows_from_the_part(rows):
    share, change = rows["unit"] == "percent", rows["unit"] == "percent_change"
    expected = np.select([change, share], ["points", "log_odds"], "log")
    assert which(rows["scale"] != expected) == []
    assert which((rows["scale"] == "log_odds") & ~rows["level"].between(0, 100, inclusive="neither")) == []
    assert which((rows["scale"] == "log") & (rows["level"] <= 0)) == []


def test_levels_lie_within_what_is_possible(rows):
    ends = rows[["best", "worst"]]
    low, high = ends.min(axis=1, skipna=False), ends.max(axis=1, skipna=False)
    assert which((rows["level"] < low) | (rows["level"] > high)) == []
    better = rows["polarity"].map({"higher_is_better": 1, "lower_is_better": -1}).fillna(0)
    assert which((better * (rows["best"] - rows["level"]) < 0) | (better * (rows["level"] - rows["worst"]) < 0)) == []
    assert which((rows["level"] * rows[SEASONS].max(axis=1) > high) & (rows["scale"] != "points")) == []


def test_steps_of_scores_and_grades(rows):
    stepped = rows["unit"].isin(["score", "level", "grade"]) & (rows["aggregation_rule"] != "ratio_of_sums")
    assert which(stepped != rows["step"].notna()) == []
    assert which(rows["step"] < 10.0 ** -rows["decimals"].astype("int64")) == []


def test_most_parts_improve_slowly(rows):
    judged = rows[rows["polarity"].isin(["higher_is_better", "lower_is_better"])]
    improves = np.sign(judged["trend"]) == judged["polarity"].map({"higher_is_better": 1, "lower_is_better": -1})
    assert 0.7 < improves.mean() < 0.97


def test_seasons_average_one_and_only_where_there_are_quarters(rows):
    np.testing.assert_allclose(rows[SEASONS].mean(axis=1), 1, atol=1e-9)
    assert which((rows[SEASONS] != 1).any(axis=1) & (rows["frequency"] != "quarterly")) == []


def test_denominators_and_counts_follow_the_rule_of_the_part(rows, people):
    rule = rows["aggregation_rule"]
    assert which((rule == "ratio_of_sums") != (rows["denominator_per_person"] > 0)) == []
    assert which((rule == "sum") != (rows["count_per_person"] > 0)) == []
    summed = rows[rule == "sum"]
    np.testing.assert_allclose(summed["count_per_person"] * people, summed["level"], rtol=0.01)


def test_england_has_cases_to_count(rows, people):
    """A share or rate whose numerator is nearly nil in all of England comes from a slip of units."""
    ratios = rows[rows["aggregation_rule"] == "ratio_of_sums"]
    base = ratios["denominator_per_person"] * people
    cases = ratios["level"] / ratios["per"].astype("float64") * base
    # the smallest: domestic homicides (NI 034), and county matters decided in a quarter (NI 157)
    assert which((cases < 100) | (base < 400)) == []


def test_survey_parameters_exactly_where_there_is_a_survey(rows):
    survey = rows["is_survey_based"] == "true"
    for column in ("survey_base", "design_effect"):
        assert which(survey != rows[column].notna()) == [], column
    assert rows.loc[survey, "survey_base"].between(200, 5000).all()
    assert rows.loc[survey, "design_effect"].between(1.2, 2).all()
