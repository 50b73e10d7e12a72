"""What goes wrong in a delivery: cells changed as a publisher would change or spoil them, and the ledger of it.

Belongs here: one function a kind of defect that touches cells; its places are rows of edition.yaml. Does not belong
here: defects of whole files (edition). `plant` returns the cells to print and the cells that were meant: they differ
only where a publisher is wrong and the hub corrects it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo.schedule import Defect

SCALED = ["value", "lower_ci", "upper_ci"]
Planted = tuple[pd.DataFrame, pd.DataFrame]


def plant(
    cells: pd.DataFrame, here: list[Defect], past: list[Defect]
) -> tuple[pd.DataFrame, pd.DataFrame, list[dict[str, str]]]:
    """Cells as printed, cells as meant, and what is to be found in this delivery.

    Defects of `past` deliveries stay in later ones: a revision is not taken back, an error is repeated.
    """
    printed, meant, found = cells, cells, []
    for defect in past:
        if defect.kind in LASTING:
            printed, meant = LASTING[defect.kind](printed, meant, defect)
    for defect in past:
        if (defect in here and defect.kind in SEEN_ONCE) or (defect.kind in SEEN_AGAIN and _of(printed, defect).any()):
            found.append({
                "kind": defect.kind, "indicator_code": defect.indicator_code, "part": defect.part,
                "area_code": defect.area_code, "period_label": defect.period_label,
            })  # fmt: skip
    return printed, meant, found


def _of(cells: pd.DataFrame, defect: Defect) -> pd.Series:
    these = (cells["indicator_code"] == defect.indicator_code) & (cells["part"] == defect.part)
    for column in ("area_code", "period_label"):
        if wanted := getattr(defect, column):
            these &= cells[column] == wanted
    return these


def _silent_revision(printed: pd.DataFrame, meant: pd.DataFrame, defect: Defect) -> Planted:
    """The first few councils' values of one old period, changed without a word."""
    these = _of(printed, defect) & printed["value"].notna() & printed["level"].isin(["single", "upper", "lower"])
    these &= these.cumsum() <= defect.areas
    changed = _scaled(printed, these, defect.factor)
    return changed, changed


def _restated_series(printed: pd.DataFrame, meant: pd.DataFrame, defect: Defect) -> Planted:
    """A whole back series on a new method."""
    changed = _scaled(printed, _of(printed, defect), defect.factor)
    return changed, changed


def _provider_error(printed: pd.DataFrame, meant: pd.DataFrame, defect: Defect) -> Planted:
    """A value printed in the wrong unit; the hub's corrections put it right."""
    these = _of(printed, defect)
    wrong = printed.copy()
    wrong.loc[these, SCALED] = (wrong.loc[these, SCALED] * defect.factor).round(6)
    return wrong, meant


def _recoverable_suppression(printed: pd.DataFrame, meant: pd.DataFrame, defect: Defect) -> Planted:
    """One council's count hidden, and its region's exact total printed beside the others."""
    these = _of(printed, defect) & (printed["region_code"] == defect.region_code)
    these &= printed["level"].isin(["single", "upper"])
    smallest = printed["numerator"].where(these).rank(method="first") == 1
    changed = printed.copy()
    changed.loc[smallest, ["value", "numerator", "lower_ci", "upper_ci"]] = np.nan
    changed.loc[smallest, "mark"] = "suppressed"
    return changed, changed


def _scaled(cells: pd.DataFrame, these: pd.Series, factor: float) -> pd.DataFrame:
    """Values moved by a factor, counts with them, all rounded as they were."""
    changed = cells.copy()
    places = (cells.loc[these, "value"].map(_places)).max() if these.any() else 0
    changed.loc[these, "numerator"] = (cells.loc[these, "numerator"] * factor).round()
    for column in SCALED:
        changed.loc[these, column] = (cells.loc[these, column] * factor).round(int(places))
    return changed


def _places(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.split(".")[1]) if np.isfinite(value) else 0


LASTING: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Defect], Planted]] = {
    "silent_revision": _silent_revision,
    "restated_series": _restated_series,
    "provider_error": _provider_error,
    "recoverable_suppression": _recoverable_suppression,
}
SEEN_ONCE = ("silent_revision", "restated_series", "late_delivery", "renamed_column")  # in the delivery that brings it
SEEN_AGAIN = ("provider_error", "recoverable_suppression")  # in every delivery that carries it


def redefine(cells: pd.DataFrame, day: date) -> pd.DataFrame:
    """Values as the definition in force on a day has them: before a redefinition they are per another number."""
    versions = read_seed("framework/indicator_versions").sort_values("definition_version")
    key = ["indicator_code", "part"]
    latest = versions.groupby(key).last()
    in_force = versions[versions["valid_from"] <= day.isoformat()].groupby(key).last()
    newer = in_force["definition_version"] != latest.loc[in_force.index, "definition_version"]
    newer &= in_force.index.get_level_values(0).isin(cells["indicator_code"].unique())
    cells = cells.copy() if newer.any() else cells
    for name, then in in_force[newer].iterrows():
        these = (cells["indicator_code"] == name[0]) & (cells["part"] == name[1])
        factor = float(then["per"]) / float(latest.loc[name, "per"])
        cells.loc[these, SCALED] = (cells.loc[these, SCALED] * factor).round(int(then["decimals"]))
    return cells
