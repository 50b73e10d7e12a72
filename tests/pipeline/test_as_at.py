"""What was known on a day: the models and the published macros against a reference in plain Python."""

import re
from dataclasses import replace

import dagster as dg
import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world_models import Models
from worlds import Delivery, World, day, known

from orchestration import cli
from orchestration.definitions import definitions_for
from orchestration.lib import alerts, beyond

DAYS = st.integers(0, 14)
VALUES = st.sampled_from((None, 1.0, 2.0, 3.0))
OWNER = st.tuples(st.sampled_from(("P", "Q")), st.sampled_from(("o", "n")))


def deliveries(prefix, rows, feeds=("f",)):
    """Some deliveries of one kind, known and received on any days, in any order."""
    one = st.builds(
        Delivery, name=st.just(""), known=DAYS, received=DAYS, feed=st.sampled_from(feeds), rows=rows.map(tuple)
    )
    return st.lists(one, max_size=5).flatmap(
        lambda found: st.permutations(range(len(found))).map(
            lambda order: [replace(found[i], name=f"{prefix}{n}") for n, i in enumerate(order)]
        )
    )


def some(rows, key):
    """Up to four rows that say something once of each key."""
    return st.lists(rows, min_size=1, max_size=4, unique_by=key)


FIGURES = some(st.fixed_dictionaries({"area": st.sampled_from("AB"), "value": VALUES}), lambda row: row["area"])
TARGETS = some(
    st.fixed_dictionaries(
        {
            "area": st.sampled_from("AB"),
            "commitment": st.sampled_from(("designated", "local")),
            "period": st.sampled_from(("2008", "2009")),
            "target": st.sampled_from((10.0, 20.0)),
            "state": st.sampled_from(("agreed", "frozen")),
        }
    ),
    lambda row: (row["area"], row["commitment"], row["period"]),
)
AREAS = some(
    st.fixed_dictionaries(
        {"area": st.sampled_from(("S1", "S2")), "name": st.sampled_from("nm"), "parent": st.sampled_from("AB")}
    ),
    lambda row: row["area"],
)
DUTIES = some(
    st.fixed_dictionaries(
        {
            "partnership": st.sampled_from("PQ"),
            "organisation": st.sampled_from("on"),
            "post": st.sampled_from((None, "head", "chief")),
        }
    ),
    lambda row: (row["partnership"], row["organisation"], row["post"]),
)
PLANS = some(
    st.fixed_dictionaries({"plan": st.sampled_from(("C1", "C2")), "organisation": st.sampled_from((None, "o", "n"))}),
    lambda row: (row["plan"], row["organisation"]),
)
CORRECTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "feed": st.sampled_from("fg"),
            "area": st.sampled_from("AB"),
            "found": st.sampled_from((1.0, 2.0)),
            "value": st.just(9.0),
            "decided": DAYS,
        }
    ),
    max_size=2,
).map(lambda found: [{**one, "code": f"c{number}"} for number, one in enumerate(found)])


@st.composite
def worlds(draw):
    """A world: deliveries of every kind, corrections, and perhaps a redefinition."""
    owner = {(area, commitment): draw(OWNER) for area in "AB" for commitment in ("designated", "local")}

    def owned(delivery):
        swapped = draw(st.booleans())
        rows = []
        for row in delivery.rows:
            partnership, organisation = owner[row["area"], row["commitment"]]
            organisation = {"o": "n", "n": "o"}[organisation] if swapped else organisation
            rows.append({**row, "partnership": partnership, "organisation": organisation})
        return replace(delivery, rows=tuple(rows))

    return World(
        observations=draw(deliveries("d", FIGURES, "fg")),
        targets=[owned(one) for one in draw(deliveries("t", TARGETS))],
        areas=draw(deliveries("a", AREAS)),
        duties=draw(deliveries("l", DUTIES)),
        plans=draw(deliveries("c", PLANS)),
        corrections=draw(CORRECTIONS),
        redefined=draw(st.none() | st.integers(1, 14)),
    )


@pytest.fixture(scope="module")
def models(illustrative):
    """The models as this build compiled them."""
    return Models(illustrative.warehouse, illustrative.dbt_target / "compiled", beyond.MACROS)


