"""What the public file holds beyond the marts: how they were made, and macros to ask it with.

Belongs here: the lineage tables and the table macros, put into the copy while it is made. Does not belong here: the
macros themselves (published_macros/, one file a macro, whose first comment documents it), the rules some of them are
made of (dbt_project/macros/judgement.sql) and copying (marts.py).
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import jinja2
import pandas as pd

from orchestration.lib import lineage
from orchestration.settings import CHECKOUT
from sources.landing import ILLUSTRATIVE

MACROS = Path(__file__).parent / "published_macros"
RULES = CHECKOUT / "dbt_project" / "macros" / "judgement.sql"


def lineage_tables(warehouse: Path, columns: lineage.Columns) -> dict[str, pd.DataFrame]:
    """The lineage tables of what is kept of `warehouse`; none when a hub that described nothing built it."""
    models = lineage.read(lineage.beside(warehouse))
    return lineage.tables(models, columns) if models else {}


def add_lineage(con: duckdb.DuckDBPyConnection, tables: dict[str, pd.DataFrame]) -> list[str]:
    """Create the lineage tables in hub.marts; their names."""
    for name, rows in tables.items():
        con.register("described", rows)
        con.execute(f"CREATE TABLE hub.marts.{name} AS FROM described ORDER BY ALL")
        con.unregister("described")
        con.execute(f"COMMENT ON TABLE hub.marts.{name} IS {_text(_label(con) + lineage.TABLES[name])}")
        for column, said in lineage.COLUMNS_OF[name].items():
            con.execute(f'COMMENT ON COLUMN hub.marts.{name}."{column}" IS {_text(said)}')
    return list(tables)


def add_macros(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Create every macro of the folder in hub.marts, with its first comment as its documentation.

    DuckDB looks for a macro's tables when it makes it, so one that names a table that is not there stops here.
    """
    con.execute("USE hub")
    try:
        for path in sorted(folder.glob("*.sql")):
            sql = statement(path)
            con.execute(sql)
            kind = "MACRO TABLE" if ") as table\n" in sql else "MACRO"
            con.execute(f"COMMENT ON {kind} marts.{path.stem} IS {_text(documentation(sql))}")
    finally:
        con.execute("USE memory")


def statement(path: Path) -> str:
    """The SQL of a macro's file, with `rules` filled in: the text that the dbt models judge with."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    rules = environment.from_string(RULES.read_text(encoding="utf-8")).module
    return environment.from_string(path.read_text(encoding="utf-8")).render(rules=rules)


def documentation(sql: str) -> str:
    """The comment a macro's file begins with, as text."""
    lines = sql.splitlines()
    first = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return "\n".join(line.removeprefix("--").removeprefix(" ") for line in lines[:first])


def columns(con: duckdb.DuckDBPyConnection) -> lineage.Columns:
    """The catalogue of the warehouse attached as `build`."""
    found = con.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = 'build' AND NOT internal ORDER BY ALL"
    ).fetchall()
    by_table: lineage.Columns = {}
    for schema, table, column, kind in found:
        by_table.setdefault(schema, {}).setdefault(table, {})[column] = kind
    return by_table


def _label(con: duckdb.DuckDBPyConnection) -> str:
    """What comments on made-up data or an earlier day begin with, as in dbt_project/macros/edition_comment.sql."""
    edition, day = con.execute("SELECT edition, as_at FROM hub.marts.dim_edition").fetchone()
    known = f"As known on {day.day} {day:%B %Y}. " if day else ""
    return ("Illustrative data. " if edition == ILLUSTRATIVE else "") + known


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
