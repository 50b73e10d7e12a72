"""Landed kinds and their types: what Python writes and dbt reads.

Belongs here: the one place that names the columns of landed Parquet.
Does not belong here: what they must hold (quality).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from sources.archive import unfinished

COLUMNS: dict[str, dict[str, str]] = {
    "observations": {
        "feed": "varchar", "delivery_id": "varchar", "indicator_code": "varchar", "part": "varchar",
        "area_code": "varchar", "area_scheme": "varchar", "area_text": "varchar", "period_label": "varchar",
        "period_start": "date", "period_end": "date", "period_basis": "varchar", "dimensions": "varchar",
        "value": "double", "numerator": "double", "denominator": "double", "lower_ci": "double", "upper_ci": "double",
        "survey_base": "double", "design_effect": "double",
        "mark": "varchar", "note": "varchar", "status": "varchar", "source_sheet": "varchar", "source_row": "integer",
        "source_rows": "varchar", "source_column": "varchar", "source_text": "varchar",
    },
    "measures": {
        "feed": "varchar", "delivery_id": "varchar", "indicator_code": "varchar", "part": "varchar",
        "title": "varchar", "unit": "varchar", "decimals": "integer",
    },
    "issues": {
        "feed": "varchar", "delivery_id": "varchar", "severity": "varchar", "check_name": "varchar",
        "file_name": "varchar", "sheet": "varchar", "row_number": "integer", "column_name": "varchar",
        "cell_value": "varchar", "message": "varchar", "remedy": "varchar", "occurrences": "integer",
    },
    "deliveries": {
        "feed": "varchar", "delivery_id": "varchar", "file_name": "varchar", "source_url": "varchar",
        "sha256": "varchar", "bytes": "bigint", "received_at": "timestamp", "published_on": "date",
        "known_from": "date", "status": "varchar", "edition": "varchar", "rows": "integer",
    },
    "feeds": {
        "feed": "varchar", "title": "varchar", "family": "varchar", "publisher": "varchar", "licence": "varchar",
        "contact_page": "varchar", "cadence": "varchar", "public_url": "varchar", "area_scheme": "varchar",
        "arrival_lag_months": "integer", "due_months": "varchar", "description": "varchar",
    },
}  # fmt: skip


def _empty(kind: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS[kind]))


EMPTY: dict[str, Callable[[], pd.DataFrame]] = {kind: partial(_empty, kind) for kind in COLUMNS}


def write_parquet(frame: pd.DataFrame, kind: str, path: Path) -> None:
    """Write a frame with its kind's columns and types, whole or not at all (DuckDB writes it: no pyarrow needed)."""
    import duckdb

    part = unfinished(path)
    columns = COLUMNS[kind]
    rows = frame.reindex(columns=list(columns)).astype("object").where(lambda cells: cells.notna(), None)
    chosen = ", ".join(f'cast("{name}" as {kind_}) as "{name}"' for name, kind_ in columns.items())
    with duckdb.connect() as con:
        con.execute("set preserve_insertion_order = true")
        con.register("rows", rows)
        con.execute(f"copy (select {chosen} from rows) to '{_quoted(part)}' (format parquet, compression zstd)")
    part.replace(path)


def read_parquet(paths: list[Path], kind: str) -> pd.DataFrame:
    """Rows of landed files of one kind; an empty frame where there are no files."""
    import duckdb

    there = [str(path) for path in paths if path.exists()]
    if not there:
        return EMPTY[kind]()
    with duckdb.connect() as con:
        return con.read_parquet([literal(path) for path in there], hive_partitioning=False).df()


def read_ledger(home: Path, feed: str = "*", delivery: str = "*") -> pd.DataFrame:
    """Ledger rows of a feed or delivery; an empty frame where there are none."""
    return read_parquet(list((home / "landing" / "deliveries").glob(f"feed={feed}/{delivery}.parquet")), "deliveries")


def literal(path: str) -> str:
    """A path in which DuckDB finds no pattern: `[`, `*` and `?` mean themselves."""
    return re.sub(r"([\[*?])", r"[\1]", path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
