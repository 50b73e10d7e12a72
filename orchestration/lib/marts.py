"""The public copy of the marts: one DuckDB file, and CSV and Parquet beside it.

Belongs here: copying, and checking the copy. Does not belong here: numbers (dbt), what the file holds beyond the
marts (beyond.py) and when it is shown (releases.py).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib import beyond
from orchestration.lib.watch import SILENT, Watch

# DuckDB 2 writes a format of its own by default; older DuckDB and the browser build read this one.
STORAGE_VERSION = "v1.2.0"
NEVER_EMPTY = ("dim_area", "dim_indicator", "dim_period", "fct_observation", "fct_observation_current")


class PublishError(Exception):
    """The copy is not fit to be shown."""


def copy_marts(warehouse: Path, out: Path, watch: Watch = SILENT, macros: Path = beyond.MACROS) -> dict[str, int]:
    """Copy schema marts of `warehouse` into the empty folder `out`; returns rows by table.

    Rows are in the order of all their columns, so equal data gives equal CSV bytes. Lineage tables and the macros
    of the folder `macros` are added (see beyond.py).

    Raises:
        PublishError: a table that must hold rows has none, or the copy differs from the original.
    """
    database = out / "hub.duckdb"
    for kind in ("csv", "parquet"):
        (out / kind).mkdir()
    with duckdb.connect() as con:
        # The name must be `build`: the views of a warehouse speak of themselves by it.
        con.execute(f"ATTACH {_text(warehouse)} AS build (READ_ONLY)")
        con.execute(f"ATTACH {_text(database)} AS hub (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("CREATE SCHEMA hub.marts")
        tables = _tables(con, "build")
        watch.expect(len(tables))
        for table in tables:
            _copy_table(con, table, out)
            watch.advance(table)
        rows = {table: _rows(con, "build", table) for table in tables}
        for table in beyond.add_lineage(con, warehouse):
            _export(con, table, out)
            rows[table] = _rows(con, "hub", table)
        _copy_comments(con)
        beyond.add_macros(con, macros)
        con.execute("CHECKPOINT hub")
        con.execute("DETACH hub")
    _check(database, rows)
    return rows


def _copy_table(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> None:
    name = _name(table)
    con.execute(f"CREATE TABLE hub.marts.{name} AS FROM build.marts.{name} ORDER BY ALL")
    _export(con, table, out)


def _export(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> None:
    name = _name(table)
    con.execute(f"COPY (FROM hub.marts.{name}) TO {_text(out / 'csv' / f'{table}.csv')} (HEADER)")
    target = _text(out / "parquet" / f"{table}.parquet")
    con.execute(f"COPY (FROM hub.marts.{name}) TO {target} (FORMAT parquet, COMPRESSION zstd)")


def _copy_comments(con: duckdb.DuckDBPyConnection) -> None:
    where = "database_name = 'build' AND schema_name = 'marts' AND comment IS NOT NULL"
    for function in ("tables", "views"):
        column = function.removesuffix("s") + "_name"
        described = con.execute(f"SELECT {column}, comment FROM duckdb_{function}() WHERE {where}").fetchall()
        for table, comment in described:
            con.execute(f"COMMENT ON TABLE hub.marts.{_name(table)} IS {_text(comment)}")
    columns = con.execute(f"SELECT table_name, column_name, comment FROM duckdb_columns() WHERE {where}").fetchall()
    for table, column, comment in columns:
        con.execute(f"COMMENT ON COLUMN hub.marts.{_name(table)}.{_name(column)} IS {_text(comment)}")


def _check(database: Path, rows: dict[str, int]) -> None:
    """Open the finished file as a reader would and count again."""
    with duckdb.connect(str(database), read_only=True) as con:
        copied = {table: _rows(con, con.execute("SELECT current_database()").fetchone()[0], table) for table in rows}
    wrong = [
        f"{table}: {rows[table]:,} rows became {copied[table]:,}" for table in rows if rows[table] != copied[table]
    ]
    wrong += [f"{table}: it has no rows" for table in NEVER_EMPTY if not copied.get(table)]
    if wrong:
        raise PublishError("The public copy was not made: " + "; ".join(wrong) + ".")


def _tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    found = con.execute(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_catalog = ? AND table_schema = 'marts' ORDER BY table_name",
        [database],
    ).fetchall()
    return [table for (table,) in found]


def _rows(con: duckdb.DuckDBPyConnection, database: str, table: str) -> int:
    return con.execute(f"SELECT count(*) FROM {_name(database)}.marts.{_name(table)}").fetchone()[0]


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
