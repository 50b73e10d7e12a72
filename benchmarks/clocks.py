"""What two clocks cost: the time of an as-at query, and the storage of history, each against the current state alone.

Belongs here: measuring one published file. Does not belong here: building it (run.py), conclusions (RESULTS.md).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

REPEATS = 7
# Every column that a reader of figures takes, so that the whole mart is read.
READ = """select indicator_code, count(*), sum(value), sum(numerator), sum(denominator), max(mark), max(source_text),
    count(distinct area_code) from {} group by all"""
NAMES = """select table_name from duckdb_columns() where schema_name = 'marts' and database_name = 'hub'
    and column_name in ('known_from', 'known_to') group by table_name having count(*) = 2 order by table_name"""


def main() -> int:
    """Print what is measured of a file given by path (default: what is published in HUB_HOME)."""
    from orchestration.settings import Settings

    published = Path(sys.argv[1]) if len(sys.argv) > 1 else Settings.from_env().published / "hub.duckdb"
    print(report(published))
    return 0


def report(published: Path) -> str:
    """Markdown lines: rows, query ratio and storage ratio of one published file."""
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        con.execute(f"attach '{published}' as hub (read_only)")
        con.execute("use hub")
        rows, current = con.execute(
            "select count(*), count(*) filter (is_current) from marts.fct_observation"
        ).fetchone()
        lines = [f"fct_observation: {rows:,} rows of {current:,} figures, {rows / current:.2f} to one."]
        days = con.execute(
            "select cast(ends_on as varchar), round_label from marts.dim_round order by ends_on"
        ).fetchall()
        now = _seconds(con, READ.format("marts.fct_observation_current"))
        for day, label in (days[5], days[-1]):
            then = _seconds(con, READ.format(f"marts.observation_as_at(date '{day}')"))
            lines.append(f"As at the end of {label}: {then:.3f} s, now {now:.3f} s, ratio {then / now:.2f}.")
        names = [name for (name,) in con.execute(NAMES).fetchall()]
        for said, tables in (("every mart with two clocks", names), ("fct_observation alone", ["fct_observation"])):
            whole, alone = _bytes(con, tables, "true"), _bytes(con, tables, "known_to is null")
            lines.append(
                f"Storage of {said}: {whole / 1e6:.1f} MB with history, {alone / 1e6:.1f} MB current state alone, "
                f"ratio {whole / alone:.2f}."
            )
    return "\n".join(f"- {line}" for line in lines)


def _seconds(con: duckdb.DuckDBPyConnection, query: str) -> float:
    """Median time of a query, its first run left out."""
    taken = []
    for _ in range(REPEATS + 1):
        started = perf_counter()
        con.execute(query).fetchall()
        taken.append(perf_counter() - started)
    return median(taken[1:])


def _bytes(con: duckdb.DuckDBPyConnection, tables: list[str], where: str) -> int:
    """Size of a DuckDB file that holds these rows of the tables, written as the public one is."""
    with tempfile.TemporaryDirectory(prefix="hub-clocks-") as folder:
        path = Path(folder) / "kept.duckdb"
        con.execute(f"attach '{path}' as kept (storage_version 'v1.2.0')")
        for table in tables:
            con.execute(f"create table kept.{table} as from marts.{table} where {where} order by all")
        con.execute("checkpoint kept")
        con.execute("detach kept")
        return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
