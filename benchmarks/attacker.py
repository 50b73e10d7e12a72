"""What linear algebra finds out about hidden cells of a table of counts, from what is printed of it and nothing else.

Belongs here: the sums that printed areas and breakdowns stand in, and what follows from them. Does not belong here:
what should be hidden, or anything of how the hub hides it. A cell is (area, dimensions); a table is an indicator part
and period, with None for a hidden count. What is not printed at all is unknown as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
from scipy.linalg import null_space
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Cell = tuple[str, str]
Covers = list[tuple[str, frozenset[str]]]  # an area, and areas that make it up

# Councils that make up an area between them on a day, by every path an outsider knows of.
COVERS = """
    with days as (select unnest([date '2008-06-30', date '2009-04-01']) as day),
    areas as (
        select d.day, a.* from marts.dim_area as a, days as d
        where coalesce(a.valid_from, d.day) <= d.day and coalesce(a.valid_to, d.day) >= d.day
    ),
    covers(path, tier) as (
        values ('upper', 'single'), ('upper', 'upper'), ('lower', 'single'), ('lower', 'lower')
    ),
    bodies as (
        select *
        from areas
        where area_type in ('primary_care_trust', 'police_force', 'strategic_health_authority')
    ),
    child as (
        select a.day, m.parent_code, m.relation, m.child_code, m.share, a.tier
        from marts.bridge_area_membership as m
        inner join areas as a on m.child_code = a.area_code
        where coalesce(m.valid_from, a.day) <= a.day and coalesce(m.valid_to, a.day) >= a.day
    ),
    -- districts told of a county only in part do not make up what the county is part of
    incomplete as (
        select distinct county.day, county.parent_code, county.relation
        from child as county
        inner join child as district
            on county.day = district.day and county.child_code = district.parent_code and district.relation = 'county'
        left join child as told
            on county.day = told.day and county.parent_code = told.parent_code and county.relation = told.relation
            and district.child_code = told.child_code
        where county.tier = 'upper' and told.child_code is null
    ),
    members as (
        select c.day, c.parent_code as total, c.relation || cover.path as path, c.child_code as area
        from child as c
        inner join (from covers union all values ('trusts', 'other')) as cover on c.tier = cover.tier
        left join incomplete as i
            on c.day = i.day and c.parent_code = i.parent_code and c.relation = i.relation and cover.path = 'lower'
        where c.relation <> 'region' and i.day is null
        qualify min(coalesce(c.share, 0)) over (partition by c.day, c.parent_code, c.relation, cover.path) = 1
        union all
        select a.day, a.region_code, cover.path, a.area_code
        from areas as a
        inner join covers as cover on a.tier = cover.tier
        where a.region_code is not null
        union all
        select day, region_code, area_type, area_code
        from bodies
        where region_code is not null
        union all
        select b.day, c.area_code, b.area_type, b.area_code
        from bodies as b
        inner join areas as c on b.day = c.day and c.area_type = 'country'
        union all
        select a.day, c.area_code, cover.path, a.area_code
        from areas as a
        inner join areas as c on a.day = c.day and c.area_type = 'country'
        inner join (from covers union all values ('regions', 'region')) as cover on a.tier = cover.tier
        union all
        select date '2009-04-01', s.successor_code, 'successor', s.predecessor_code
        from marts.bridge_area_successor as s
        qualify min(s.share) over (partition by s.successor_code, left(s.predecessor_code, 3)) = 1
    )
    select total, list(distinct area order by area) from members group by day, total, path order by all
