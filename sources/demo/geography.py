"""Areas as they stood on a day, and how each is made of the councils of 2008.

Belongs here: who exists, what they are called and coded, and what adds up to what. Does not belong here: any number
about them but their population. Numbers are drawn for the councils of 2008 (single-tier councils and districts) and
added up through `Geography.add_up`, so that a county is its districts and a council of April 2009 its predecessors.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

import numpy as np
import pandas as pd

from sources.areas import read_seed

ENGLAND = "E92000001"
FIRST_DAY, LAST_DAY = "2008-06-30", "2011-03-31"
REORGANISED_ON = date(2009, 4, 1)
BOUNDARIES = (date.fromisoformat(FIRST_DAY), REORGANISED_ON)  # days from which a set of councils stood
LEVELS = {
    "single": ("unitary", "metropolitan_district", "london_borough"),
    "upper": ("county",),
    "lower": ("shire_district",),
    "force": ("police_force",),
    "pct": ("primary_care_trust",),
    "sha": ("strategic_health_authority",),
    "csp": ("community_safety_partnership",),
    "region": ("region",),
    "national": ("country",),
}
SCHEMES = {"ons": "ons", "dcsf": "dcsf", "pct": "pct", "sha": "sha", "force": "home_office_force"}
MADE_OF_COUNCILS = ("single", "upper", "lower", "force", "pct", "sha", "region", "national")
UNCOUNTED_PEOPLE = 100_000  # population of an area the framework has none for and that is no sum of councils (CSPs)


def _lives(frame: pd.DataFrame, on: str, since: str = "valid_from", until: str = "valid_to") -> pd.Series:
    return (frame[since] <= on) & ((frame[until] == "") | (frame[until] >= on))


@dataclass(frozen=True)
class Geography:
    """The areas of some regions (all when empty).

    `small_areas` is the number of illustrative small areas under each council of 2008.
    """

    regions: tuple[str, ...] = ()
    small_areas: int = 0

    @cached_property
    def every(self) -> pd.DataFrame:
        """Every area of the framework's years, sorted by code, with level, region_name, people and its other codes."""
        frame = read_seed("framework/areas")
        levels = {kind: level for level, kinds in LEVELS.items() for kind in kinds}
        frame = frame.assign(level=frame["area_type"].map(levels))
        known = frame["level"].notna() & (frame["valid_from"] <= LAST_DAY)
        known &= (frame["valid_to"] == "") | (frame["valid_to"] >= FIRST_DAY)
        frame = frame[known].sort_values("area_code", ignore_index=True)
        names = frame[frame["level"] == "region"].set_index("area_code")["area_name"]
        frame["region_code"] = frame["region_code"].where(frame["level"] != "region", frame["area_code"])
        codes = read_seed("framework/area_codes").drop_duplicates(["scheme", "area_code"])
        for column, scheme in SCHEMES.items():
            of = codes[codes["scheme"] == scheme].set_index("area_code")["code"]
            frame[column] = frame["area_code"].map(of).fillna("")
        people = pd.to_numeric(frame["population_mid2008"], errors="coerce").fillna(UNCOUNTED_PEOPLE).clip(lower=2_000)
        frame = frame.assign(region_name=frame["region_code"].map(names).fillna(""), people=people)
        chosen = frame["region_code"].isin(self.regions or names.index) | (frame["level"] == "national")
        return frame[chosen].reset_index(drop=True)

    @cached_property
    def councils(self) -> pd.DataFrame:
        """The single-tier councils and districts of 2008: what numbers are drawn for."""
        frame = self.every[self.every["level"].isin(["single", "lower"])]
        return frame[_lives(frame, FIRST_DAY)].reset_index(drop=True)

    @cache  # noqa: B019 - a geography is as good as its fields, and there are few
    def on(self, day: date, *levels: str) -> pd.DataFrame:
        """Areas of some levels in being on a day."""
        first = max(day.isoformat(), FIRST_DAY)
        frame = self.every[self.every["level"].isin(levels)]
        return frame[_lives(frame, first)].reset_index(drop=True)

    @cached_property
    def _made_of(self) -> pd.DataFrame:
        """Rows area_code, council (position in `councils`), share of it, for every area made of councils of 2008."""
        base = self.councils
        own = base[["area_code"]].assign(council=base.index)
        heirs = read_seed("framework/area_successors").query("effective_on == '2009-04-01'")
        heirs = heirs.merge(own, left_on="predecessor_code", right_on="area_code")[["successor_code", "council"]]
        member = read_seed("framework/area_memberships")
        county = member[member["relation"] == "county"].rename(columns={"child_code": "area_code"})
        county = county.merge(own, on="area_code")[["parent_code", "council", "valid_from"]].drop(columns="valid_from")
        whole = pd.concat([own, county.rename(columns={"parent_code": "area_code"})])
        forces = member[(member["relation"] == "police_force") & _lives(member, FIRST_DAY)]
        forces = forces.merge(whole, left_on="child_code", right_on="area_code")[["parent_code", "council"]]
        regions = base[["region_code"]].assign(council=base.index).rename(columns={"region_code": "area_code"})
        trusts = self._trusts(member, whole, own)
        authorities = member[member["relation"] == "strategic_health_authority"]
        authorities = authorities.merge(trusts, left_on="child_code", right_on="area_code", suffixes=("_of", ""))
        pieces = [
            whole,
            heirs.rename(columns={"successor_code": "area_code"}),
            forces.rename(columns={"parent_code": "area_code"}),
            regions,
            own.assign(area_code=ENGLAND),
        ]
        entire = pd.concat(pieces).drop_duplicates(ignore_index=True).assign(share=1.0)
        authorities = authorities[["parent_code", "council", "share"]].rename(columns={"parent_code": "area_code"})
        in_part = pd.concat([trusts, authorities]).groupby(["area_code", "council"], as_index=False)["share"].sum()
        in_part["share"] = in_part["share"].clip(upper=1)  # trusts that followed one another hold a council only once
        return pd.concat([entire, in_part], ignore_index=True)

    @staticmethod
    def _trusts(member: pd.DataFrame, whole: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
        """PCTs as shares of councils: by district where the framework says which, else by county.

        A council whose shares nobody knows (Birmingham) is split evenly.
        """
        member = member[member["relation"] == "primary_care_trust"]
        even = 1 / member.groupby("child_code")["parent_code"].transform("size")
        member = member.assign(share=pd.to_numeric(member["share"]).fillna(even))
        by_council = member.merge(own, left_on="child_code", right_on="area_code")
        by_county = member.merge(whole, left_on="child_code", right_on="area_code")
        told = by_county["council"].isin(by_council["council"])
        only_county = ~by_county["parent_code"].isin(by_council["parent_code"])
        by_county = by_county[~told | (only_county & told.groupby(by_county["parent_code"]).transform("all"))]
        found = pd.concat([by_council, by_county])[["parent_code", "council", "share"]]
        return found.rename(columns={"parent_code": "area_code"}).drop_duplicates(["area_code", "council"])

    def add_up(self, numbers: np.ndarray, areas: pd.DataFrame) -> np.ndarray:
        """Sums over councils for each area: councils x periods -> areas x periods. NaN where an area has no council."""
        rows, councils, shares = self._pairs(tuple(areas["area_code"]))
        total = np.zeros((len(areas), numbers.shape[1]))
        np.add.at(total, rows, numbers[councils] * shares[:, None])
        total[np.bincount(rows, minlength=len(areas)) == 0] = np.nan
        return total

    @cache  # noqa: B019
    def _pairs(self, areas: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        place = pd.Series(range(len(areas)), index=list(areas))
        pairs = self._made_of[self._made_of["area_code"].isin(place.index)]
        return place.loc[pairs["area_code"]].to_numpy(), pairs["council"].to_numpy(), pairs["share"].to_numpy()

    @cached_property
    def small(self) -> pd.DataFrame:
        """The illustrative small areas, council by council: columns of `every`, and the council's code and name."""
        number = np.tile(np.arange(1, self.small_areas + 1), len(self.councils))
        frame = self.councils.loc[self.councils.index.repeat(self.small_areas)].reset_index(drop=True)
        return frame.assign(
            council_code=frame["area_code"],
            council_name=frame["area_name"],
            area_code=[f"E01{900_001 + i}" for i in range(len(frame))],
            area_name=frame["area_name"] + pd.Series(number).map(" {:03d}".format),
            area_type="small_area",
            tier="small",
            level="small",
            people=(frame["people"] / max(self.small_areas, 1)).round(),
            **dict.fromkeys(SCHEMES, ""),
        )
