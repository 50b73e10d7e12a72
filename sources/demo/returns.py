"""The partnerships' returns of the illustrative edition: what they say of their targets at risk, round by round.

Belongs here: which targets look at risk to a partnership, what it says and does about them, when its return comes in.
Does not belong here: targets (targets, refreshes), words (words.yaml). This is the partnerships' own view, from what
they know in the round: the hub judges for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sources.demo.partnerships import posts
from sources.demo.refreshes import VALUES
from sources.demo.targets import VERSIONS, YEARS, rounded
from sources.demo.wording import said, said_by, topics, words

DUE, SENT, LATEST, COMPILED = 28, 14, 35, 37  # days after the round: returns due, first and last come in, all passed on
TOLERANCE = 0.05  # of the milestone: beyond it a target is off, not near
LATE, MISSING = 0.06, 0.025  # shares of partnerships in a round
OPTIMISTS = 0.15
UNEXPLAINED = 6  # one return in so many names no cause so far, and its board decides nothing
MOST_ACTIONS = 3
KEY = ["area_code", "indicator_code", "part"]
NEVER = 9_999  # days after which an action that fails would be done


@dataclass(frozen=True)
class Round:
    """One round's register, returns and actions (rows with the canonical columns among others), and what is planted."""

    label: str
    file: str
    compiled_on: date
    register: pd.DataFrame
    returns: pd.DataFrame
    actions: pd.DataFrame
    planted: list[dict[str, str]]


def returns(
    rng: np.random.Generator, versions: list[pd.DataFrame], outturns: pd.DataFrame, rounds: pd.DataFrame
) -> list[Round]:
    """Every round's returns on designated targets, from the first full round after signing on.

    `versions` are the commitments by version with partnership_code, organisation_code, post and kind of who leads.
    """
    made, running = [], pd.Series(dtype=object)
    last = rounds["ends_on"].max()
    traits = _traits(rng, versions)
    for rnd in rounds.sort_values("ends_on").itertuples():
        in_force = [version.number for version in VERSIONS if version.known_on < rnd.ends_on]
        if not in_force or rnd.ends_on + timedelta(days=COMPILED) > last:
            continue
        rows = versions[in_force[-1] - 1]
        rows = rows[rows["commitment_type"] == "designated"].merge(traits, on=KEY)
        rows = _at_risk(rng, rows, outturns, rnd.round_label)
        key = pd.MultiIndex.from_frame(rows[KEY])
        since = pd.Series(running.reindex(key).to_numpy(), index=rows.index)
        rows["at_risk_since"] = since.where(since.notna(), rnd.ends_on)
        running = pd.Series(rows["at_risk_since"].to_numpy(), index=key)
        areas = np.sort(versions[in_force[-1] - 1]["area_code"].unique())
        made.append(_round(rng, (rnd.round_label, rnd.ends_on), areas, rows, first=not made))
    return made


def _traits(rng: np.random.Generator, versions: list[pd.DataFrame]) -> pd.DataFrame:
    """What stays the same about a commitment from round to round: its cause, its actions and how they end."""
    rows = pd.concat([version[KEY] for version in versions]).drop_duplicates().sort_values(KEY, ignore_index=True)
    draws = {name: rng.integers(0, 10_000, len(rows)) for name in ("cause_draw", "action_draw", "owner_draw")}
    return rows.assign(**draws, actions_taken=rng.integers(1, MOST_ACTIONS + 1, len(rows)), drive=rng.random(len(rows)))


def _at_risk(rng: np.random.Generator, rows: pd.DataFrame, outturns: pd.DataFrame, label: str) -> pd.DataFrame:
    """Rows whose outturn so far is short of a straight path to the target; actual, expected and self-assessment."""
    year, quarter = YEARS.index(int(label[:4])) + 1, int(label[-1])
    target, actual = _paths(rows, outturns)
    expected = target[:, year - 1] + (target[:, year] - target[:, year - 1]) * quarter / 4
    so_far = actual[:, year - 1] + (actual[:, year] - actual[:, year - 1]) * quarter / 4
    so_far = so_far * rng.normal(1, 0.004, len(rows))
    expected, so_far = (rounded(values[:, None], rows["decimals"])[:, 0] for values in (expected, so_far))
    short = rows["sign"].to_numpy() * (expected - so_far)
    optimist = rng.random(len(rows)) < OPTIMISTS
    off = short > TOLERANCE * np.abs(expected)
    status = np.select([off & ~optimist, off | ~optimist], ["off_target", "near_target"], "on_target")
    shown = (short > 0) & rows["target_basis"].isin(["level", "percent_change", "ordinal"]).to_numpy()
    return rows.assign(actual=so_far, expected=expected, self_assessed_status=status)[shown].reset_index(drop=True)