"""


def covers(con: duckdb.DuckDBPyConnection) -> Covers:
    """Every set of areas that makes up another, as the published file tells them."""
    return list(dict.fromkeys((total, frozenset(areas)) for total, areas in con.execute(COVERS).fetchall()))


@dataclass(frozen=True)
class Table:
    """One table as printed, and the equations its cells stand in; `least` is what every hidden count is at least."""

    counts: dict[Cell, float | None]
    equations: list[dict[Cell, int]]
    least: float = 1.0

    @property
    def hidden(self) -> list[Cell]:
        """Cells printed without their number."""
        return [cell for cell, count in self.counts.items() if count is None]

    def system(self) -> tuple[list[Cell], np.ndarray, np.ndarray]:
        """Unknown cells, and the equations over them: a row of signs, and what it comes to."""
        unknown = dict.fromkeys(self.hidden)
        unknown |= {cell: None for one in self.equations for cell in one if cell not in self.counts}
        place = {cell: i for i, cell in enumerate(unknown)}
        matrix, told = np.zeros((len(self.equations), len(place))), np.zeros(len(self.equations))
        for row, one in enumerate(self.equations):
            for cell, sign in one.items():
                if cell in place:
                    matrix[row, place[cell]] += sign
                else:
                    told[row] -= sign * self.counts[cell]
        return list(place), matrix, told

    def intervals(self) -> dict[Cell, tuple[float, float]] | None:
        """Least and greatest value of every hidden cell; None where what is printed does not add up."""
        cells, matrix, told = self.system()
        bounds = [(self.least if cell in self.counts else 0, None) for cell in cells]
        found = {}
        for cell in self.hidden:
            aim = np.array([float(other == cell) for other in cells])
            ends = [linprog(sign * aim, A_eq=matrix, b_eq=told, bounds=bounds) for sign in (1, -1)]
            if any(end.status == 2 for end in ends):
                return None
            low, high = (end.fun * sign if end.status == 0 else np.inf for end, sign in zip(ends, (1, -1), strict=True))
            found[cell] = (low, high)
        return found


def determined(tables: list[Table]) -> set[Cell]:
    """Hidden cells with only one value that the equations of all the tables allow, whatever the values are.

    Several tables are one measure as printed in several releases; whoever takes what is hidden to be the same count in
    each knows more than any one of them tells.
    """
    cells, matrix, _ = _stacked(tables)
    if not matrix.size:
        return set()
    free = np.abs(null_space(np.unique(matrix, axis=0))).max(axis=1, initial=0)
    printed = {cell for one in tables for cell in one.hidden}
    return {cell for cell, room in zip(cells, free, strict=True) if room < 1e-8 and cell in printed}


def close(tables: list[Table], bound: float) -> tuple[dict[Cell, tuple[float, float]], set[Cell]]:
    """Hidden cells that the tables leave less room than `bound`, with their least and greatest value.

    Beside them the cells in sums that do not add up: no value of them fits. Every solution found is a world that could
    be; a cell that is wide apart in two of them needs none of its own.
    """
    cells, matrix, told = _stacked(tables)
    printed = {cell for one in tables for cell in one.hidden}
    least = max((one.least for one in tables), default=0)
    ceiling = 10 * (1000 + max((count or 0 for one in tables for count in one.counts.values()), default=0))
    bounds = np.array([(least if cell in printed else 0, ceiling) for cell in cells])
    asked = np.array([cell in printed for cell in cells])
    rows = np.unique(np.column_stack([matrix, told]), axis=0)
    rows = rows[np.any(rows[:, :-1] != 0, axis=1)]
    touch = csr_array(rows[:, :-1] != 0)
    found, apart = {}, set()
    for group in _together(touch.T @ touch):
        mine = rows[np.any(rows[:, group] != 0, axis=1)]
        ends = _ends(csr_array(mine[:, group]), mine[:, -1], bounds[group], asked[group], bound)
        for place, i in enumerate(group):
            if asked[i] and ends is None:
                apart.add(cells[i])
            elif asked[i] and ends[1][place] - ends[0][place] < bound - 1e-6:
                found[cells[i]] = (float(ends[0][place]), float(ends[1][place]))
    return found, apart


def _together(touching: csr_array) -> list[np.ndarray]:
    """Unknowns that any equations join, by their places."""
    number, label = connected_components(touching, directed=False)
    return [np.flatnonzero(label == one) for one in range(number)]


def _ends(equations, sums, bounds, asked, bound) -> tuple[np.ndarray, np.ndarray] | None:
    """Least and greatest value seen of each unknown, as far apart as they can be where less than `bound`."""
    low, high = np.full(len(bounds), np.inf), np.full(len(bounds), -np.inf)
    for place in np.flatnonzero(asked):
        for sign in (1, -1):
            if high[place] - low[place] >= bound:
                continue
            aim = np.zeros(len(bounds))
            aim[place] = sign
            end = linprog(aim, A_eq=equations, b_eq=sums, bounds=bounds)
            if end.status != 0:
                return None
            low, high = np.minimum(low, end.x), np.maximum(high, end.x)
    return low, high


def _stacked(tables: list[Table]) -> tuple[list[Cell], np.ndarray, np.ndarray]:
    """The equations of all tables, over the unknown cells of all."""
    systems = [one.system() for one in tables if one.hidden]
    place = {cell: i for i, cell in enumerate(dict.fromkeys(cell for cells, *_ in systems for cell in cells))}
    rows = np.zeros((sum(len(told) for *_, told in systems), len(place)))
    start = 0
    for cells, matrix, told in systems:
        rows[start : start + len(told), [place[cell] for cell in cells]] = matrix
        start += len(told)
    return list(place), rows, np.concatenate([told for *_, told in systems] or [np.zeros(0)])


def table(counts: dict[Cell, float | None], known: Covers) -> Table:
    """A table with every equation that any of its cells stands in."""
    kinds = {dimensions for _, dimensions in counts}
    areas = {area for area, _ in counts}
    sums = [
        {(total, kind): 1} | {(area, kind): -1 for area in made_of}
        for total, made_of in known
        for kind in sorted(kinds)
        if total in areas and made_of & areas
    ]
    names = {kind.split("=")[0] for kind in kinds if kind}
    sums += [
        {(area, ""): 1} | {(area, kind): -1 for kind in sorted(kinds) if kind.startswith(f"{name}=")}
        for area in sorted(areas)
        for name in sorted(names)
        if any((area, kind) in counts for kind in kinds if kind)
    ]
    return Table(counts, sums, 0.0 if names else 1.0)
