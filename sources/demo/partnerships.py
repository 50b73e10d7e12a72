"""Who is responsible in the illustrative agreements: partnerships, organisations, posts, plans of the golden thread.

Belongs here: LSPs, thematic partnerships, who leads on which indicator, pledges and objectives. Does not belong here:
targets (targets, refreshes) or the words themselves (words.yaml). Posts are titles, never people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sources.areas import read_seed
from sources.demo.wording import filled, lead_kinds, said, said_by, words

FIRST_DAY, REORGANISED, MOVED, LAST_DAY = "2008-04-01", "2009-04-01", "2010-04-01", "2011-03-31"
BEFORE = {REORGANISED: "2009-03-31", MOVED: "2010-03-31"}
MOVES, NEW_POSTS = 0.02, 0.03  # shares of responsibilities that pass to another board, or to another post, in 2010


@dataclass(frozen=True)
class Directory:
    """Boards (one row an area and theme), organisations (an area and kind) and owners (an area and indicator).

    `owners` has partnership_code, organisation_code and post, and the same with _2010 for who takes over.
    """

    boards: pd.DataFrame
    organisations: pd.DataFrame
    owners: pd.DataFrame

    def owners_of(self, number: int) -> pd.DataFrame:
        """area_code, indicator_code, partnership_code, organisation_code, post, and `since` in a version."""
        key, owned = ["area_code", "indicator_code"], ["partnership_code", "organisation_code", "post"]
        later = self.owners[[f"{column}_2010" for column in owned]].set_axis(owned, axis=1)
        who = self.owners[owned] if number < 3 else later
        moved = (self.owners[owned] != later).any(axis=1) & (number == 3)
        since = self.owners["since"].mask(moved, MOVED)
        return pd.concat([self.owners[key], who], axis=1).assign(since=since)


def directory(rng: np.random.Generator, areas: pd.DataFrame, parts: pd.DataFrame) -> Directory:
    """Draw who is responsible for what in every area."""
    boards, organisations = _boards(rng, areas), _organisations(areas)
    indicators = parts.drop_duplicates("indicator_code")[["indicator_code", "theme"]]
    rows = areas[["area_code", "since"]].merge(indicators, how="cross")
    rows["kind"] = rows["indicator_code"].map(lead_kinds()).fillna("council")
    rows = rows.merge(boards[["area_code", "theme", "partnership_code"]], on=["area_code", "theme"])
    rows = rows.merge(organisations[["area_code", "kind", "organisation_code"]], on=["area_code", "kind"], how="left")
    draw = rng.integers(0, 10_000, len(rows))
    luck, themes = rng.random(len(rows)), list(words()["themes"])
    elsewhere = boards.set_index(["area_code", "theme"])["partnership_code"]
    turn = rows["theme"].map(themes.index) + rng.integers(1, len(themes), len(rows))
    other = pd.MultiIndex.from_arrays([rows["area_code"], np.array(themes, dtype=object)[turn % len(themes)]])
    rows["partnership_code_2010"] = rows["partnership_code"].where(luck > MOVES, elsewhere.reindex(other).to_numpy())
    rows["organisation_code_2010"] = rows["organisation_code"]
    rows["post"] = posts(rows, draw)
    rows["post_2010"] = posts(rows, draw + (luck > 1 - NEW_POSTS))
    return Directory(boards, organisations, rows.drop(columns="kind"))


def posts(rows: pd.DataFrame, draw: np.ndarray) -> pd.Series:
    """A post of the lead organisation for each row (by its `kind`, and its `theme` within the council)."""
    titles = words()["posts"]
    lists = {kind: own for kind, own in titles.items() if isinstance(own, list)} | titles["council"]
    return said_by(rows["theme"].where(rows["kind"] == "council", rows["kind"]), lists, draw, rows)


def _boards(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """One row an area and theme: the board that looks after it (partnership_code), its name and its lead."""
    pieces, themes = [], words()["themes"]
    for theme, about in themes.items():
        own = rng.random(len(areas)) < about.get("chance", 1)
        runs = pd.Series(theme, index=areas.index).where(own, about.get("with", theme))
        name = said(about["names"], rng.integers(0, 10_000, len(areas)), areas.rename(columns={"area_name": "area"}))
        pieces.append(areas[["area_code", "area_name", "since", "until"]].assign(theme=theme, run_by=runs, name=name))
    boards = pd.concat(pieces, ignore_index=True)
    code = boards["run_by"].map({theme: about["code"] for theme, about in themes.items()})
    lead = boards["run_by"].map({theme: about["lead"] for theme, about in themes.items()})
    return boards.assign(partnership_code=code + " " + boards["area_code"], lead=lead)


def _organisations(areas: pd.DataFrame) -> pd.DataFrame:
    """One row an area and kind: organisation_code, organisation_name, organisation_type, of_area ('' where shared)."""
    pieces = []
    for kind, about in words()["organisations"].items():
        rows = areas[["area_code"]].merge(_whose(areas, about["of"]), on="area_code", how="left")
        renamed = about.get("renamed", {})
        name = filled(about["name"], rows.assign(area=rows["area"].where(~rows["area"].isin(renamed))))
        name = name.where(name.notna(), rows["area"].map(renamed).astype(object))
        rows = rows.assign(kind=kind, organisation_type=about["type"], organisation_name=name)
        rows["organisation_code"] = filled(about["code"], rows)
        pieces.append(rows.assign(of_area=rows["area_code"] if about["of"] == "area" else ""))
    every = pd.concat(pieces, ignore_index=True)
    council = every[every["kind"] == "council"].set_index("area_code")
    lacking = every["organisation_code"].isna()
    for column in ("organisation_code", "organisation_name", "organisation_type", "of_area"):
        every[column] = every[column].mask(lacking, every["area_code"].map(council[column]))
    return every


def _whose(areas: pd.DataFrame, of: str) -> pd.DataFrame:
    """area_code -> `code` and `area` (name) of what serves it: itself, the country, or its largest force or PCT."""
    if of in ("area", "country"):
        named = of == "area"
        return areas.assign(code=areas["area_code"] if named else "", area=areas["area_name"] if named else "")[
            ["area_code", "code", "area"]
        ]
    links = (
        read_seed("framework/area_memberships")
        .query("relation == @of")
        .sort_values(["share", "parent_code"], ascending=[False, True])
    )
    links = links[links["child_code"].isin(areas["area_code"])].drop_duplicates("child_code")
    names = read_seed("framework/areas").set_index("area_code")["area_name"]
    return pd.DataFrame(
        {"area_code": links["child_code"], "code": links["parent_code"], "area": links["parent_code"].map(names)}
    )


def areas_of(areas: pd.DataFrame, number: int) -> pd.DataFrame:
    """The areas a version speaks of, with `since` and `until` (ISO days, '' open).

    The second version of 2009 also says of the councils that end with March 2009 that they end.
    """
    if number == 1:
        return areas[areas["in_laa_2008"]].assign(until="")
    return areas if number == 2 else areas[areas["in_laa_2009"]]


def partnerships(rng: np.random.Generator, areas: pd.DataFrame, found: Directory) -> pd.DataFrame:
    """Local strategic and thematic partnerships of all areas: one row a partnership."""
    lsp, fields = words()["lsp"], areas.rename(columns={"area_name": "area"})
    leads = found.organisations.set_index(["area_code", "kind"])["organisation_code"]
    own = pd.MultiIndex.from_arrays([areas["area_code"], ["council"] * len(areas)])
    draw = rng.integers(0, 10_000, len(areas))
    top = areas[["area_code"]].assign(
        partnership_code="LSP " + areas["area_code"], partnership_name=said(lsp["names"], draw, fields),
        partnership_type="local_strategic_partnership", parent_code="",
        organisation_code=leads.reindex(own).to_numpy(), post=said(lsp["posts"], draw, fields),
    )  # fmt: skip
    boards = found.boards[found.boards["run_by"] == found.boards["theme"]]
    own = pd.MultiIndex.from_frame(boards[["area_code", "lead"]])
    below = boards[["area_code", "partnership_code"]].assign(
        partnership_name=boards["name"], partnership_type="thematic_partnership",
        parent_code="LSP " + boards["area_code"], organisation_code=leads.reindex(own).to_numpy(),
        post=posts(boards.assign(kind=boards["lead"]), rng.integers(0, 10_000, len(boards))),
    )  # fmt: skip
    return pd.concat([top, below]).sort_values(["area_code", "parent_code", "partnership_code"], ignore_index=True)


def plans(rng: np.random.Generator, areas: pd.DataFrame, found: Directory) -> pd.DataFrame:
    """A pledge of the community strategy and an objective of the corporate plan for each area and theme."""
    themes = words()["themes"]
    rows = areas[["area_code", "area_name"]].merge(pd.DataFrame({"theme": list(themes)}), how="cross")
    fields = rows.rename(columns={"area_name": "area"})
    code = rows["theme"].map({theme: about["code"] for theme, about in themes.items()})
    council = found.organisations.query("kind == 'council'").set_index("area_code")["organisation_code"]
    rows = rows.assign(organisation_code=rows["area_code"].map(council))
    pledge, objective = (f"{kind} " + rows["area_code"] + " " + code for kind in ("CSP", "CPO"))
    made = []
    for kind, words_of, own, parent in (("community_strategy_pledge", "pledges", pledge, "LAA " + rows["area_code"]),
                                        ("corporate_plan_objective", "objectives", objective, pledge)):  # fmt: skip
        lists = {theme: about[words_of] for theme, about in themes.items()}
        title = said_by(rows["theme"], lists, rng.integers(0, 10_000, len(rows)), fields)
        made.append(rows.assign(plan_code=own, plan_type=kind, title=title, parent_plan_code=parent))
    return pd.concat(made).sort_values(["plan_code"], ignore_index=True)


def responsibilities(found: Directory, parts: pd.DataFrame, number: int) -> pd.DataFrame:
    """Who manages which indicator part in a version; what passed to others in 2010 stands with its end as well."""
    rows = found.owners_of(number).assign(until="")
    if number == 3:
        before = found.owners_of(1)
        left = before[rows["since"] == MOVED]
        rows = pd.concat([rows, left.assign(until=BEFORE[MOVED])])
    rows = rows.merge(parts[["indicator_code", "part"]], on="indicator_code")
    return rows.sort_values(["area_code", "indicator_code", "part", "since"], ignore_index=True)


def plan_links(found: Directory, every_plan: pd.DataFrame, committed: pd.DataFrame, number: int) -> pd.DataFrame:
    """Which plan an indicator of an agreement serves, and who answers for it.

    `committed` has area_code, indicator_code and theme of the version's commitments.
    """
    rows = committed[["area_code", "indicator_code", "theme"]].drop_duplicates()
    rows = rows.merge(found.owners_of(number), on=["area_code", "indicator_code"])
    rows = rows.merge(every_plan[["plan_code", "area_code", "theme"]], on=["area_code", "theme"]).assign(until="")
    return rows.sort_values(["plan_code", "indicator_code"], ignore_index=True)
