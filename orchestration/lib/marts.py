"""The public copy of the marts: one DuckDB file, and CSV and Parquet beside it.

Belongs here: having them written, and checking the copy. Does not belong here: their bytes (public_file.py), numbers
(dbt), what the file holds beyond the marts (beyond.py) and when it is shown (releases.py).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib import beyond, public_file
from orchestration.lib.public_file import name, tables, text
from orchestration.lib.watch import SILENT, Watch

NEVER_EMPTY = ("dim_area", "dim_indicator", "dim_period", "fct_observation", "fct_observation_current")


class PublishError(Exception):
    """The copy is not fit to be shown."""


def copy_marts(warehouse: Path, out: Path, watch: Watch = SILENT, macros: Path = beyond.MACROS) -> dict[str, int]:
    """Copy schema marts of `warehouse` into the empty folder `out`; returns rows by table.

    Rows are in the order of all their columns, and equal data gives equal bytes. Lineage tables and the macros of the
    folder `macros` are added (see beyond.py).

    Raises:
        PublishError: it was not written, a table that must hold rows has none, or the copy differs from the original.
    """
    rows = _counts(warehouse)
    watch.expect(len(rows))
    try:
        for table in public_file.write(warehouse, out, macros):
            watch.advance(table)
    except public_file.NotWritten as problem:
        raise PublishError(f"The public copy was not made: {problem}.") from None
    copied = _counts(out / "hub.duckdb")
    wrong = [
        f"{table}: {n:,} rows became {copied.get(table, 0):,}" for table, n in rows.items() if n != copied.get(table)
    ]
    wrong += [f"{table}: it has no rows" for table in NEVER_EMPTY if not copied.get(table)]
    if wrong:
        raise PublishError("The public copy was not made: " + "; ".join(wrong) + ".")
    return copied


def _counts(database: Path) -> dict[str, int]:
    """Rows of each mart, counted as a reader would; the views of a warehouse speak of themselves as `build`."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH {text(database)} AS build (READ_ONLY)")
        return {
            table: con.execute(f"SELECT count(*) FROM build.marts.{name(table)}").fetchone()[0]
            for table in tables(con, "build")
        }
