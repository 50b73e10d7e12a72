"""What is true in the illustrative edition: outturns of every indicator part, drawn once from the seed.

Belongs here: levels, spread, trend, season and sampling, by the parameters of levels.csv. Does not belong here: when a
value is published, revised or hidden (edition), or in what format (formats). Every part draws from a generator of its
own, so that a change to one leaves the others as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo.geography import MADE_OF_COUNCILS, Geography
from sources.demo.reference_periods import FIRST_YEAR, reference_periods

DEFERRED_TO = date(2009, 4, 1)
NORMAL_95 = 1.96
MOST_DRIFT = 0.05  # areas differ in their trends, but none leaves the others behind in a year
REVISED_BY = 0.015  # relative change between a provisional and a final numerator, one standard deviation
PUBLISHED_HALF_WIDTH = 0.08  # interval of a rate whose count is not published, as a share of the rate


@dataclass(frozen=True)
class Numbers:
    """Matrices areas x periods; NaN where a part has none. Values are not rounded."""

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    survey_base: np.ndarray
    half_width: np.ndarray

    def at(self, periods: np.ndarray) -> Numbers:
        """The numbers of some periods, by position."""
        return Numbers(*(matrix[:, periods] for matrix in vars(self).values()))

    def where(self, these: np.ndarray, others: Numbers) -> Numbers:
        """These numbers in the periods marked, and those of another in the rest."""
        pairs = zip(vars(self).values(), vars(others).values(), strict=True)
        return Numbers(*(np.where(these, mine, other) for mine, other in pairs))


@cache
def parts() -> pd.DataFrame:
    """Every part that a delivery can carry: the parameters of levels.csv beside what the framework says of it."""
    levels = pd.read_csv(Path(__file__).parent / "levels.csv")
    indicators, framework = read_seed("framework/indicators"), read_seed("framework/indicator_parts")
    known = framework.merge(indicators, on="indicator_code", suffixes=("", "_whole"))
    for column in ("unit", "polarity", "decimals", "aggregation_rule"):
        known[column] = known[column].where(known[column] != "", known[f"{column}_whole"])
    known["per"] = pd.to_numeric(known["per"]).fillna(1.0)
    known["decimals"] = pd.to_numeric(known["decimals"]).fillna(1).astype(int)
    known["cumulative"] = known["cumulative_in_year"] == "true"
    wanted = [
        "indicator_code", "part", "is_headline", "unit", "polarity", "decimals", "per", "aggregation_rule",
        "cumulative", "frequency", "period_basis", "spatial_levels", "status", "valid_to", "framework",
    ]  # fmt: skip
    return levels.merge(known[wanted], on=["indicator_code", "part"], validate="one_to_one")


def periods_of(part: pd.Series) -> pd.DataFrame:
    """The reference periods in which a part is collected, back to the base year of what is derived from it."""
    rules = read_seed("rules/derived_parts")
    base = rules[(rules["indicator_code"] == part["indicator_code"]) & (rules["base_period_label"] != "")]
    since = min([FIRST_YEAR, *base["base_period_label"].str[:4].astype(int)])
    periods = reference_periods(part["period_basis"], part["frequency"], since)
    if part["status"] == "deferred":
        periods = periods[periods["period_start"] >= DEFERRED_TO]
    if part["status"] == "withdrawn":
        periods = periods[periods["period_end"] <= date.fromisoformat(part["valid_to"])]
    return periods.reset_index(drop=True)


class Drawn:
    """The outturns of one part for the councils of 2008, from which those of every other area follow."""

    def __init__(self, part: pd.Series, geography: Geography, seed: int, periods: pd.DataFrame | None = None) -> None:
        """Draw the part; `part` is a row of `parts()`, `periods` those of `periods_of` where nothing else is said."""
        self.part, self.geography = part, geography
        self.periods = periods_of(part) if periods is None else periods
        self._key = [seed, crc32(f"{part['indicator_code']} {part['part']}".encode())]
        self._region_effects = dict(
            zip(geography.every.query("level == 'region'")["area_code"], self._rng(0).normal(0, 1, 9), strict=False)
        )
        self._councils = self._draw(geography.councils, self._rng(1))

    def _rng(self, stream: int) -> np.random.Generator:
        return np.random.default_rng([*self._key, stream])

    def of(self, areas: pd.DataFrame) -> Numbers:
        """Outturns of areas of one level (the `level` of the frame's first row)."""
        level = areas["level"].iloc[0] if len(areas) else "single"
        if level not in MADE_OF_COUNCILS:
            return self._draw(areas, self._rng(2 + crc32(level.encode()) % 1000))
        return self._added(areas)

    def small(self) -> Numbers:
        """Outturns of the illustrative small areas."""
        return self._draw(self.geography.small, self._rng(3))

    def provisional(self, numbers: Numbers, areas: pd.DataFrame) -> Numbers:
        """The same outturns as first published: counted before all returns were in."""
        rng = self._rng(4 + crc32("".join(areas["area_code"].iloc[:1]).encode()) % 1000)
        factor = 1 + rng.normal(0, REVISED_BY, numbers.value.shape)
        numerator = np.round(numbers.numerator * factor)
        if self.part["unit"] == "percent":
            numerator = np.minimum(numerator, numbers.denominator)
        value = self._ratio(numerator, numbers.denominator, numbers.value * factor)
        return replace(numbers, value=self._within(value), numerator=numerator)

    def _draw(self, areas: pd.DataFrame, rng: np.random.Generator) -> Numbers:
        part, people = self.part, areas["people"].to_numpy()[:, None]
        level = self._level(areas, rng)
        none = np.full(level.shape, np.nan)
        if part["denominator_per_person"] > 0:
            denominator = np.broadcast_to(self._cases(people, len(areas)), level.shape)
            numerator, base = self._sampled(level, denominator, rng)
        elif part["count_per_person"] > 0:
            expected = people * part["count_per_person"] * level / part["level"]
            denominator, base = none, none
            numerator = rng.poisson(expected).astype(float)
        else:
            return self._valued(self._so_far(level), people)
        numerator, denominator = self._through_the_year(numerator, denominator)
        value = self._ratio(numerator, denominator, numerator)
        numerator = none if part["count_per_person"] > 0 else numerator
        return Numbers(value, numerator, denominator, base, self._half_width(value, numerator, denominator, base))

    def _cases(self, people: np.ndarray, stream: int) -> np.ndarray:
        """Denominators: parts about the same share of the people are about the same people."""
        share = self.part["denominator_per_person"]
        same = np.random.default_rng([self._key[0], crc32(f"{share}".encode()), stream])
        return np.maximum(np.round(people * share * np.exp(same.normal(0, 0.05, people.shape))), 1)

    def _level(self, areas: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
        """What each area's value would be without chance, by the part's own scale (log-odds, or logs)."""
        part, t = self.part, self.periods["t"].to_numpy()
        region = areas["region_code"].map(self._region_effects).fillna(0).to_numpy()
        share = part["region_spread"]
        own = rng.normal(0, part["spread"] * np.sqrt(1 - share**2), len(areas)) + region * part["spread"] * share
        drift = rng.normal(part["trend"], min(abs(part["trend"]) / 2, MOST_DRIFT) + 0.004, len(areas))
        noise = rng.normal(0, part["noise"], (len(areas), len(t)))
        season = np.array([1.0, *(part[f"season_q{q}"] for q in range(1, 5))])[self.periods["quarter"].to_numpy()]
        moved = own[:, None] + drift[:, None] * t + noise
        if part["scale"] == "points":
            return part["level"] + moved
        if part["scale"] == "log_odds":
            odds = part["level"] / (100 - part["level"]) * np.exp(moved) * season
            return 100 * odds / (1 + odds)
        return part["level"] * np.exp(moved) * season

    def _sampled(
        self, level: np.ndarray, denominator: np.ndarray, rng: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """Numerators drawn for what was expected, and the answers a survey had (NaN where there was none)."""
        part, share = self.part, level / self.part["per"]
        if part["survey_base"] > 0:
            base = np.maximum(rng.poisson(part["survey_base"], (len(level), 1)), 30.0) + np.zeros(level.shape)
            answers = base / part["design_effect"]
            found = rng.normal(share, np.sqrt(np.clip(share * (1 - share), 1e-4, None) / answers))
            return np.round(np.clip(found, 0.001, 0.999 if part["per"] == 100 else None) * denominator), base
        base = np.full(level.shape, np.nan)
        if part["unit"] == "percent":
            return rng.binomial(denominator.astype("int64"), np.clip(share, 0, 1)).astype(float), base
        return rng.poisson(np.minimum(share * denominator, 1e12)).astype(float), base

    def _through_the_year(self, numerator: np.ndarray, denominator: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Quarters of a year's outturn: a quarter of it each, or built up from April where it is cumulative."""
        quarter = self.periods["quarter"].to_numpy()
        if not quarter.any() or not self.part["cumulative"]:
            return numerator, denominator
        counted = np.round(numerator / 4)
        cases = np.round(denominator / 4)
        years = self.periods["year"].to_numpy()
        for year in np.unique(years):
            here = years == year
            counted[:, here] = counted[:, here].cumsum(axis=1)
            cases[:, here] = cases[:, here].cumsum(axis=1)
        grows = self.part["unit"] == "percent"  # a rate's population stands still while its cases build up
        return counted, cases if grows else denominator

    def _so_far(self, level: np.ndarray) -> np.ndarray:
        """A rate printed without its cases, built up from April where it is cumulative; a change does not build up."""
        if not self.periods["quarter"].any() or not self.part["cumulative"] or self.part["unit"] == "percent_change":
            return level
        years = self.periods["year"].to_numpy()
        return pd.DataFrame(level.T / 4).groupby(years).cumsum().to_numpy().T

    def _valued(self, level: np.ndarray, people: np.ndarray) -> Numbers:
        none = np.full(level.shape, np.nan)
        step = self.part["step"]
        value = self._within(np.round(level / step) * step if step > 0 else level)
        rate = "rate" in self.part["unit"] or self.part["aggregation_rule"] == "standardised_rate"
        return Numbers(value, none, none, none, value * PUBLISHED_HALF_WIDTH if rate else none)

    def _added(self, areas: pd.DataFrame) -> Numbers:
        """Numerators and denominators of councils added up, as whole numbers; else a value weighted by people."""
        base, geography = self._councils, self.geography
        one = np.ones((1, len(self.periods)))
        people = geography.add_up(geography.councils["people"].to_numpy()[:, None] * one, areas)
        none = np.full(people.shape, np.nan)
        if self.part["count_per_person"] > 0:
            return replace(base, value=np.round(geography.add_up(base.value, areas)), numerator=none, denominator=none,
                           survey_base=none, half_width=none)  # fmt: skip
        if not self.part["denominator_per_person"] > 0:
            weighted = geography.add_up(base.value * geography.councils["people"].to_numpy()[:, None], areas) / people
            return self._valued(weighted, people)
        numerator, denominator = (np.round(geography.add_up(x, areas)) for x in (base.numerator, base.denominator))
        answers = geography.add_up(base.survey_base, areas)
        value = self._ratio(numerator, denominator, none)
        half = self._half_width(value, numerator, denominator, answers)
        return Numbers(value, numerator, denominator, answers, half)

    def _ratio(self, numerator: np.ndarray, denominator: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
        if not self.part["denominator_per_person"] > 0:
            return otherwise
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.part["per"] * numerator / denominator

    def _within(self, value: np.ndarray) -> np.ndarray:
        ends = [end for end in (self.part["best"], self.part["worst"]) if np.isfinite(end)]
        low, high = (min(ends), max(ends)) if len(ends) == 2 else (-np.inf, np.inf)
        return np.clip(value, low, high)

    def _half_width(
        self, value: np.ndarray, numerator: np.ndarray, denominator: np.ndarray, base: np.ndarray
    ) -> np.ndarray:
        """Half of the 95 % interval, by the normal approximation."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = numerator / denominator
            if self.part["survey_base"] > 0:
                return NORMAL_95 * self.part["per"] * np.sqrt(share * (1 - share) * self.part["design_effect"] / base)
            if self.part["unit"] == "percent":
                return NORMAL_95 * self.part["per"] * np.sqrt(share * (1 - share) / denominator)
            return NORMAL_95 * self.part["per"] * np.sqrt(numerator) / denominator
