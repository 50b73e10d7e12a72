"""Outturns of whole years, from which targets are set.

Belongs here: one value a year for LAA areas and England. Does not belong here: setting targets (targets, refreshes).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sources.demo.geography import BOUNDARIES, Geography
from sources.demo.outturns import Drawn, parts
from sources.demo.schedule import Preset


def outturns_for_targets(preset: Preset, seed: int) -> pd.DataFrame:
    """Annual intended outturns of headline parts for LAA areas and England, from which targets are set."""
    geography = Geography(preset.regions)
    every = parts()
    wanted = every["indicator_code"].isin(preset.indicators or every["indicator_code"])
    every = every[(every["framework"] == "NI") & wanted]
    headline = every.sort_values("is_headline", ascending=False, kind="stable").drop_duplicates("indicator_code")
    return pd.concat([_annual(Drawn(part, geography, seed)) for _, part in headline.iterrows()], ignore_index=True)


def _annual(drawn: Drawn) -> pd.DataFrame:
    geography, periods = drawn.geography, drawn.periods
    whole = periods["quarter"].isin([0, 4]).to_numpy()
    kept = periods[whole]
    pieces = []
    for level in ("single", "upper", "national"):
        for day in BOUNDARIES:
            areas = geography.on(day, level)
            if areas.empty:  # a region may have no counties left
                continue
            value = np.round(drawn.of(areas).value[:, whole], drawn.part["decimals"])
            pieces.append(
                pd.DataFrame({
                    "indicator_code": drawn.part["indicator_code"],
                    "part": drawn.part["part"],
                    "area_code": areas["area_code"].repeat(len(kept)).to_numpy(),
                    "period_label": np.tile(kept["period_label"].str.replace(r" Q4$", "", regex=True), len(areas)),
                    "period_end": np.tile(kept["period_end"].to_numpy(), len(areas)),
                    "value": value.ravel(),
                })
            )  # fmt: skip
    return pd.concat(pieces).drop_duplicates(["area_code", "period_label"], keep="last")
