"""What an indicator part was defined to be on a day: its unit, as the framework then had it.

Belongs here: look-ups made from indicator_versions.csv and the indicators it versions. Does not belong here: which
version a landed figure follows (int_observation), or what may be done with its unit (quality).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd

from sources.areas import read_seed

KEY = ["indicator_code", "part"]


def in_force(day: date) -> pd.DataFrame:
    """Rows of indicator_versions as they stood on a day, indexed by indicator and part; before the first, the first."""
    versions = read_seed("framework/indicator_versions").astype({"definition_version": int})
    known = versions[(versions["valid_from"] <= day.isoformat()) | (versions["definition_version"] == 1)]
    return known.sort_values("definition_version").groupby(KEY).last()


def units(day: date, brought: pd.DataFrame) -> pd.DataFrame:
    """Unit of every indicator part on a day: of its version, else of the part, else of its indicator.

    Args:
        day: when the figures became known.
        brought: indicator_code, part, unit of the measures a file brings itself; the framework's own come first.
    """
    return pd.concat([_framework_units(day), brought[[*KEY, "unit"]]]).drop_duplicates(KEY)


@lru_cache(maxsize=8)  # files that come together become known together
def _framework_units(day: date) -> pd.DataFrame:
    parts, indicators = read_seed("framework/indicator_parts"), read_seed("framework/indicators")
    known = parts.merge(indicators[["indicator_code", "unit"]], on="indicator_code", suffixes=("", "_whole"))
    known["unit"] = known["unit"].where(known["unit"] != "", known["unit_whole"])
    columns = [*KEY, "unit"]
    return pd.concat([in_force(day).reset_index()[columns], known[columns]])
