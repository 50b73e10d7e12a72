"""The areas deliveries are about, and believable numbers for them.

Belongs here: levels, spreads, trends and totals. Does not belong here: any publisher's format (departments, ...).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from sources.areas import read_seed

ENGLAND = "E92000001"
SINGLE = ("unitary", "metropolitan_district", "london_borough")


@cache
def areas(*types: str, on: str = "2010-03-31") -> pd.DataFrame:
    """Areas of some types in being on a day: area_code, area_name, area_type, region_code, people, dcsf."""
    every = read_seed("framework/areas")
    living = (every["valid_from"] <= on) & ((every["valid_to"] == "") | (every["valid_to"] >= on))
    chosen = every[every["area_type"].isin(types) & living].sort_values("area_code").reset_index(drop=True)
    people = pd.to_numeric(chosen["population_mid2008"], errors="coerce").fillna(100_000).clip(lower=2_000)
    dcsf = read_seed("framework/area_codes").query("scheme == 'dcsf'").drop_duplicates("area_code")
    return chosen.assign(people=people, dcsf=chosen["area_code"].map(dcsf.set_index("area_code")["code"]).fillna(""))


@cache
def region_names() -> dict[str, str]:
    """Region code -> name, in the order of the codes."""
    return areas("region").set_index("area_code")["area_name"].to_dict()


def levels(
    rng: np.random.Generator, where: pd.DataFrame, years: int, level: float, spread: float, trend: float
) -> np.ndarray:
    """A matrix area x year around `level`: regions and areas differ by `spread`, and all move by `trend` a year.

    Spread and trend are shares of the level.
    """
    region = pd.Series(rng.normal(0, spread / 2, 10), index=[*region_names(), ""])
    own = rng.normal(0, spread, len(where)) + where["region_code"].map(region).fillna(0).to_numpy()
    drift = rng.normal(trend, abs(trend) / 2 + 0.004, len(where))
    noise = rng.normal(0, spread / 6, (len(where), years))
    return level * np.exp(own[:, None] + drift[:, None] * np.arange(years) + noise)


def shares(
    rng: np.random.Generator, where: pd.DataFrame, years: int, percent: float, spread: float, trend: float
) -> np.ndarray:
    """A matrix area x year of percentages strictly between 0 and 100."""
    odds = percent / (100 - percent) * levels(rng, where, years, 1.0, spread, trend)
    return 100 * odds / (1 + odds)


def counts(rng: np.random.Generator, base: np.ndarray, percent: np.ndarray) -> np.ndarray:
    """Numerators drawn for bases and percentages: sampling error included."""
    return rng.binomial(np.maximum(base.round().astype("int64"), 0), np.clip(percent, 0, 100) / 100)


def with_totals(frame: pd.DataFrame, numbers: list[str]) -> pd.DataFrame:
    """England and region rows (area_code of the region) put before the areas of a frame, by adding its numbers."""
    england = frame[numbers].sum().to_frame().T.assign(area_code=ENGLAND, area_name="England", level="england")
    regions = frame.groupby("region_code")[numbers].sum().reset_index(names="area_code")
    regions = regions.assign(area_name=regions["area_code"].map(region_names()), level="region")
    regions["region_code"] = regions["area_code"]
    return pd.concat([england, regions, frame.assign(level="area")], ignore_index=True)
