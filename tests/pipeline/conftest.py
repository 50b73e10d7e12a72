"""Every feed's real files, landed once a session."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from quality.report import Report
from sources.landing import discover, land, prepare
from sources.registry import load_feeds


@pytest.fixture(scope="session")
def landed(feeds_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Report]]]:
    """HUB_HOME with all real files landed, and the reports by feed."""
    home = tmp_path_factory.mktemp("real")
    prepare(home)
    return home, {
        key: [land(spec, path, home) for path in discover(spec, feeds_dir)] for key, spec in load_feeds().items()
    }


@pytest.fixture(scope="session")
def observations(landed: tuple[Path, dict[str, list[Report]]]) -> pd.DataFrame:
    """All landed observations with their delivery's ledger row."""
    home, _ = landed
    return duckdb.sql(
        f"""select o.*, d.sha256, d.file_name
        from read_parquet('{home}/landing/observations/*/*.parquet', hive_partitioning = false) o
        join read_parquet('{home}/landing/deliveries/*/*.parquet', hive_partitioning = false) d using (delivery_id)"""
    ).df()