EVERY = settings(
    derandomize=True, deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@EVERY
@given(world=worlds(), order=st.randoms(use_true_random=False))
def test_what_was_known_on_a_day_is_what_had_come_by_then(models, world, order):
    models.load(world, lambda rows: order.sample(rows, len(rows)))
    for on in (0, 4, 7, 10, 14, 20):
        assert models.known(on) == known(world, on), f"on {day(on)}"


@EVERY
@given(world=worlds(), order=st.randoms(use_true_random=False), on=DAYS)
def test_a_build_as_at_a_day_knows_what_the_macros_say_of_that_day(models, world, order, on):
    """What came later is not there; then all that is known now is what was known on that day, row for row."""
    models.load(world, lambda rows: order.sample(rows, len(rows)))
    then = models.known(on)
    models.load(world.by(on))
    assert models.known(99) == then


@EVERY
@given(world=worlds(), number=st.integers(0, 2))
def test_then_and_now_stand_side_by_side_in_every_round(models, world, number):
    models.load(world)
    then, now = known(world, number * 5 + 4), known(world, 99)
    told = models.ask(
        "select area_code, value_then, value_now, delivery_id_then, changed, change_reason is not null, "
        f"changed_by is not null from marts.observation_in_round('R{number}')"
    )
    before = {area: (value, delivery) for area, value, delivery, _, _ in then["observation"]}
    after = {area: value for area, value, *_ in now["observation"]}
    assert {(area, *rest[:3]) for area, *rest in told} == {
        (area, before.get(area, (None, None))[0], value, before.get(area, (None, None))[1])
        for area, value in after.items()
    }
    for area, value_then, value_now, _, changed, *why in told:
        assert changed or (area in before and value_then == value_now)
        assert why == [changed, changed]
    targets = models.ask(
        "select area_code, commitment_type, period_label, target_value_then, state_then, target_value_now, state_now, "
        f"changed, change_reason is not null, changed_by is not null from marts.target_in_round('R{number}')"
    )
    stood, stands = ({row[:3]: row[3:5] for row in one["target"]} for one in (then, now))
    assert {row[:3]: row[3:5] for row in targets if row[3]} == stood
    assert {row[:3]: row[5:7] for row in targets if row[5]} == stands
    for row in targets:
        assert row[7] or row[3:5] == row[5:7]
        assert row[8:] == (row[7], row[7])


def test_a_late_delivery_takes_its_place_in_the_past_and_of_two_on_one_day_only_the_last_was_known(models):
    row = {"area": "A"}
    first, second = (
        Delivery(name, 3, 3, rows=({**row, "value": value},)) for name, value in (("d1", 1.0), ("d2", 2.0))
    )
    late = Delivery("d3", 1, 12, rows=({**row, "value": 3.0},))
    models.load(World(observations=[second, late, first]))
    assert models.ask("select delivery_id, known_from, known_to, revision, is_current from marts.fct_observation") == {
        ("d3", day(1), day(3), 1, False),
        ("d1", day(3), day(3), 2, False),
        ("d2", day(3), None, 3, True),
    }
    assert [{row[2] for row in models.known(on)["observation"]} for on in (0, 1, 3)] == [set(), {"d3"}, {"d2"}]


def published(settings, query):
    """Rows of a query of the published file."""
    with duckdb.connect(str(settings.published / "hub.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


TWO_CLOCKS = """select table_name from duckdb_columns() where schema_name = 'marts'
    and column_name in ('known_from', 'known_to') group by table_name having count(*) = 2"""


def macro_of(mart):
    """Name of the macro that asks a mart: without what says fact, dimension or bridge."""
    return re.sub("^(fct|dim|bridge)_", "", mart).removesuffix("_version") + "_as_at"


JUDGED_BY_ROUND = {"performance_as_at"}  # asks fct_performance, which has rounds and no second clock of its own


def test_every_mart_with_two_clocks_has_a_macro_that_answers(illustrative):
    marts = [name for (name,) in published(illustrative, TWO_CLOCKS)]
    assert {"fct_observation", "fct_target", "dim_indicator", "dim_area_version", "bridge_plan_indicator"} <= {*marts}
    macros = {path.stem for path in beyond.MACROS.glob("*_as_at.sql")}
    assert macros - JUDGED_BY_ROUND == {macro_of(mart) for mart in marts}
    for mart in marts:
        everything, stands = published(
            illustrative, f"select count(*), count(*) filter (known_to is null) from marts.{mart}"
        )[0]
        ask = f"select count(*) from marts.{macro_of(mart)}"
        answers = [published(illustrative, f"{ask}(date '{on}')")[0][0] for on in ("2008-09-30", "2009-09-30")]
        assert all(answer <= everything for answer in answers)
        assert published(illustrative, f"{ask}('9999-12-31')") == [(stands,)]


def test_rounds_are_told_then_and_now_for_every_figure_and_target(illustrative):
    figures = published(illustrative, "select count(*) from marts.fct_observation_current")
    assert published(illustrative, "select count(*) from marts.observation_in_round('2008/09 Q2')") == figures
    kinds = published(illustrative, "select distinct change_reason from marts.observation_in_round('2008/09 Q2')")
    assert {"first", None} <= {kind for (kind,) in kinds}
    assert published(illustrative, "select count(*) from marts.target_in_round('2008/09 Q2') where changed")[0][0] > 0


def launched(settings, job, day=""):
    """What came of a job of the launchpad, run in this process; `day` is what is filled in."""
    config = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    config |= {"ops": {"warehouse": {"config": {"as_at": day}}}} if day else {}
    with dg.DagsterInstance.ephemeral() as instance:
        resolved = definitions_for(settings).resolve_job_def(job)
        return resolved.execute_in_process(run_config=config, instance=instance, raise_on_error=False)


def files(folder):
    """Every file below a folder, but the one that tells the code that made it."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name != "code.json"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in kept}


def test_a_day_of_the_past_says_so_everywhere_and_the_next_build_goes_back(home, illustrative, capsys):
    assert cli.main(["build", "--as-at", "1950-01-31"]) == 1
    assert "Nothing was known on 1950-01-31" in " ".join(capsys.readouterr().out.split())
    rebuilt = launched(home, "rebuild_as_at", "2008-09-30")
    assert rebuilt.success
    (site,) = rebuilt.asset_materializations_for_node("release__site")
    assert "\n| area | " in site.metadata["made"].value
    figures = "select area_code, indicator_code, part, period_label, period_basis, dimensions, value, delivery_id from "
    then = published(illustrative, f"{figures} marts.observation_as_at(date '2008-09-30') order by all")
    assert 0 < len(then) < published(illustrative, "select count(*) from marts.fct_observation_current")[0][0]
    assert published(home, f"{figures} marts.fct_observation_current order by all") == then
    comments = [said or "" for (said,) in published(home, "select comment from duckdb_tables()")]
    assert all("As known on 30 September 2008. " in said for said in comments)
    pages = list((home.published / "site").rglob("*.html"))
    assert pages
    assert all("As known on 30 September 2008" in page.read_text(encoding="utf-8") for page in pages)
    assert alerts.tell(home, alerts.found(home)) == 0  # what was late or changed on that day is no news
    assert cli.main(["build"]) == 0
    assert files(home.published) == files(illustrative.published)


@pytest.mark.parametrize(
    ("day", "why"),
    [("1950-01-31", "the first delivery became known on 2008-04-16"), ("2009-02-30", "'2009-02-30' is not a day")],
)
def test_a_job_for_a_day_without_knowledge_fails_in_words_and_leaves_what_is_published(illustrative, day, why):
    (failure,) = [event for event in launched(illustrative, "rebuild_as_at", day).all_events if event.is_step_failure]
    assert why in failure.step_failure_data.user_failure_data.description
    assert published(illustrative, "select as_at from marts.dim_edition") == [(None,)]


def test_a_day_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit) as refused:
        cli.main(["build", "--as-at", "2009-02-30"])
    assert refused.value.code == 2
    assert "'2009-02-30' is not a day written as YYYY-MM-DD" in capsys.readouterr().err
