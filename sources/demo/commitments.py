"""The workbooks of the illustrative agreements: targets, partnerships and their returns, reviews, inspections.

Belongs here: which workbook arrives when, its sheets and headers, and the ledger of what was meant.
Does not belong here: what stands in them (targets, refreshes, partnerships, returns, reviews, inspections).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo import partnerships as who
from sources.demo.agreement_sheets import (
    LABELS,
    SHEETS,
    judgements_book,
    records_book,
    reviews_book,
    targets_book,
)
from sources.demo.delivery import Written
from sources.demo.inspections import FEED, Sending, inspections
from sources.demo.refreshes import STATES, VALUES, versions
from sources.demo.returns import Round, returns
from sources.demo.reviews import reviews
from sources.demo.slips import entered, with_arrows
from sources.demo.targets import VERSIONS, YEARS, Version, choose, measure, usable
from sources.demo.wording import lead_kinds

PARTNERSHIP_LABELS = {1: "2008-06", 2: "2009-04", 3: "2010-04"}  # what they take effect with


def write(
    seed: int, areas: pd.DataFrame, outturns: pd.DataFrame, rounds: pd.DataFrame
) -> tuple[list[Written], dict[str, pd.DataFrame]]:
    """Every workbook known by the end of the last round, and the ledger: kind -> the canonical rows meant, with `file`.

    The ledger has one more frame, `planted`: the defects, by kind, feed, file and what they are about. `areas` are
    those with an agreement, `outturns` annual ones of headline parts for them and for England; both may be a subset,
    and only indicators with outturns are given targets. `rounds` have round_label and ends_on.
    """
    areas = _prepared(areas)
    known, parts = usable(outturns)
    rng = {
        name: np.random.default_rng([seed, number])
        for number, name in enumerate(("choice", "refresh", "who", "returns", "names", "reviews", "inspections"), 1)
    }
    commitments = measure(choose(rng["choice"], areas, parts), known)
    directory = who.directory(rng["who"], areas, parts)
    owned = [
        rows.merge(directory.owners_of(n).drop(columns="since"), on=["area_code", "indicator_code"]).assign(
            kind=lambda rows: rows["indicator_code"].map(lead_kinds()).fillna("council")
        )
        for n, rows in enumerate(versions(rng["refresh"], commitments, known), 1)
    ]
    last, made = max(rounds["ends_on"]), []
    boards, plans = who.partnerships(rng["names"], areas, directory), who.plans(rng["names"], areas, directory)
    for version, rows in zip(VERSIONS, owned, strict=True):
        if version.known_on <= last:
            made.append(_targets(version, rows))
            made.append(_partnerships(version, areas, directory, parts, owned, (boards, plans)))
    for number, rnd in enumerate(returns(rng["returns"], owned, known, rounds), 1):
        rnd = with_arrows(number, rnd, known)
        made.append(_returns(rnd, areas))
        made += _reviews(rng["reviews"], rnd, areas, last)
    made += [_judgements(*sent) for sent in inspections(rng["inspections"], areas) if sent[0].received_on <= last]
    return [file for file, _ in made], _ledger(made)


def _prepared(areas: pd.DataFrame) -> pd.DataFrame:
    """Areas in the order of their codes, with the days they are in being and the agreement they go on with."""
    successors = read_seed("framework/area_successors").query("effective_on == @who.REORGANISED")
    areas = areas.sort_values("area_code", ignore_index=True)
    before = successors[successors["predecessor_code"].isin(areas.loc[areas["in_laa_2008"], "area_code"])]
    before = before.set_index("successor_code")["predecessor_code"]
    kept = ["area_code", "area_name", "region_code", "region_name", "in_laa_2008", "in_laa_2009"]
    return areas[kept].assign(
        agreement=areas["area_code"].map(before[~before.index.duplicated()]).fillna(areas["area_code"]),
        since=np.where(areas["in_laa_2008"], who.FIRST_DAY, who.REORGANISED),
        until=np.where(areas["in_laa_2009"], "", who.BEFORE[who.REORGANISED]),
        code=areas["ons"].where(areas["ons"] != "", areas["area_code"]),
    )


def _targets(version: Version, rows: pd.DataFrame) -> tuple[Written, dict[str, pd.DataFrame]]:
    """The Government Offices' workbook of a version, and its canonical rows."""
    order = ["region_code", "area_code", "commitment_type", "indicator_code", "part"]
    rows = rows[(rows[STATES] != "").any(axis=1)].sort_values(order)
    name, on = f"LAA_targets_{version.label}_illustrative.xlsx", version.known_on
    printed, read, slips = entered(version.number, rows)
    file = Written("go_laa_targets", name, targets_book(version, printed), on, on)
    planted = pd.DataFrame(slips).assign(feed="go_laa_targets", file=name, round_label="")
    return file, {"targets": _long(read), "planted": pd.concat([_met_already(rows, name), planted])}


def _long(rows: pd.DataFrame) -> pd.DataFrame:
    """The canonical rows of a version: one a commitment and year."""
    pieces = []
    for year, label in zip(YEARS, LABELS, strict=True):
        pieces.append(rows.assign(
            base_period_label=rows["base_label"], baseline_value=rows["base_value"], period_label=label,
            period_start=date(year, 4, 1), period_end=date(year + 1, 3, 31), period_basis="financial_year",
            target_value=rows[f"value_{year}"], state=rows[f"state_{year}"],
        ))  # fmt: skip
    return pd.concat(pieces).query("state != ''")


