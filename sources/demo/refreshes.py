"""What each version of the illustrative agreements says of each commitment: targets, states, decisions.

Belongs here: placeholders, deferrals, freezes, withdrawals, re-set and restated targets. Does not belong here: the
choice of commitments and the first path (targets), the workbook (commitments).

In every version target_value is in the unit of the part. By target_basis it is: level, the value to reach;
percent_change, the same, of a part that is itself a change since the baseline's period; relative, the difference from
the comparator's outturn of the same period; significant_change, the improvement on the baseline that counts as real;
rank, the place to reach among all areas; ordinal, the grade to reach.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sources.demo.targets import ENGLAND, GRADED, VERSIONS, YEARS, Version, bounds, path, rounded
from sources.demo.wording import words

PLANTED = 5  # commitments made equal to their baseline, and as many behind it
RESET = ((2, 0.25, 0.08), (3, 0.45, 0.15))  # version, share re-set in the downturn's themes and in others
FROZEN, WITHDRAWN = (0.8, 0.88), 0.995  # of what luck a commitment has
RESTATED, RANKED = 0.4, 0.5
NEARER = (0.95, 0.9, 0.8)  # the place to reach each year, of the place at the baseline
LATEST_DAYS = 25  # decisions of a refresh are taken in the weeks before it
STATES = [f"state_{year}" for year in YEARS]
VALUES = [f"value_{year}" for year in YEARS]


def versions(rng: np.random.Generator, commitments: pd.DataFrame, outturns: pd.DataFrame) -> list[pd.DataFrame]:
    """One frame a version: the commitments of the councils then in being, with what the version says of them.

    Adds target_basis, comparator_code, STATES ('' where there is no target for the year) and VALUES, reward_eligible,
    decision and decided_on to the commitments; baselines are blank until they are known.
    """
    meant = _planted(rng, commitments, path(commitments, outturns))
    values = _values(commitments, outturns, meant)
    relative, places = _relative(commitments, outturns), _places(commitments, outturns)
    unrewarded = _first(commitments, _special(commitments, "unrewarded") & _designated(commitments))
    skipped = _first(commitments, _skippable(commitments))
    before, found = None, []
    for version, value in zip(VERSIONS, values, strict=True):
        now = _basis(commitments, version, value, relative, places)
        states = _states(now, version)
        states[skipped, 1] = np.where(states[skipped, 1] == "agreed", "", states[skipped, 1])
        shown = np.isin(states, ["agreed", "frozen"])
        now[STATES] = states
        now[VALUES] = np.where(shown, now[VALUES].to_numpy(dtype=float), np.nan)
        gone = (states == "withdrawn").any(axis=1)
        left_out = unrewarded & (version.number == 3)
        now["reward_eligible"] = _designated(now) & ~gone & ~left_out
        now = _decided(now, version, before, left_out)
        unknown = now["settled"] > version.number
        now[["base_label", "base_value"]] = now[["base_label", "base_value"]].mask(unknown)
        before = now
        found.append(now[now["in_laa_2008"] if version.number == 1 else now["in_laa_2009"]].reset_index(drop=True))
    return found


def _special(rows: pd.DataFrame, what: str) -> pd.Series:
    """Rows whose indicator or theme words.yaml lists as special in some way."""
    listed = words()["targets"][what]
    return rows["indicator_code"].isin(listed) | rows["theme"].isin(listed)


def _designated(rows: pd.DataFrame) -> pd.Series:
    return rows["commitment_type"] == "designated"


def _skippable(rows: pd.DataFrame) -> pd.Series:
    """Local commitments measured every quarter, one of which is agreed without a number for the middle year."""
    return (
        (rows["commitment_type"] == "local") & (rows["frequency"] == "quarterly") & (rows["settled"] == 1)
        & ~rows["is_change"] & (rows["base_year"] < YEARS[0])
    )  # fmt: skip


def _first(rows: pd.DataFrame, where: pd.Series) -> np.ndarray:
    """Only the first of the rows where a condition holds, among councils that last."""
    hits = (where & rows["in_laa_2008"] & rows["in_laa_2009"]).to_numpy()
    return hits & (hits.cumsum() == 1)


def _planted(rng: np.random.Generator, commitments: pd.DataFrame, meant: np.ndarray) -> np.ndarray:
    """The path, with a few commitments whose target is their baseline and a few whose target is met at the baseline."""
    usual = _designated(commitments) & (commitments["settled"] == 1) & (commitments["frequency"] != "biennial")
    usual &= ~commitments["is_change"] & ~_special(commitments, "relative")
    usual &= ~_special(commitments, "significant_change") & ~_special(commitments, "rank")
    usual &= commitments["in_laa_2008"] & commitments["in_laa_2009"] & (commitments["status"] == "active")
    usual &= commitments["base_value"] > 10 * 10.0 ** -commitments["decimals"]
    rows = rng.permutation(np.flatnonzero(usual))[: 2 * PLANTED]
    equal, met = rows[::2], rows[1::2]
    base, step = commitments["base_value"].to_numpy(), 10.0 ** -commitments["decimals"].to_numpy()
    behind = base - commitments["sign"].to_numpy() * np.maximum(0.05 * base, step)
    meant = meant.copy()
    meant[equal] = base[equal, None]
    meant[met] = rounded(behind[:, None], commitments["decimals"])[met]
    return meant


def _values(commitments: pd.DataFrame, outturns: pd.DataFrame, meant: np.ndarray) -> list[np.ndarray]:
    """Target values by version: a share of what is still ahead is re-set at each refresh, more of it in the downturn.

    A re-set target goes on from the year before, by a part of the step first meant (never back).
    """
    downturn = _special(commitments, "downturn").to_numpy()
    luck, again = commitments["luck"].to_numpy(), commitments["again"].to_numpy()
    low, high = bounds(commitments, outturns)
    found = [meant]
    for number, most, few in RESET:
        share, draw = np.where(downturn, most, few), luck if number == 2 else again
        factor = np.where(draw < share, 0.3 + 0.9 * draw / share, 1.0)
        value = found[-1].copy()
        for year in range(number - 1, len(YEARS)):
            step = found[-1][:, year] - found[-1][:, year - 1]
            value[:, year] = np.clip(value[:, year - 1] + factor * step, low, np.maximum(high, found[-1][:, year]))
        value = rounded(value, commitments["decimals"])
        found.append(np.where((factor != 1)[:, None], value, found[-1]))
    return found


def _relative(commitments: pd.DataFrame, outturns: pd.DataFrame) -> pd.DataFrame:
    """Baseline and target of commitments restated against England, in their rows; none elsewhere."""
    key = ["indicator_code", "part", "period_label"]
    now = commitments.rename(columns={"label_3": "period_label"})
    england = outturns[outturns["area_code"] == ENGLAND].drop_duplicates(key, keep="last").set_index(key)["value"]
    gap = now["value_3"] - england.reindex(pd.MultiIndex.from_frame(now[key])).to_numpy()
    closer = gap + now["sign"] * (0.2 + now["ambition"] * 5)
    chosen = _special(now, "relative") & _designated(now) & (now["luck"] < RESTATED) & gap.notna()
    target = rounded(closer.to_numpy()[:, None], now["decimals"])[:, 0]
    return pd.DataFrame({"label": now["period_label"], "base": now["value_3"], "target": target}).where(chosen)


def _places(commitments: pd.DataFrame, outturns: pd.DataFrame) -> np.ndarray:
    """Places to reach, commitments x YEARS: from that of the baseline among all areas to a fifth nearer the best."""
    key = ["indicator_code", "part", "period_label"]
    councils = outturns[outturns["area_code"] != ENGLAND]
    rows = commitments.reset_index(names="row")[_special(commitments, "rank")]
    rows = rows.rename(columns={"base_label": "period_label"})
    beside = rows.merge(councils[[*key, "value"]], on=key)
    better = beside[beside["sign"] * (beside["value"] - beside["base_value"]) > 0]
    place = 1 + better.groupby("row").size().reindex(range(len(commitments)), fill_value=0).to_numpy()
    return np.maximum(1, np.floor(place[:, None] * np.array(NEARER)))


def _basis(
    commitments: pd.DataFrame, version: Version, value: np.ndarray, relative: pd.DataFrame, places: np.ndarray
) -> pd.DataFrame:
    """Commitments with target_basis, comparator_code and VALUES; relative targets are of the last refresh only."""
    now = commitments.assign(target_basis="level", comparator_code="")
    now[VALUES] = value
    now.loc[now["is_change"], "target_basis"] = "percent_change"
    significant = _special(now, "significant_change")
    now.loc[significant, "target_basis"] = "significant_change"
    points = np.round(3.5 + 1.5 * now["luck"], 1).where(now["base_value"].notna())
    now.loc[significant, VALUES] = np.repeat(points[significant].to_numpy()[:, None], len(YEARS), axis=1)
    ranked = _special(now, "rank") & (now["luck"] < RANKED)
    now.loc[ranked, "target_basis"] = "rank"
    now.loc[ranked, VALUES] = np.where(now["base_value"].notna().to_numpy()[:, None], places, np.nan)[ranked]
    now.loc[now["unit"].isin(GRADED), "target_basis"] = "ordinal"
    if version.number == 3:
        restated = relative["base"].notna()
        now.loc[restated, "target_basis"], now.loc[restated, "comparator_code"] = "relative", ENGLAND
        now.loc[restated, ["base_label", "base_value"]] = relative.loc[restated, ["label", "base"]].to_numpy()
        now.loc[restated, VALUES[-1]] = relative.loc[restated, "target"]
        now.loc[restated, "settled"] = now.loc[restated, "settled"].clip(upper=3)
    return now


def _states(now: pd.DataFrame, version: Version) -> np.ndarray:
    """State of each commitment and year in a version; '' where there is no target for the year."""
    year = np.broadcast_to(np.array(YEARS), (len(now), len(YEARS)))
    ahead = np.broadcast_to(np.arange(len(YEARS)) >= version.number - 1, year.shape)

    def rows(flags: pd.Series) -> np.ndarray:
        return flags.to_numpy(dtype=bool)[:, None] & np.ones(year.shape, dtype=bool)

    statutory, number = rows(now["commitment_type"] == "statutory"), version.number
    tests_ended = statutory & rows(now["status"] == "withdrawn") & (number >= 2)
    unlucky = rows((now["commitment_type"] != "statutory") & (now["luck"] > WITHDRAWN)) & ahead & (number == 3)
    deferred = rows(now["status"] == "deferred") & (year == YEARS[0])
    late = statutory & (year > YEARS[number - 1])  # the next year's is due by 31 January
    surveys = rows(now["frequency"] == "biennial") & (year < YEARS[-1])
    passed = year <= now["base_year"].fillna(0).to_numpy()[:, None]
    restated = rows(now["target_basis"] == "relative") & (year < YEARS[-1])
    waiting = rows(now["settled"] > number)
    held = rows(_special(now, "downturn") & _designated(now) & now["luck"].between(*FROZEN))
    none = late | surveys | (passed & ~waiting) | restated
    conditions = [tests_ended | unlucky, deferred, none, waiting, held & ahead & (number == 2)]
    return np.select(conditions, ["withdrawn", "deferred", "", "placeholder", "frozen"], "agreed")


def _decided(now: pd.DataFrame, version: Version, before: pd.DataFrame | None, left_out: np.ndarray) -> pd.DataFrame:
    """The decision behind each row and its day: of this version where it changed anything, else of an earlier one."""
    texts, number = words()["decisions"], version.number
    submitted = (now["commitment_type"] == "statutory") & (now[STATES[number - 1]] != "withdrawn")
    gone = (now[STATES] == "withdrawn").any(axis=1)
    changed = pd.Series(False, index=now.index)
    if before is not None:
        both = now[VALUES].notna() & before[VALUES].notna().to_numpy()
        changed = ((now[VALUES] != before[VALUES].to_numpy()) & both).any(axis=1)
        gone &= ~(before[STATES] == "withdrawn").any(axis=1)
    decisions = {
        "withdrawn": gone,
        "relative": now["target_basis"] == "relative",
        "unrewarded": pd.Series(left_out, index=now.index),
        "frozen": (now[STATES] == "frozen").any(axis=1),
        "submitted": submitted,
        "filled": (now["settled"] == number) & (number > 1),
        "reset": changed,
        "inherited": (number == 2) & ~now["in_laa_2008"],
        "deferred": (now["status"] == "deferred") & (number == 1),
        "placeholder": (now["settled"] > number) & (number == 1),
        "agreed": pd.Series(number == 1, index=now.index),
    }
    names = np.select([np.asarray(flag, dtype=bool) for flag in decisions.values()], list(decisions), "")
    day = pd.Series(version.known_on, index=now.index, dtype=object)
    if number > 1:
        recent = pd.Series([version.known_on - timedelta(days=n) for n in range(LATEST_DAYS)], dtype=object)
        day = recent[now["days"] % LATEST_DAYS].set_axis(now.index)
    day[names == "submitted"] = date(version.known_on.year, 1, 31)
    said, on = pd.Series(names, index=now.index).map(texts), day
    if before is not None:
        said, on = said.fillna(before["decision"]), day.where(names != "", before["decided_on"])
    return now.assign(decision=said, decided_on=on)
