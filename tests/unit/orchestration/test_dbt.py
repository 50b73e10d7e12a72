"""dbt on a project of two models: what the hub's own models say is tested in tests/pipeline."""

import os
import time

import duckdb
import pytest

from orchestration.lib import dbt
from orchestration.settings import Settings

PROJECT = """
name: toy
version: "1.0"
profile: toy
models: {toy: {+materialized: table}}
"""
PROFILE = """
toy:
  target: duckdb
  outputs: {duckdb: {type: duckdb, path: "{{ env_var('HUB_WAREHOUSE') }}", schema: marts, threads: 1}}
"""
TESTS = """
models:
  - name: two
    columns: [{name: n, data_tests: [not_null]}]
"""


@pytest.fixture
def settings(tmp_path):
    project = tmp_path / "dbt_project"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(PROJECT)
    (project / "profiles.yml").write_text(PROFILE)
    (project / "models" / "two.yml").write_text(TESTS)
    (project / "models" / "one.sql").write_text("select '{{ var(\"edition\") }}' as edition, 1 as n")
    (project / "models" / "two.sql").write_text("select * from {{ ref('one') }}")
    settings = Settings(tmp_path / "home", dbt_project=project)
    settings.next_warehouse.parent.mkdir(parents=True)
    return settings


def test_a_build_says_what_came_of_each_node_and_lets_go_of_the_file(settings):
    names = []
    outcomes = dbt.build(settings, "published", names.append)
    assert {outcome.unique_id.split(".")[2]: outcome.status for outcome in outcomes} == {
        "one": "success",
        "two": "success",
        "not_null_two_n": "pass",
    }
    assert names == ["one", "two", "not_null_two_n"]
    with duckdb.connect(str(settings.next_warehouse)) as con:
        assert con.execute("select edition from marts.two").fetchone() == ("published",)


def test_a_project_read_for_one_edition_is_not_built_as_it_was_read_for_another(settings):
    """A table name that follows the edition is settled when dbt reads the project, long before a model runs."""
    (settings.dbt_project / "models" / "one.sql").write_text(
        "{{ config(alias='about_' ~ var('edition')[:4]) }} select '{{ var(\"edition\") }}' as edition, 1 as n"
    )
    dbt.manifest(settings)  # nothing has landed: as published
    dbt.build(settings, "Illustrative data")
    with duckdb.connect(str(settings.next_warehouse)) as con:
        assert con.execute("select edition from marts.about_Illu").fetchone() == ("Illustrative data",)


def test_a_second_build_in_this_process_may_write_elsewhere(settings, tmp_path):
    dbt.build(settings, "published")
    other = Settings(tmp_path / "other", dbt_project=settings.dbt_project)
    other.next_warehouse.parent.mkdir(parents=True)
    dbt.build(other, "Illustrative data")
    with duckdb.connect(str(other.next_warehouse)) as con:
        assert con.execute("select edition from marts.two").fetchone() == ("Illustrative data",)


def test_a_failing_test_is_an_outcome(settings):
    (settings.dbt_project / "models" / "one.sql").write_text("select cast(null as integer) as n")
    failed = [outcome for outcome in dbt.build(settings, "published") if outcome.failed]
    assert [outcome.status for outcome in failed] == ["fail"]


def test_broken_sql_is_an_outcome_and_what_follows_is_skipped(settings):
    (settings.dbt_project / "models" / "one.sql").write_text("select wrong")
    outcomes = {outcome.unique_id.split(".")[2]: outcome for outcome in dbt.build(settings, "published")}
    assert outcomes["one"].failed
    assert "wrong" in outcomes["one"].message
    assert outcomes["two"].status == "skipped"


def test_a_project_dbt_cannot_read_is_an_error(settings):
    (settings.dbt_project / "models" / "two.sql").write_text("select * from {{ ref('nowhere') }}")
    with pytest.raises(dbt.DbtError, match="nowhere"):
        dbt.manifest(settings)


def test_the_manifest_is_read_again_only_after_a_change(settings, monkeypatch):
    first = dbt.manifest(settings)
    assert {node["name"] for node in first["nodes"].values()} == {"one", "two", "not_null_two_n"}
    asked = []
    monkeypatch.setattr(dbt, "_invoke", lambda command, *_, **__: asked.append(command))
    dbt.manifest(settings)
    assert asked == []
    model = settings.dbt_project / "models" / "one.sql"
    later = time.time() + 5
    os.utime(model, (later, later))
    dbt.manifest(settings)
    assert asked == ["parse"]
