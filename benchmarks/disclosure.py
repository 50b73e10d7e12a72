"""The attack on everything hidden: what linear algebra finds in a published file, and what hiding it took.

`python -m benchmarks.disclosure [HUB_DUCKDB]` attacks what is published in HUB_HOME, or the file named, and fails where
something is found.

Belongs here: the tables of a file as they were printed on each day, and the attack on all of them. Does not belong
here: the linear algebra (attacker.py), building the file (run.py), conclusions (RESULTS.md).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from time import process_time

import duckdb
import pandas as pd

from benchmarks.attacker import Cell, Covers, close, covers, determined, table

KEY = ["indicator_code", "part", "period_label", "period_basis"]
CELL = [*KEY, "area_code", "dimensions"]
# Every revision of every table that hides a cell, with the count behind it as a reader works it out.
TOLD = """
    select o.*, coalesce(
        o.numerator, case when i.aggregation_rule = 'sum' then o.value end, round(o.value * o.denominator / i.per)
    ) as counted, o.denominator - counted as others, i.unit = 'percent' as is_share,
        coalesce(i.suppression_threshold, 5) as bound
    from marts.fct_observation as o
    inner join marts.dim_indicator as i using (indicator_code, part, definition_version)
    where o.derivation is null and exists (
        select 1 from marts.fct_observation as h
        where h.indicator_code = o.indicator_code and h.part = o.part and h.period_label = o.period_label
            and h.period_basis = o.period_basis and h.suppressed_by is not null
    )
    order by all"""


def main() -> int:
    """Print what the attack finds, table by table, and what it comes to."""
    from orchestration.settings import Settings

    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Settings.from_env().published / "hub.duckdb"
    with duckdb.connect(str(path), read_only=True) as con:
        lines, found = report(con)
    print("\n".join(f"- {line}" for line in lines))
    return int(found)


def told(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Rows of every table of a published file that hides a cell."""
    return con.execute(TOLD).df()


def views(told: pd.DataFrame) -> Iterator[tuple[tuple, object, pd.DataFrame]]:
    """Every such table as it was known on each day it changed: its key, the day, and its rows."""
    for key, rows in told.groupby(KEY):
        for day in sorted(rows["known_from"].unique()):
            yield key, day, rows[rows["known_from"] <= day].sort_values("known_from").groupby(CELL).tail(1)


def counts(rows: pd.DataFrame, column: str = "counted") -> dict[Cell, float | None]:
    """A table for the attacker; what is blank and not suppressed is not there at all."""
    shown = rows[rows["mark"].eq("suppressed") | rows[column].notna()]
    return {
        (row.area_code, row.dimensions): None if row.mark == "suppressed" else float(getattr(row, column))
        for row in shown.itertuples()
    }


def exactly(releases: list[pd.DataFrame], column: str, known: Covers) -> set[Cell]:
    """Hidden cells of a table found exactly from all its releases together.

    Of what publishers hid themselves only what exact totals tell counts: totals rounded to five give nothing away.
    """
    found = determined([table(counts(rows, column), known) for rows in releases])
    every = pd.concat(releases)
    totals = every[every["area_code"].str.match("E12|E92")]["counted"].dropna()
    return set() if not every["suppressed_by"].eq("hub").any() and totals.mod(5).eq(0).all() else found


def within_bound(releases: list[pd.DataFrame], known: Covers) -> tuple[set[Cell], set[Cell]]:
    """Cells the hub hides that these releases tell closer than their bound, and those around which they do not add up.

    Releases that revise a figure do not add up together, and counts before all returns were in not even by themselves.
    """
    every = pd.concat(releases)
    hub = set(every[every["suppressed_by"] == "hub"][["area_code", "dimensions"]].itertuples(index=False, name=None))
    found, apart = set(), set()
    for column in ("counted", "others")[: 1 + bool(every["is_share"].any())] if hub else ():
        near, unfit = close([table(counts(rows, column), known) for rows in releases], every["bound"].iloc[0])
        found, apart = found | set(near) & hub, apart | unfit & hub
    return found, apart


def report(con: duckdb.DuckDBPyConnection) -> tuple[list[str], int]:
    """Markdown lines of the whole attack on a published file, and how many cells were found."""
    known, started, seen, lines = covers(con), process_time(), Counter(), []
    for key, days in groupby(views(told(con)), key=itemgetter(0)):
        releases = [rows for _, _, rows in days]
        exact = set().union(*(exactly(releases, column, known) for column in ("counted", "denominator")))
        ways = [[rows] for rows in releases] + [releases] * (len(releases) > 1)
        near, apart = zip(*(within_bound(some, known) for some in ways), strict=True)
        near = set().union(*near)
        by_hub = [rows["suppressed_by"].eq("hub").sum() for rows in releases]
        hidden = [rows["mark"].eq("suppressed").sum() for rows in releases]
        seen += Counter(tables=1, releases=len(releases), hidden=sum(hidden), by_hub=sum(by_hub))
        seen += Counter(exact=len(exact), near=len(near), apart=sum(len(one) for one in apart[: len(releases)]))
        for how, cells in (("exactly", exact), ("within the bound", near)):
            lines += [f"{' '.join(key)}: {cell} found {how}" for cell in sorted(cells)]
        print(f"{seen['tables']} tables, {process_time() - started:.0f} s: {' '.join(key)}", file=sys.stderr)
    cells, _, hub, small, added, least, _ = con.execute("from marts.disclosure_summary").fetchall()[0]
    lines += [
        f"{seen['hidden']:,} hidden cells ({seen['by_hub']:,} by the hub) in {seen['releases']:,} releases of "
        f"{seen['tables']:,} tables attacked in {process_time() - started:.0f} processor seconds",
        f"found exactly from all releases together: {seen['exact']}; within the bound: {seen['near']} (sums around "
        f"{seen['apart']} of the hub's do not add up, for counts came in one by one: no value fits there)",
        f"utility: {hub:,} of {cells:,} current cells hidden by the hub, {small:,} of them small and {added:,} beside "
        f"them; the fewest that could do are {least:,}",
    ]
    return lines, seen["exact"] + seen["near"]


if __name__ == "__main__":
    sys.exit(main())
