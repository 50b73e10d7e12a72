"""The rules anybody can try (judge_status, judge_direction) against the model that judges, over a grid of numbers."""

import duckdb
import pytest

from orchestration.lib import beyond

GRID = {
    "actual": (None, -105, -100, -95, 0, 0.1, 1, 3, 67.07, 94.9999, 95, 100, 105, 110, 110.01),
    "target": (None, -100, 0, 2, 70.6, 100),
    "previous": (None, 0, 100),
    "baseline": (None, 95),
    "polarity": ("higher_is_better", "lower_is_better", "plan_is_best", "none", None),
}
MADE = (
    "intermediate.int_judged_commitment",
    "intermediate.int_commitment_reason",
    "seeds.indicator_tolerances",
    "marts.fct_return",
    "marts.fct_agreed_status",
)


def values(name):
    shown = ("null" if one is None else repr(one) for one in GRID[name])
    kind = "varchar" if name == "polarity" else "double"
    return f"(select cast(v as {kind}) as {name} from (values " + ", ".join(f"({one})" for one in shown) + ") as t(v))"


def judged(warehouse, compiled):
    """A connection with the grid in `grid`, what the model made of it in `model`, and the published macros."""
    con = duckdb.connect()
    con.execute(f"attach '{warehouse}' as built (read_only); attach ':memory:' as build")
    for schema in ("seeds", "intermediate", "marts"):
        con.execute(f"create schema build.{schema}")
    for table in MADE:
        con.execute(f"create table build.{table} as from built.{table} limit 0")
    con.execute("create table build.seeds.rule_profiles as from built.seeds.rule_profiles")
    con.execute("create table build.marts.rule_profile as from built.marts.rule_profile")
    con.execute("use build")
    grid = " cross join ".join(values(name) for name in GRID)
    con.execute(
        "create table grid as select cast(row_number() over () as varchar) as area_code, p.profile_id, "
        f"p.compared_with, p.no_new_data, g.* from seeds.rule_profiles as p cross join (from {grid}) as g"
    )
    con.execute(
        "insert into intermediate.int_judged_commitment by name select area_code, 'X' as indicator_code, 'p' as part, "
        "'local' as commitment_type, 'R' as round_label, date '2009-06-30' as ends_on, profile_id, compared_with, "
        "no_new_data, actual as actual_value, actual as judged_value, target as milestone_value, previous as "
        "previous_value, baseline as agreed_baseline, polarity, polarity as judged_polarity, false as is_redefined "
        "from grid"
    )
    con.execute(
        "insert into intermediate.int_commitment_reason by name select area_code, indicator_code, part, "
        "commitment_type, round_label, false as has_new_data from intermediate.int_judged_commitment"
    )
    (model,) = compiled.rglob("marts/judgement/fct_performance.sql")
    con.execute(f"create table model as {model.read_text()}")
    for name in ("judge_status", "judge_direction"):
        con.execute(beyond.statement(beyond.MACROS / f"{name}.sql"))
    return con


@pytest.fixture(scope="module")
def con(illustrative):
    return judged(illustrative.warehouse, illustrative.dbt_target / "compiled")


def test_macro_and_model_agree_on_every_point_of_a_grid(con):
    con.execute(
        "create or replace table told as select g.* exclude (area_code), m.computed_status, m.direction, "
        "marts.judge_status(actual, target, previous, baseline, polarity, g.profile_id) as status_told, "
        "marts.judge_direction(actual, previous, polarity, g.profile_id) as direction_told "
        "from grid as g join model as m using (area_code)"
    )
    assert con.execute("select count(*) from told").fetchone() == con.execute("select count(*) from grid").fetchone()
    apart = "computed_status is distinct from status_told or direction is distinct from direction_told"
    assert con.execute(f"select * from told where {apart} limit 5").fetchall() == []


def test_the_grid_meets_every_status_and_direction(con):
    statuses = {one for (one,) in con.execute("select distinct computed_status from model").fetchall()}
    directions = {one for (one,) in con.execute("select distinct direction from model").fetchall()}
    reasons = {"awaited", "no_target", "no_baseline"}
    assert statuses == {"exceeded", "on_target", "near_target", "off_target"} | reasons
    assert directions == {"improved", "unchanged", "deteriorated", "no_comparison"}


def test_a_profile_that_does_not_exist_says_nothing(con):
    asked = "select marts.judge_status(1, 1, 1, 1, 'higher_is_better', 'x'), marts.judge_direction(1, 1, 'none', 'x')"
    assert con.execute(asked).fetchone() == (None, None)


