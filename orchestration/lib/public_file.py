"""Writes the public copy of the marts so that equal data gives equal bytes; runs as a process of its own.

DuckDB leaves what it does not use in its file (gaps between columns, values under NULL) as it finds it in memory, and
one of its text compressions draws random samples. So one thread writes, that compression off, rows in a stated order,
nothing tidied away before the end, and a process whose memory comes zeroed (what columns come from is worked out in
another, beside it; a second thread only reads what is written, for csv and parquet); docs/decisions/016 has what was
tried.

Belongs here: the bytes of hub.duckdb, csv/ and parquet/. Does not belong here: what the file holds beyond the marts
(beyond.py), whether it is fit (marts.py).
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import duckdb

from orchestration.lib import beyond
from sitegen import formulas
from sources.workers import end_with_parent

# DuckDB 2 writes a format of its own by default; older DuckDB and the browser build read this one.
STORAGE_VERSION = "v1.2.0"
# DuckDB's own allocator hands out zeroed memory, and so does the C library's (it fills with the complement of 255).
ZEROED = {
    "DUCKDB_JE_MALLOC_CONF": "zero:true",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=255:glibc.malloc.tcache_count=0",
}
SETTLED = """SET threads = 1; SET disabled_compression_methods = 'fsst'; SET TimeZone = 'UTC';
    SET checkpoint_threshold = '1TB'"""  # a checkpoint on the way would depend on who reads just then
CELL = f"CREATE OR REPLACE TEMP MACRO cell(item) AS {formulas.sql('item')}"


class NotWritten(Exception):
    """The process that writes the files failed; says why."""


def write(warehouse: Path, out: Path, macros: Path) -> Iterator[str]:
    """Write hub.duckdb, csv/ and parquet/ of the marts into the empty folder `out`; yields each mart's name once done.

    Raises:
        NotWritten: the writing process failed.
    """
    command = [sys.executable, "-m", __name__, str(warehouse), str(out), str(macros)]
    with subprocess.Popen(
        command,
        env=os.environ | ZEROED,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        close_fds=False,  # it holds the lock with us
    ) as child:
        for line in child.stdout:
            yield line.rstrip("\n")
        said = child.stderr.read().strip().splitlines()
    if child.returncode:
        raise NotWritten(said[-1] if said else f"writing ended with exit code {child.returncode}")


def tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Tables and views of the marts of an attached database, by name."""
    found = con.execute(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_catalog = ? AND table_schema = 'marts' ORDER BY table_name",
        [database],
    ).fetchall()
    return [table for (table,) in found]


def text(value: object) -> str:
    """A text for SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def name(value: str) -> str:
    """A name for SQL."""
    return '"' + value.replace('"', '""') + '"'


def main(warehouse: str, out: str, macros: str) -> None:
    """Do the writing; what the process runs."""
    folder = Path(out)
    for kind in ("csv", "parquet"):
        (folder / kind).mkdir()
    clean = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, clean, initializer=end_with_parent) as beside,
        ThreadPoolExecutor(1) as exporting,
        duckdb.connect() as con,
    ):
        con.execute(SETTLED)
        # The name must be `build`: the views of a warehouse speak of themselves by it.
        con.execute(f"ATTACH {text(warehouse)} AS build (READ_ONLY)")
        con.execute(f"ATTACH {text(folder / 'hub.duckdb')} AS hub (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("CREATE SCHEMA hub.marts")
        described = beside.submit(beyond.lineage_tables, Path(warehouse), beyond.columns(con))
        reader, exported = con.cursor(), []
        for table in tables(con, "build"):
            con.execute(f"CREATE TABLE hub.marts.{name(table)} AS FROM build.marts.{name(table)} ORDER BY ALL")
            exported.append(exporting.submit(_export, reader, table, folder))
            print(table, flush=True)
        for table in beyond.add_lineage(con, described.result()):
            exported.append(exporting.submit(_export, reader, table, folder))
        _copy_comments(con)
        beyond.add_macros(con, Path(macros))
        for done in exported:
            done.result()
        con.execute("CHECKPOINT hub")
        con.execute("DETACH hub")


def _export(con: duckdb.DuckDBPyConnection, table: str, out: Path) -> None:
    source = f"hub.marts.{name(table)}"
    write_csv(con, source, out / "csv" / f"{table}.csv")
    target = text(out / "parquet" / f"{table}.parquet")
    con.execute(f"COPY (FROM {source}) TO {target} (FORMAT parquet, COMPRESSION zstd)")


def write_csv(con: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """Write a table as CSV with a header; no text of it is one that a spreadsheet takes for a formula."""
    con.execute(CELL)
    columns = con.execute(f"DESCRIBE {table}").fetchall()
    cells = ", ".join(f"cell({name(c)}) AS {name(c)}" if kind == "VARCHAR" else name(c) for c, kind, *_ in columns)
    con.execute(f"COPY (SELECT {cells} FROM {table}) TO {text(path)} (HEADER)")


def _copy_comments(con: duckdb.DuckDBPyConnection) -> None:
    where = "database_name = 'build' AND schema_name = 'marts' AND comment IS NOT NULL"
    con.begin()  # a thousand comments as one transaction: each of its own is written to disk
    for function in ("tables", "views"):
        column = function.removesuffix("s") + "_name"
        described = con.execute(
            f"SELECT {column}, comment FROM duckdb_{function}() WHERE {where} ORDER BY {column}"
        ).fetchall()
        for table, comment in described:
            con.execute(f"COMMENT ON TABLE hub.marts.{name(table)} IS {text(comment)}")
    columns = con.execute(
        f"SELECT table_name, column_name, comment FROM duckdb_columns() WHERE {where} ORDER BY table_name, column_index"
    ).fetchall()
    for table, column, comment in columns:
        con.execute(f"COMMENT ON COLUMN hub.marts.{name(table)}.{name(column)} IS {text(comment)}")
    con.commit()


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except duckdb.Error as problem:
        sys.exit(" ".join(str(problem).split()))
