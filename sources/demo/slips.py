"""What people enter wrongly in the illustrative agreements: slips in the targets' workbooks and in returns.

Belongs here: one branch a kind of slip; its places are rows of edition.yaml. Does not belong here: targets that are
met at their baseline (refreshes), returns that are late (returns), what publishers spoil (planting).
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sources.demo.outturns import parts
from sources.demo.refreshes import STATES, VALUES
from sources.demo.returns import KEY, Round
from sources.demo.schedule import Defect, defects

TARGETS, RETURNS = "go_laa_targets", "lsp_returns"
PART = ["indicator_code", "part"]
STEADY = 0.05  # a change in every year by at least this share of the value is a trend nobody can miss
OPPOSITE = {"improved": "deteriorated", "deteriorated": "improved"}


def entered(number: int, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[dict[str, str]]]:
    """The commitments of a version as printed, as the hub can read them, and what is to be found in them."""
    read, found, lost = rows.copy(), [], []
    for defect in defects(TARGETS):
        if defect.delivery != number:
            continue
        where = _first(read, defect)
        if defect.kind == "unknown_indicator":
            lost.append(read[where].assign(indicator_code=defect.indicator_code))
        elif defect.kind == "target_outside_series":
            read.loc[where, VALUES] *= defect.factor
        elif defect.kind == "quarter_against_year":
            read.loc[where, "base_label"] = defect.period_label
            read.loc[where, "base_value"] = (read.loc[where, "base_value"] * defect.factor).round()
        found += [
            {"kind": defect.kind, "indicator_code": defect.indicator_code, "area_code": area}
            for area in read.loc[where, "area_code"]
        ]
    return pd.concat([read, *lost], ignore_index=True), read, found


def _first(rows: pd.DataFrame, defect: Defect) -> pd.Series:
    """The first commitment a slip fits: of its indicator (a code that is none fits any) and area where it names one."""
    fits = rows["indicator_code"].eq(defect.indicator_code) | (defect.kind == "unknown_indicator")
    fits &= rows["area_code"].eq(defect.area_code) | (defect.area_code == "")
    fits &= (rows[STATES] == "agreed").any(axis=1) & rows["base_value"].notna()
    return fits & (fits.cumsum() == 1)


def _arrows(outturns: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """The arrow of each row whose outturns go one way in every year; none of the others.

    Parts with figures within the year have none, whose quarters may go another way, nor have changes from a base year,
    whose steps are small beside their noise.
    """
    yearly = parts().loc[parts()["frequency"].eq("annual"), PART]
    ordered = outturns.merge(yearly, on=PART).sort_values([*KEY, "period_end"])
    before = ordered.groupby(KEY)["value"].shift()
    change = ordered.assign(change=(ordered["value"] - before) / before.abs()).dropna(subset=["change"])
    least, most, steps = (change.groupby(KEY)["change"].agg(which) for which in ("min", "max", "count"))
    told = pd.Series(0, index=least.index).mask(least >= STEADY, 1).mask(most <= -STEADY, -1).where(steps > 1, 0)
    told = told.reindex(pd.MultiIndex.from_frame(rows[KEY]), fill_value=0).to_numpy()
    return pd.Series(told * rows["sign"].to_numpy(), index=rows.index).map({1: "improved", -1: "deteriorated"})


def with_arrows(number: int, rnd: Round, outturns: pd.DataFrame) -> Round:
    """A round's returns with the arrows partnerships give; one the wrong way round where edition.yaml says so."""
    sent = rnd.returns.assign(self_assessed_direction=_arrows(outturns, rnd.returns))
    found = []
    for defect in defects(RETURNS):
        fits = sent["indicator_code"].eq(defect.indicator_code) & sent["self_assessed_direction"].isin(OPPOSITE)
        where = fits & (fits.cumsum() == 1) & (defect.delivery == number)
        sent.loc[where, "self_assessed_direction"] = sent.loc[where, "self_assessed_direction"].map(OPPOSITE)
        about = sent.loc[where, ["partnership_code", "area_code", "indicator_code"]].to_dict("records")
        found += [
            {"feed": RETURNS, "file": rnd.file, "round_label": rnd.label, "kind": defect.kind, **one} for one in about
        ]
    return replace(rnd, returns=sent, planted=[*rnd.planted, *found])