def _paths(rows: pd.DataFrame, outturns: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Targets and outturns, rows x (year before the first target, YEARS): gaps of targets are straight lines."""
    years = [YEARS[0] - 1, *YEARS]
    target = np.column_stack([np.full(len(rows), np.nan), rows[VALUES].to_numpy(dtype=float)])
    base = np.clip(rows["base_year"].fillna(YEARS[0]).to_numpy(dtype=int) - years[0], 0, len(YEARS) - 1)
    here = np.isnan(target[np.arange(len(rows)), base]) & rows["base_value"].notna().to_numpy()
    target[np.flatnonzero(here), base[here]] = rows["start"].to_numpy()[here]
    target = pd.DataFrame(target).interpolate(axis=1, limit_area="inside").to_numpy()
    wide = outturns[outturns["year"].isin(years)].drop_duplicates([*KEY, "year"], keep="last")
    wide = wide.pivot(index=KEY, columns="year", values="value").reindex(columns=years)
    actual = wide.reindex(pd.MultiIndex.from_frame(rows[KEY])).reset_index(drop=True)
    actual[years[0]] = actual[years[0]].fillna(rows["start"].reset_index(drop=True))
    return target, actual.ffill(axis=1).to_numpy()


def _round(
    rng: np.random.Generator, rnd: tuple[str, date], areas: np.ndarray, rows: pd.DataFrame, *, first: bool
) -> Round:
    """Register, returns and actions of one round (its label and last day)."""
    label, ends_on = rnd
    register, planted = _register(rng, rnd, areas, rows, first)
    file = f"LSP_returns_{label.replace('/', '-').replace(' ', '_')}_illustrative.xlsx"
    came = register.dropna(subset=["received_on"]).set_index("partnership_code")["received_on"]
    rows = rows.assign(partnership_code="LSP " + rows["area_code"], round_label=label)
    rows = rows[rows["partnership_code"].isin(came.index)].sort_values(KEY, ignore_index=True)
    sent = _said(rng, rows.assign(received_on=rows["partnership_code"].map(came)))
    if first and len(sent):
        hostile = words()["returns"]["hostile"]
        sent.loc[0, ["commentary", "cause"]] = [f"{hostile['commentary']}\n{hostile['word'] * 40}", hostile["cause"]]
        about = sent.loc[0, ["partnership_code", "area_code", "indicator_code"]].to_dict()
        planted.append({"kind": "hostile_text", **about})
    notes = [{"feed": "lsp_returns", "file": file, "round_label": label, **note} for note in planted]
    compiled = ends_on + timedelta(days=COMPILED)
    return Round(label, file, compiled, register, sent, _actions(rows, ends_on), notes)


def _register(
    rng: np.random.Generator, rnd: tuple[str, date], areas: np.ndarray, rows: pd.DataFrame, first: bool
) -> tuple[pd.DataFrame, list[dict[str, str]]]:
    """One row a local strategic partnership: returns due, and the day they came in (none: they did not)."""
    label, ends_on = rnd
    register = pd.DataFrame({"area_code": areas, "round_label": label, "due_on": ends_on + timedelta(days=DUE)})
    register["partnership_code"] = "LSP " + register["area_code"]
    register["returns_due"] = register["area_code"].map(rows.groupby("area_code").size()).fillna(0).astype(int)
    luck = rng.random(len(register))
    owing = (register["returns_due"] > 0).to_numpy()
    if first:  # however few areas there are, one is late and one is missing in the first round
        luck[np.flatnonzero(owing)[1:3]] = np.array([0, LATE])[: max(owing.sum() - 1, 0)]
    late, missing = owing & (luck < LATE), owing & (luck >= LATE) & (luck < LATE + MISSING)
    days = np.where(late, rng.integers(DUE + 1, LATEST + 1, len(register)), rng.integers(SENT, DUE + 1, len(register)))
    calendar = pd.Series([ends_on + timedelta(days=n) for n in range(LATEST + 1)], dtype=object)
    register["received_on"] = calendar[days].set_axis(register.index).where(~missing, None)
    notes = [
        {"kind": kind, "partnership_code": code, "area_code": area}
        for kind, which in (("late_return", late), ("missing_return", missing))
        for code, area in register.loc[which, ["partnership_code", "area_code"]].itertuples(index=False)
    ]
    return register.drop(columns="area_code"), notes


def _said(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with commentary, cause and the board's decision."""
    texts, about, size = words()["returns"], words()["topics"], len(rows)
    printed = {"on_target": "On target", "near_target": "Near target", "off_target": "Off target"}
    fields = rows.assign(actual=_printed(rows, "actual"), expected=_printed(rows, "expected"), indicator=rows["title"])
    opener = said_by(rows["self_assessed_status"].map(printed), texts["openers"], rng.integers(0, 10_000, size), fields)
    topic, draw = rows["indicator_code"].map(topics()), rows["cause_draw"].to_numpy()
    remarks, causes = ({name: own[key] for name, own in about.items()} for key in ("remarks", "causes"))
    remark = said_by(topic, remarks, draw + rng.integers(0, 2, size), fields)
    closer = said(texts["closers"], rng.integers(0, 10_000, size), fields)
    turn = 4 * rows["round_label"].str[:4].astype(int) + rows["round_label"].str[-1].astype(int)
    board = said(texts["board"], (rows["action_draw"] + turn).to_numpy(), fields)
    unexplained = (rows["cause_draw"] + turn) % UNEXPLAINED == 0
    undecided = unexplained | (rng.random(size) < 0.08)
    before = pd.Series([timedelta(days=n) for n in range(11)], dtype=object)[rng.integers(3, 11, size)]
    met = pd.Series(rows["received_on"].to_numpy() - before.to_numpy(), index=rows.index, dtype=object)
    return rows.assign(
        self_assessed_direction=None, commentary=(opener + " " + remark + " " + closer).str.rstrip(),
        cause=said_by(topic, causes, draw, fields).where(~unexplained, None),
        board_decision=board.where(~undecided, None), board_decided_on=met.where(~undecided, None),
    )  # fmt: skip


def _printed(rows: pd.DataFrame, column: str) -> pd.Series:
    """Numbers as a report prints them, with the decimals of their part."""
    text = pd.Series("", index=rows.index, dtype=object)
    for places in rows["decimals"].unique():
        here = rows["decimals"] == places
        text.loc[here] = rows.loc[here, column].map(f"{{:,.{places}f}}".format)
    return text


def _actions(rows: pd.DataFrame, on: date) -> pd.DataFrame:
    """One to three actions a return; they begin when the target first was at risk, and end well, late or not at all."""
    topic, made = rows["indicator_code"].map(topics()), []
    lists = {name: own["actions"] for name, own in words()["topics"].items()}
    began = pd.to_datetime(rows["at_risk_since"])
    for number in range(1, MOST_ACTIONS + 1):
        draw, drive = rows["action_draw"].to_numpy() + number, (rows["drive"].to_numpy() + number * 0.37) % 1
        due = began + pd.to_timedelta(60 + 45 * number + rows["action_draw"] % 90, unit="D")
        done = due + pd.to_timedelta(
            np.select([drive < 0.6, drive < 0.9], [-20 + 30 * drive, 400 * (drive - 0.5)], NEVER).round(), unit="D"
        )
        now, new = pd.Timestamp(on), (began == pd.Timestamp(on)) & (draw % 2 == 0)
        failed = (done - due).dt.days.eq(NEVER) & (due + pd.Timedelta(days=90) <= now)
        state = np.select(
            [done <= now, failed, due <= now, new], ["completed", "failed", "overdue", "planned"], "in_progress"
        )
        whose = rows["owner_draw"].to_numpy() + number - 1
        made.append(rows.assign(
            action_number=number, action=said_by(topic, lists, draw, rows), due_on=due.dt.date, state=state,
            owner_post=rows["post"] if number == 1 else posts(rows, whose),
        )[rows["actions_taken"] >= number])  # fmt: skip
    return pd.concat(made).sort_values([*KEY, "action_number"], ignore_index=True)