def test_there_are_ten_published_rules_and_one_default(con):
    profiles = con.execute("select count(*), count(*) filter (is_default) from marts.rule_profile").fetchone()
    assert profiles[0] > 10
    assert profiles[1] == 1


def test_a_rank_is_the_place_among_all_areas_with_an_agreement_and_judged_as_one(illustrative):
    """Places counted anew from the figures published as at the end of each round, and tried by the published rule."""
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as hub:
        ranked = hub.execute(
            "select p.*, i.polarity, r.compared_with from marts.fct_performance p "
            "join marts.dim_indicator i using (indicator_code, part) join marts.rule_profile r using (profile_id) "
            "where p.target_basis = 'rank' and p.areas_ranked is not null"
        ).df()
        for (label, day, *measure), rows in ranked.groupby(["round_label", "round_ends_on", "indicator_code", "part"]):
            agreements = "select distinct area_code from marts.fct_performance where round_label = ?"
            told = hub.execute(
                "select period_label, value from marts.fct_observation where indicator_code = ? and part = ? "
                "and dimensions = '' and value is not null and known_from <= ? and coalesce(known_to > ?, true) "
                f"and area_code in ({agreements})",
                [*measure, day, day, label],
            ).fetchall()
            for row in rows.itertuples():
                peers = [round(value, 6) for period, value in told if period == row.actual_period_label]
                own = round(row.actual_value, 6)
                better = [one for one in peers if (one < own if row.polarity == "lower_is_better" else one > own)]
                assert (row.judged_value, row.areas_ranked) == (1 + len(better), len(peers)), row
        assert len(ranked) > 20
        assert set(ranked["computed_status"]) >= {"on_target", "near_target", "off_target"}
        assert ranked["variance_percent"].isna().all()
        apart = (
            "select count(*) from marts.fct_performance where target_basis in ('rank', 'ordinal') and is_assessed and "
            "computed_status is distinct from marts.judge_status(judged_value, compared_value, null, null, "
            "case target_basis when 'rank' then 'lower_is_better' else (select any_value(polarity) from "
            "marts.dim_indicator i where i.indicator_code = fct_performance.indicator_code "
            "and i.part = fct_performance.part) end, profile_id) "
            "and profile_id not in (select profile_id from marts.rule_profile "
            "where compared_with in ('previous', 'baseline', 'peers') or amber_kind = 'per_indicator')"
        )
        assert hub.execute(apart).fetchone() == (0,)


def test_a_grade_is_held_against_a_grade_of_its_scale(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as hub:
        grades = {
            (code, part, float(grade))
            for code, part, grade in hub.execute("select indicator_code, part, grade from marts.dim_grade").fetchall()
        }
        told = hub.execute(
            "select indicator_code, part, target_value, actual_value, judged_value, compared_value, computed_status "
            "from marts.fct_performance where target_basis = 'ordinal'"
        ).fetchall()
        for code, part, target, actual, judged, compared, status in told:
            assert {(code, part, one) for one in (target, actual, compared) if one is not None} <= grades
            assert judged == actual, (code, part)
            assert status != "near_target"
        assert len(told) > 20
        reasons = hub.execute(
            "select target_basis, count(forecast_value), count(distinct reason) filter (reason = target_basis) "
            "from marts.forecast where target_basis in ('rank', 'ordinal') group by all order by all"
        ).fetchall()
        assert reasons == [("ordinal", 0, 1), ("rank", 0, 1)]


def test_the_published_file_holds_the_rules(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as hub:
        asked = "select marts.judge_status(67.07, 70.6, null, null, 'higher_is_better', 'hub_default')"
        assert hub.execute(asked).fetchone() == ("near_target",)
        macros = "select function_name, comment from duckdb_functions() where function_name like 'judge_%' order by 1"
        told = dict(hub.execute(macros).fetchall())
    assert set(told) == {"judge_direction", "judge_status"}
    assert all("rule_profile" in comment for comment in told.values())


def test_performance_as_at_the_last_day_is_all_there_is(illustrative):
    """On an earlier day only rounds that were over, and only what had been said of them."""
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as hub:
        apart = (
            "(from marts.fct_performance except from marts.performance_as_at(date '2099-12-31')) union all "
            "(from marts.performance_as_at(date '2099-12-31') except from marts.fct_performance)"
        )
        assert hub.execute(f"select count(*) from ({apart})").fetchone() == (0,)
        day = hub.execute("select min(round_ends_on) from marts.fct_performance").fetchone()[0]
        then = f"from marts.performance_as_at(date '{day}')"
        assert hub.execute(f"select max(round_ends_on), count(self_assessed_status) {then}").fetchone() == (day, 0)
