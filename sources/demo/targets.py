"""The commitments of the illustrative agreements: which targets, from which baseline, to which value.

Belongs here: choosing commitments and setting their targets. Does not belong here: who is responsible (partnerships) or
the Government Offices' workbook (commitments). Targets improve on their baseline in the sense of the part's polarity.
A target year holds the outturns of periods that end from December of it to the November after: 2008/09 is the calendar
year 2008, the financial year to March 2009 and the summer of 2009 for schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sources.areas import read_seed

YEARS = (2008, 2009, 2010)
ENGLAND = "E92000001"
SIGN = {"higher_is_better": 1, "lower_is_better": -1}
STEPPED = ("level", "score", "grade")
GRADED = ("level", "grade")  # what is measured is a grade, and so is the target
LAAS, MOST_DESIGNATED, MOST_UNKNOWN = 150, 35, 0.5


@dataclass(frozen=True)
class Version:
    """A signing or refresh of all agreements; baselines are outturns of periods over by `measured_until`."""

    number: int
    label: str
    title: str
    known_on: date
    measured_until: date


VERSIONS = (
    Version(1, "2008-06", "Signed 30 June 2008", date(2008, 6, 30), date(2008, 3, 31)),
    Version(2, "2009-03", "Refresh March 2009", date(2009, 3, 31), date(2008, 12, 31)),
    Version(3, "2010-03", "Refresh March 2010", date(2010, 3, 31), date(2010, 3, 31)),
)


def target_year(period_end: pd.Series) -> pd.Series:
    """The target year (its first calendar year) that a period ending on a day counts for."""
    ends = pd.to_datetime(period_end)
    return (ends - pd.DateOffset(months=11)).dt.year


def usable(outturns: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Outturns that targets may be set on (with target `year`), and the parts they are of, as the framework has them.

    Parts that the framework works out as a change since a base year take the place of the part they are worked out
    from; of several parts the headline is taken, else all that have a polarity. Deferred indicators have no outturn
    before they start.
    """
    indicators = read_seed("framework/indicators").query("framework == 'NI'")
    parts = read_seed("framework/indicator_parts").merge(indicators, on="indicator_code", suffixes=("", "_whole"))
    for column in ("unit", "polarity", "decimals"):
        parts[column] = parts[column].where(parts[column] != "", parts[f"{column}_whole"])
    parts = parts.assign(
        decimals=pd.to_numeric(parts["decimals"]).fillna(1).astype(int), sign=parts["polarity"].map(SIGN)
    )
    known = _changes(outturns.assign(year=target_year(outturns["period_end"])))
    parts = parts.merge(known[["indicator_code", "part"]].drop_duplicates(), on=["indicator_code", "part"])
    first = (parts["is_headline"] == "true").groupby(parts["indicator_code"]).transform("any")
    parts = parts[((parts["is_headline"] == "true") | ~first) & parts["sign"].notna()]
    wanted = ["indicator_code", "part", "unit", "sign", "decimals", "theme", "status", "frequency", "title",
              "is_perception_survey", "is_change"]  # fmt: skip
    changes = read_seed("rules/derived_parts").query("kind == 'percent_change'")
    parts["is_change"] = parts["indicator_code"].isin(changes["indicator_code"]) & parts["part"].isin(changes["part"])
    known = known.merge(parts[["indicator_code", "part", "status", "decimals"]], on=["indicator_code", "part"])
    early = (known["status"] == "deferred") & (known["year"] < YEARS[1])
    known = known[~early & known["value"].notna()].sort_values(["area_code", "indicator_code", "part", "period_end"])
    known["value"] = known["value"] + 0.0  # no minus zero
    return known.drop(columns=["status"]), parts[wanted].sort_values(["indicator_code", "part"], ignore_index=True)


