"""`hub build` from end to end: what it publishes, and what it does when something is wrong."""

import csv
import shutil

import duckdb
import pandas as pd
import pytest

from orchestration import cli
from orchestration.lib import marts
from orchestration.settings import Settings
from sources.parquet import COLUMNS, write_parquet
from sources.registry import load_feeds


def query(settings, sql):
    with duckdb.connect(str(settings.published / "hub.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def deliveries(illustrative, tmp_path):
    """The illustrative deliveries as if publishers had sent them."""
    return shutil.copytree(illustrative.illustrative, tmp_path / "feeds")


def test_a_build_publishes_marts_and_site(illustrative):
    tables = {name for (name,) in query(illustrative, "select table_name from duckdb_tables()")}
    assert set(marts.NEVER_EMPTY) <= tables
    assert query(illustrative, "select distinct schema_name from duckdb_tables()") == [("marts",)]
    assert {path.stem for path in (illustrative.published / "csv").iterdir()} == tables
    assert {path.stem for path in (illustrative.published / "parquet").iterdir()} == tables
    assert (illustrative.published / "site" / "index.html").stat().st_size > 1000


def test_every_published_table_and_column_is_described_in_the_file(illustrative):
    assert query(illustrative, "select table_name from duckdb_tables() where coalesce(comment, '') = ''") == []
    assert (
        query(
            illustrative,
            "select column_name from duckdb_columns() where schema_name = 'marts' and coalesce(comment, '') = ''",
        )
        == []
    )


def test_made_up_data_is_labelled(illustrative):
    assert query(illustrative, "select distinct edition from marts.fct_observation") == [("Illustrative data",)]
    comments = query(illustrative, "select comment from duckdb_tables()")
    assert all("Illustrative data" in comment for (comment,) in comments)
    downloads = [*illustrative.published.glob("csv/fct_*.csv"), *illustrative.published.glob("site/area/*.csv")]
    assert len(downloads) > 100
    for download in downloads:
        with download.open(encoding="utf-8", newline="") as handle:
            assert {row["edition"] for row in csv.DictReader(handle)} <= {"Illustrative data"}, download


def test_every_family_is_in_the_illustrative_edition(illustrative):
    found = query(illustrative, "select distinct feed from marts.fct_observation")
    assert {load_feeds()[feed].family for (feed,) in found} == {
        "departments", "police", "NHS", "education", "councils",
    }  # fmt: skip


def test_a_crash_leaves_the_old_release_whole_and_the_next_build_lands_nothing_anew(home, monkeypatch, capsys):
    before, rows = files(home.published), query(home, "select count(*) from marts.dim_delivery")

    def crash(*_, **__):
        raise RuntimeError("no ink")

    with monkeypatch.context() as patch:
        patch.setattr("orchestration.lib.pages.make", crash)
        assert cli.main(["build"]) == 1
    assert "no ink" in capsys.readouterr().out
    assert files(home.published) == before
    assert cli.main(["build"]) == 0
    assert home.published.resolve().name == "2"
    assert query(home, "select count(*) from marts.dim_delivery") == rows
    csvs = {name: content for name, content in before.items() if name.startswith("csv/")}
    assert csvs == {f"csv/{name}": content for name, content in files(home.published / "csv").items()}


def test_one_broken_file_is_quarantined_and_the_rest_goes_on(deliveries, tmp_path, monkeypatch, capsys):
    home = Settings(tmp_path / "new")
    monkeypatch.setenv("HUB_HOME", str(home.home))
    broken = sorted(path for path in deliveries.rglob("*/*.csv") if not path.name.endswith(".meta.csv"))[0]
    broken.write_bytes(b"<html><body>Service unavailable</body></html>")
    assert cli.main(["build", "--feeds", str(deliveries)]) == 0
    assert f"{broken.name}" in capsys.readouterr().out
    # a file whose name says illustrative stays labelled so, whoever names its folder
    assert query(home, "select distinct edition from marts.fct_observation") == [("Illustrative data",)]
    assert query(home, f"select status from marts.dim_delivery where file_name = '{broken.name}'") == [("quarantined",)]
    assert query(home, "select count(*) from marts.quality_issue where severity = 'error'")[0][0] > 0


def test_a_folder_of_which_nothing_lands_changes_nothing(home, tmp_path, capsys):
    before = home.published.resolve()
    (tmp_path / "empty").mkdir()
    assert cli.main(["build", "--feeds", str(tmp_path / "empty")]) == 1
    told = capsys.readouterr().out
    assert "No file of" in told
    assert "Nothing new was published" in told
    assert home.published.resolve() == before


def test_a_folder_that_does_not_exist_is_said_plainly(home, tmp_path, capsys):
    assert cli.main(["build", "--feeds", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_a_failing_data_test_keeps_the_last_good_warehouse(home, capsys):
    """An observation of an area that does not exist: no reader writes one, so a test must stop it."""
    (delivery,) = query(home, "select delivery_id from marts.fct_observation limit 1")[0]
    row = dict.fromkeys(COLUMNS["observations"]) | {
        "feed": "x", "delivery_id": delivery, "indicator_code": "NI 999", "part": "headline", "value": 1.0,
        "area_code": "E99999999", "area_scheme": "gss", "area_text": "Nowhere", "status": "final", "dimensions": "",
        "period_label": "2008/09", "period_basis": "financial_year", "source_row": 2, "source_rows": "2",
    }  # fmt: skip
    write_parquet(pd.DataFrame([row]), "observations", home.landing / "observations" / "feed=x" / "x.parquet")
    before, warehouse = home.published.resolve(), home.warehouse.stat().st_mtime_ns
    assert cli.main(["build"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "dbt nodes failed" in told
    assert "broken_rule area_code in dim_area, row_at_fault area_code E99999999" in told
    assert (home.published.resolve(), home.warehouse.stat().st_mtime_ns) == (before, warehouse)