def _met_already(rows: pd.DataFrame, file: str) -> pd.DataFrame:
    """Levels and grades to reach that are no better than their baseline in the version's last year that has one."""
    last = rows[VALUES].ffill(axis=1)[VALUES[-1]]
    ahead = rows["sign"] * (last - rows["base_value"])
    level = rows["target_basis"].isin(["level", "ordinal"])
    kinds = (("target_equals_baseline", level & (ahead == 0)), ("target_met_at_baseline", level & (ahead < 0)))
    found = pd.concat([rows[which].assign(kind=kind) for kind, which in kinds])
    return found.assign(feed="go_laa_targets", file=file, round_label="")


def _partnerships(
    version: Version, areas: pd.DataFrame, directory: who.Directory, parts: pd.DataFrame, owned: list[pd.DataFrame],
    drawn: tuple[pd.DataFrame, pd.DataFrame],
) -> tuple[Written, dict[str, pd.DataFrame]]:  # fmt: skip
    """The workbook of partnerships, members, duties and plans of a version."""
    number = version.number
    here = who.areas_of(areas, number).set_index("area_code")
    boards, plans = drawn
    committed = pd.concat(owned[:2] if number == 2 else [owned[number - 1]])
    frames = {
        "Partnerships": boards, "Organisations": _members(directory, here.index),
        "Responsibilities": who.responsibilities(directory, parts, number), "Plans": plans,
        "Plan links": who.plan_links(directory, plans, committed, number),
    }  # fmt: skip
    for sheet, rows in frames.items():
        if sheet == "Organisations":
            continue
        rows = rows[rows["area_code"].isin(here.index)]
        own = {
            column: rows[column] if column in rows else rows["area_code"].map(here[column])
            for column in ("since", "until")
        }
        ended = rows["area_code"].map(here["until"])
        last = ended if sheet not in ("Plans", "Plan links") else ended.where(ended != "", who.LAST_DAY)
        frames[sheet] = rows.assign(valid_from=own["since"], valid_to=own["until"].where(own["until"] != "", last))
    name = f"LSP_partnerships_{PARTNERSHIP_LABELS[number]}_illustrative.xlsx"
    about = f"local strategic partnerships as from {PARTNERSHIP_LABELS[number]}"
    content = records_book(about, version.known_on, frames, areas.set_index("area_code")["code"])
    file = Written("lsp_partnerships", name, content, version.known_on, version.known_on)
    return file, {SHEETS[sheet][0]: rows for sheet, rows in frames.items()}


def _members(directory: who.Directory, here: pd.Index) -> pd.DataFrame:
    every = directory.organisations[directory.organisations["area_code"].isin(here)]
    rows = every.drop_duplicates("organisation_code").sort_values("organisation_code")
    return rows.assign(area_code=rows["of_area"])


def _returns(rnd: Round, areas: pd.DataFrame) -> tuple[Written, dict[str, pd.DataFrame]]:
    """The workbook of a round's returns, and its canonical rows."""
    frames = {"Register": rnd.register, "Returns": rnd.returns, "Actions": rnd.actions}
    about = f"returns of partnerships, round {rnd.label}"
    content = records_book(about, rnd.compiled_on, frames, areas.set_index("area_code")["code"])
    kinds = {SHEETS[sheet][0]: rows for sheet, rows in frames.items()} | {"planted": pd.DataFrame(rnd.planted)}
    return Written("lsp_returns", rnd.file, content, rnd.compiled_on, rnd.compiled_on), kinds


def _reviews(
    rng: np.random.Generator, rnd: Round, areas: pd.DataFrame, last: date
) -> list[tuple[Written, dict[str, pd.DataFrame]]]:
    """The Government Offices' workbook on a round's returns, and its canonical rows; none after the last day."""
    name, on, rows = reviews(rng, rnd, areas)
    if on > last or rows.empty:
        return []
    content = reviews_book(rnd.label, on, rows, areas.set_index("area_code")["code"])
    return [(Written("go_laa_reviews", name, content, on, on), {"agreed_statuses": rows})]


def _judgements(sending: Sending, rows: pd.DataFrame, planted: pd.DataFrame) -> tuple[Written, dict[str, pd.DataFrame]]:
    """The inspectorates' workbook of a sending, and its canonical rows."""
    name = f"Inspectorates_judgements_{sending.label}_illustrative.xlsx"
    file = Written(FEED, name, judgements_book(sending, rows), sending.published_on, sending.received_on)
    return file, {"inspections": rows, "planted": planted.assign(feed=FEED, file=name, round_label="")}


PLANTED = ["kind", "feed", "file", "round_label", "partnership_code", "area_code", "indicator_code"]


def _ledger(made: list[tuple[Written, dict[str, pd.DataFrame]]]) -> dict[str, pd.DataFrame]:
    """Kind -> what was meant, in the landed columns and `file`."""
    from sources.parquet import ENTRIES

    columns = {**{kind: [*names, "file"] for kind, names in ENTRIES.items()}, "planted": PLANTED}
    found = {kind: [rows[kind].assign(file=file.name) for file, rows in made if kind in rows] for kind in columns}
    return {
        kind: pd.concat(found[kind] or [pd.DataFrame()]).reindex(columns=columns[kind]).reset_index(drop=True)
        for kind in columns
    }