def _changes(known: pd.DataFrame) -> pd.DataFrame:
    """Outturns with parts that are a percentage change since a base year in place of the part they come from."""
    key = ["indicator_code", "area_code"]
    for rule in read_seed("rules/derived_parts").query("kind == 'percent_change'").itertuples():
        level = known[(known["indicator_code"] == rule.indicator_code) & (known["part"] == rule.from_part)]
        base = level[level["period_label"] == rule.base_period_label].drop_duplicates(key).set_index(key)["value"]
        if (known["part"] == rule.part)[known["indicator_code"] == rule.indicator_code].any() or base.empty:
            continue
        before = base.reindex(pd.MultiIndex.from_frame(level[key])).to_numpy()
        with np.errstate(divide="ignore", invalid="ignore"):  # a change from nothing is no number
            change = 100 * (level["value"].to_numpy() / before - 1)
        known = pd.concat([known.drop(level.index), level.assign(part=rule.part, value=change.round(1))])
    return known


def choose(rng: np.random.Generator, areas: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """The commitments: one row an area, part and commitment_type, with what was drawn for it.

    Designated ones as often as the framework knows them to be popular (popularity.csv), the statutory education
    targets, and 3 to 8 local ones. A council of April 2009 takes those of the agreement that went before it
    (`agreement`), with what was drawn for them.
    """
    agreements = areas["agreement"].drop_duplicates().sort_values().to_numpy()
    statutory = read_seed("framework/statutory_education_targets")["indicator_code"]
    single = parts.drop_duplicates("indicator_code").reset_index(drop=True)
    free = ~single["indicator_code"].isin(statutory) & single["status"].isin(["active", "deferred"]).to_numpy()
    designated = _systematic(rng, _chances(rng, len(agreements), single["indicator_code"].where(free)))
    spare = free.to_numpy() & (single["status"] == "active").to_numpy() & ~designated
    turn = np.where(spare, rng.random(spare.shape), 2).argsort(axis=1).argsort(axis=1)
    local = spare & (turn < rng.integers(3, 9, (len(agreements), 1)))
    by_law = np.broadcast_to(single["indicator_code"].isin(statutory).to_numpy(), local.shape)
    chosen = [
        pd.DataFrame({"agreement": agreements[row], "indicator_code": single["indicator_code"].to_numpy()[column]})
        .assign(commitment_type=kind)
        for kind, matrix in (("designated", designated), ("statutory", by_law), ("local", local))
        for row, column in [np.nonzero(matrix)]
    ]  # fmt: skip
    rows = pd.concat(chosen).merge(parts, on="indicator_code").sort_values(["agreement", "indicator_code", "part"])
    size = len(rows)
    rows = rows.reset_index(drop=True).assign(
        ambition=rng.uniform(0.06, 0.22, size), luck=rng.random(size), again=rng.random(size), wait=rng.random(size),
        early=rng.normal(0, 0.03, size), late=rng.normal(0, 0.03, size), days=rng.integers(0, 25, size),
    )  # fmt: skip
    return areas.merge(rows, on="agreement").sort_values(["area_code", "indicator_code", "part"], ignore_index=True)


def _chances(rng: np.random.Generator, agreements: int, codes: pd.Series) -> np.ndarray:
    """Chance of each indicator (blank: none) to be designated, agreements x indicators: at most 35 together."""
    counts = pd.read_csv(Path(__file__).parent / "popularity.csv").set_index("indicator_code")["laas_choosing_of_150"]
    known = (codes.map(counts) / LAAS).fillna(0).to_numpy()
    unknown = (~codes.isin(counts.index) & codes.notna()).to_numpy()
    size = rng.integers(MOST_DESIGNATED - 4, MOST_DESIGNATED + 1, (agreements, 1))
    rest = np.clip((size - known.sum()) / max(unknown.sum(), 1), 0, MOST_UNKNOWN)
    return known + unknown * rest


def _systematic(rng: np.random.Generator, chance: np.ndarray) -> np.ndarray:
    """Systematic sampling in random order: every row has as many hits as its chances add up to, within one."""
    order = rng.random(chance.shape).argsort(axis=1)
    running = np.take_along_axis(chance, order, axis=1).cumsum(axis=1) + rng.random((len(chance), 1)) * (1 - 1e-6)
    hits = np.diff(np.floor(running), axis=1, prepend=0) > 0
    found = np.zeros(chance.shape, dtype=bool)
    np.put_along_axis(found, order, hits, axis=1)
    return found


def measure(commitments: pd.DataFrame, outturns: pd.DataFrame) -> pd.DataFrame:
    """Commitments with baseline (base_label, base_year, base_value; known from version `settled` on), and `start`.

    `start` is the value the path leads from. `settled` 4: never. A share are placeholders at sign-off though an outturn
    exists, most of them surveys of opinion: their baseline is the next survey.
    """
    key, found = ["area_code", "indicator_code", "part"], commitments
    for version in VERSIONS:
        past = outturns[pd.to_datetime(outturns["period_end"]) <= pd.Timestamp(version.measured_until)]
        last = past.drop_duplicates(key, keep="last")[[*key, "period_label", "year", "value"]]
        names = [f"{column}_{version.number}" for column in ("label", "year", "value")]
        found = found.merge(last.set_axis([*key, *names], axis=1), on=key, how="left")
    opinion = found["is_perception_survey"] == "true"
    put_off = (
        (found["commitment_type"] != "statutory") & (found["wait"] < np.where(opinion, 0.5, 0.06)) & ~found["is_change"]
    )
    settled = np.select(
        [found["value_1"].notna() & ~put_off, found["value_2"].notna(), found["value_3"].notna()], [1, 2, 3], 4
    )
    found = found.assign(settled=settled)
    for column in ("label", "year", "value"):
        choices = [found[f"{column}_{n}"].astype(object) for n in (1, 2, 3)]
        found[f"base_{column}"] = np.select([settled == 1, settled == 2, settled == 3], choices, None)
    for column in ("base_year", "base_value"):
        found[column] = found[column].astype(float)
    rules = read_seed("rules/derived_parts").set_index("indicator_code")["base_period_label"]
    change = found["is_change"]
    found["start"] = found["base_value"]
    found.loc[change, "base_label"] = found.loc[change, "indicator_code"].map(rules)
    found.loc[change & found["start"].notna(), "base_value"] = 0.0
    return found


def path(commitments: pd.DataFrame, outturns: pd.DataFrame) -> np.ndarray:
    """Targets as first meant, commitments x YEARS, rounded as printed; NaN without a baseline.

    At least one step of the last decimal better than the start where there is room: percentages stay within 0 and 100,
    what is never negative does not become so, and scores stay within the best that any area ever had.
    """
    start, sign, unit = commitments["start"].to_numpy(), commitments["sign"].to_numpy(), commitments["unit"]
    gap_to_best = np.where(sign > 0, np.minimum(100 - start, np.maximum(start, 10)), start)
    room = np.where(unit == "percent", gap_to_best, np.abs(start))
    room = np.where(commitments["is_change"], 70, room)  # 4 to 15 points further
    step = np.where(
        unit.isin(STEPPED), np.maximum(1, 10.0 ** -commitments["decimals"]), 10.0 ** -commitments["decimals"]
    )
    low, high = bounds(commitments, outturns)
    reach = np.maximum(room * commitments["ambition"].to_numpy(), step)
    last = np.clip(start + sign * reach, low, high)
    shares = np.array([1 / 3, 2 / 3, 1.0]) + np.column_stack([commitments["early"], commitments["late"], 0 * start])
    return rounded(start[:, None] + (last - start)[:, None] * np.clip(shares, 0.05, 1), commitments["decimals"])


def bounds(commitments: pd.DataFrame, outturns: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest value a target may take."""
    ever = outturns.groupby(["indicator_code", "part"])["value"].agg(["min", "max"])
    ever = ever.reindex(pd.MultiIndex.from_frame(commitments[["indicator_code", "part"]])).to_numpy()
    signed = ever[:, 0] < 0  # changes and gaps
    stepped = commitments["unit"].isin(STEPPED).to_numpy()
    low = np.where(signed, -np.inf, np.where(stepped, ever[:, 0], 0))
    high = np.where(stepped, ever[:, 1], np.where((commitments["unit"] == "percent") & ~signed, 100, np.inf))
    return low, high


def rounded(values: np.ndarray, decimals: pd.Series) -> np.ndarray:
    """Each row rounded to its own decimals."""
    found = values.copy()
    for places in np.unique(decimals):
        here = (decimals == places).to_numpy()
        found[here] = np.round(values[here], places) + 0.0  # no minus zero
    return found
