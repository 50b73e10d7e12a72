"""Landed kinds and their types: what Python writes and dbt reads.

Belongs here: the one place that names the columns of landed Parquet.
Does not belong here: what they must hold (quality).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sources.archive import unfinished

if TYPE_CHECKING:
    import duckdb

_ABOUT = {"feed": "varchar", "delivery_id": "varchar"}
_PLACE = {"source_sheet": "varchar", "source_row": "integer", "source_text": "varchar"}
_OWNER = {"organisation_code": "varchar", "post": "varchar", "valid_from": "date", "valid_to": "date"}
_MATTER = {
    "partnership_code": "varchar", "area_code": "varchar", "indicator_code": "varchar", "part": "varchar",
    "round_label": "varchar",
}  # fmt: skip

# kinds of record besides observations: areas, and what people enter and send in, by row of a table
ENTRIES: dict[str, dict[str, str]] = {
    "areas": {
        "area_code": "varchar", "area_name": "varchar", "area_type": "varchar", "parent_code": "varchar",
        "region_code": "varchar", "population": "integer", "valid_from": "date", "valid_to": "date",
    },
    "targets": {
        "area_code": "varchar", "indicator_code": "varchar", "part": "varchar", "commitment_type": "varchar",
        "target_basis": "varchar", "comparator_code": "varchar", "base_period_label": "varchar",
        "baseline_value": "double", "period_label": "varchar", "period_start": "date", "period_end": "date",
        "period_basis": "varchar", "target_value": "double", "state": "varchar", "partnership_code": "varchar",
        "organisation_code": "varchar", "reward_eligible": "boolean", "decision": "varchar", "decided_on": "date",
    },
    "partnerships": {
        "partnership_code": "varchar", "partnership_name": "varchar", "partnership_type": "varchar",
        "area_code": "varchar", "parent_code": "varchar", **_OWNER,
    },
    "organisations": {
        "organisation_code": "varchar", "organisation_name": "varchar", "organisation_type": "varchar",
        "area_code": "varchar",
    },
    "responsibilities": {"partnership_code": "varchar", "indicator_code": "varchar", "part": "varchar", **_OWNER},
    "plans": {
        "plan_code": "varchar", "plan_type": "varchar", "title": "varchar", "area_code": "varchar",
        "parent_plan_code": "varchar", "organisation_code": "varchar", "valid_from": "date", "valid_to": "date",
    },
    "plan_links": {"plan_code": "varchar", "indicator_code": "varchar", "partnership_code": "varchar", **_OWNER},
    "return_register": {
        "partnership_code": "varchar", "round_label": "varchar", "returns_due": "integer", "due_on": "date",
        "received_on": "date",
    },
    "returns": {
        **_MATTER, "self_assessed_status": "varchar", "self_assessed_direction": "varchar",
        "commentary": "varchar", "cause": "varchar", "board_decision": "varchar", "board_decided_on": "date",
    },
    "actions": {
        **_MATTER, "action_number": "integer", "action": "varchar", "owner_post": "varchar", "due_on": "date",
        "state": "varchar",
    },
    "agreed_statuses": {
        "area_code": "varchar", "indicator_code": "varchar", "part": "varchar", "commitment_type": "varchar",
        "round_label": "varchar", "office_view": "varchar", "office_reason": "varchar", "agreed_status": "varchar",
        "agreed_reason": "varchar", "agreed_on": "date",
    },
    "inspections": {
        "area_code": "varchar", "organisation_code": "varchar", "assessment": "varchar", "theme": "varchar",
        "indicator_code": "varchar", "judgement": "varchar", "summary": "varchar", "published_on": "date",
    },
}  # fmt: skip

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
        "arrival_lag_months": "integer", "due_months": "varchar", "due_years": "varchar",
        "disclosure": "varchar", "description": "varchar",
    },
    "corrections": {
        "correction_code": "varchar", "edition": "varchar", "feed": "varchar", "indicator_code": "varchar",
        "part": "varchar", "area_code": "varchar", "period_label": "varchar", "dimensions": "varchar",
        "published_exactly": "double", "published_above": "double", "published_below": "double",
        "corrected_value": "double", "multiply_by": "double", "reason": "varchar", "source": "varchar",
        "decided_on": "date",
    },
    **{kind: {**_ABOUT, **columns, **_PLACE} for kind, columns in ENTRIES.items()},
}  # fmt: skip


def _empty(kind: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS[kind]))


EMPTY: dict[str, Callable[[], pd.DataFrame]] = {kind: partial(_empty, kind) for kind in COLUMNS}


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One in-memory DuckDB a process: opening one costs more than writing a small delivery."""
    import duckdb

    return duckdb.connect()


def write_parquet(frame: pd.DataFrame, kind: str, path: Path) -> None:
    """Write a frame with its kind's columns and types, whole or not at all (DuckDB writes it: no pyarrow needed)."""
    part = unfinished(path)
    columns = COLUMNS[kind]
    rows = frame.reindex(columns=list(columns))
    mixed = rows.columns[rows.dtypes == "object"]  # where pandas' several words for nothing may stand side by side
    rows[mixed] = rows[mixed].where(rows[mixed].notna(), None)
    chosen = ", ".join(f'cast("{name}" as {kind_}) as "{name}"' for name, kind_ in columns.items())
    with _engine().cursor() as con:
        con.register("rows", rows)
        con.execute(f"copy (select {chosen} from rows) to '{_quoted(part)}' (format parquet, compression zstd)")
    part.replace(path)


def read_parquet(paths: list[Path], kind: str, first: int | None = None) -> pd.DataFrame:
    """Rows of landed files of one kind, or their `first` ones; an empty frame where there are no files."""
    there = [str(path) for path in paths if path.exists()]
    if not there:
        return EMPTY[kind]()
    with _engine().cursor() as con:
        rows = con.read_parquet([literal(path) for path in there], hive_partitioning=False)
        return (rows if first is None else rows.limit(first)).df()


def read_ledger(home: Path, feed: str = "*", delivery: str = "*") -> pd.DataFrame:
    """Ledger rows of a feed or delivery; an empty frame where there are none."""
    return read_parquet(list((home / "landing" / "deliveries").glob(f"feed={feed}/{delivery}.parquet")), "deliveries")


def count_figures(paths: list[Path]) -> list[tuple[str, str, str, int]]:
    """Delivery, indicator, period and how many figures, of landed observations; a value that is missing is none."""
    there = [literal(str(path)) for path in paths if path.exists()]
    if not there:
        return []
    with _engine().cursor() as con:
        rows = con.read_parquet(there, hive_partitioning=False)  # noqa: F841 (read by the query)
        return con.execute(
            "select delivery_id, indicator_code, period_label, count(value) from rows group by all"
        ).fetchall()


def literal(path: str) -> str:
    """A path in which DuckDB finds no pattern: `[`, `*` and `?` mean themselves."""
    return re.sub(r"([\[*?])", r"[\1]", path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
