"""One illustrative build, and one landing of the real files, for all pipeline tests: each costs some time."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from orchestration.settings import Settings
from quality.report import Report
from sources.landing import discover, land, prepare
from sources.registry import load_feeds


@pytest.fixture
def home(illustrative, tmp_path, monkeypatch):
    """A copy of that home to work on, named by HUB_HOME."""
    shutil.copytree(illustrative.home, tmp_path / "home", symlinks=True)
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HUB_PRESET", illustrative.preset)
    monkeypatch.delenv("HUB_FEEDS", raising=False)
    return Settings(tmp_path / "home", preset=illustrative.preset)


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
    with duckdb.connect() as con:
        kinds = {
            kind: f"read_parquet('{home}/landing/{kind}/*/*.parquet', hive_partitioning = false)"
            for kind in ("observations", "deliveries")
        }
        return con.execute(
            f"""select o.*, d.sha256, d.file_name from {kinds["observations"]} o
            join {kinds["deliveries"]} d using (delivery_id)"""
        ).df()
