"""An attack on everything published of the illustrative edition: no hidden cell is found, nor closer than a bound.

The attacker has the published file and linear algebra. The ledger of what was meant, which no reader has, shows that
the same attacker would be right where less was hidden. Free text that people enter is out of scope.
"""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter

import duckdb
import pandas as pd
import pytest

from benchmarks import disclosure
from benchmarks.attacker import covers, table
from benchmarks.disclosure import CELL, KEY, counts, exactly, views, within_bound
from sources import demo
from sources.demo.edition import deliveries
from sources.demo.schedule import presets
from sources.registry import load_feeds

OF_OTHERS = ("comparator_", "target_", "compared_")


@pytest.fixture(scope="module")
def con(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def known(con):
    return covers(con)


@pytest.fixture(scope="module")
def told(con) -> pd.DataFrame:
    return disclosure.told(con)


@pytest.fixture(scope="module")
def meant() -> pd.DataFrame:
    """Every cell of every delivery that the hub must protect itself, as meant."""
    feeds = [key for key, spec in load_feeds().items() if spec.disclosure == "management"]
    preset = presets()["small"]
    made = [one for feed in feeds for one in deliveries(preset, demo.SEED, 1, feed) if one.lands]
    return pd.concat(
        [one.cells.assign(feed=one.feed, known_from=one.files[0].received_on, number=one.number) for one in made],
        ignore_index=True,
    )


@pytest.fixture(scope="module")
def small(meant, con) -> pd.DataFrame:
    """The cells meant to be small, and the least count each was ever told with."""
    thresholds = con.execute(
        "select indicator_code, part, unit, suppression_threshold as bound from marts.dim_indicator "
        "where is_current and suppression_threshold is not null"
    ).df()
    cells = meant.merge(thresholds, on=["indicator_code", "part"])
    others = (cells["denominator"] - cells["numerator"]).where(cells["unit"] == "percent")
    few = pd.concat([cells["numerator"], others, cells["denominator"]], axis=1)
    few = few.gt(0) & few.lt(cells["bound"], axis=0)
    return cells[few.any(axis=1)].groupby(CELL, as_index=False)["numerator"].min()


def test_every_small_count_is_hidden_in_every_revision(con, small):
    assert len(small) > 5
    told = con.execute("from marts.fct_observation where suppressed_by = 'hub'").df()
    hidden = set(told[CELL].itertuples(index=False, name=None))
    assert set(small[CELL].itertuples(index=False, name=None)) <= hidden
    every = con.execute("from marts.fct_observation").df()
    of_hidden = every[[cell in hidden for cell in every[CELL].itertuples(index=False, name=None)]]
    numbers = ["value", "numerator", "lower_ci", "upper_ci", "survey_base", "previous_value", "source_text"]
    shown = of_hidden[of_hidden["mark"].ne("not_available")][numbers].notna().any(axis=1)
    publishers = of_hidden.loc[shown[shown].index, "suppressed_by"].eq("publisher")
    assert publishers.all()


def test_nothing_is_hidden_where_nothing_is_small(con, small):
    """The hub hides no cell of a table in which none is small and none was hidden badly by its publisher."""
    tables = {tuple(row) for row in small[KEY].itertuples(index=False)}
    badly = con.execute(
        "select distinct indicator_code, part, period_label from marts.quality_issue "
        "where check_name = 'recoverable_suppression'"
    ).fetchall()
    for row in con.execute(
        f"select distinct {', '.join(KEY)} from marts.fct_observation where suppressed_by = 'hub'"
    ).fetchall():
        assert row in tables or row[:3] in badly, row


def test_no_hidden_cell_is_found_from_one_release(told, known):
    attacked = 0
    for key, day, rows in views(told):
        for column in ("counted", "denominator"):
            found = exactly([rows], column, known)
            assert not found, (key, day, column, sorted(found)[:5])
            attacked += sum(count is None for count in counts(rows, column).values())
    assert attacked > 50


def test_no_hidden_cell_is_found_from_all_releases_together(told, known):
    """Every day on which a table changed could have been a release, and a reader may keep them all."""
    attacked = 0
    for key, days in groupby(views(told), key=itemgetter(0)):
        releases = [rows for _, _, rows in days]
        for column in ("counted", "denominator"):
            found = exactly(releases, column, known)
            assert not found, (key, column, sorted(found)[:5])
        attacked += len(releases) > 1
    assert attacked > 2


def test_no_count_the_hub_hides_is_known_closer_than_its_threshold(told, known):
    """From each release alone, and from all together as far as they do not revise one another."""
    hidden, unfit = 0, 0
    for key, days in groupby(views(told), key=itemgetter(0)):
        releases = [rows for _, _, rows in days]
        for some in [[rows] for rows in releases] + [releases]:
            found, apart = within_bound(some, known)
            assert not found, (key, sorted(found)[:5])
            hidden += sum(rows["suppressed_by"].eq("hub").sum() for rows in some)
            unfit += len(apart)
    assert unfit < hidden / 2, "hardly a sum adds up: the attack proves nothing"


def test_the_command_tells_what_it_attacked_and_found(con):
    lines, found = disclosure.report(con)
    assert found == 0
    assert "found exactly from all releases together: 0; within the bound: 0" in lines[-2]


def test_the_same_attacker_is_right_where_only_small_counts_are_hidden(told, known, meant, small):
    """Put back what the hub hid for others' sake: small counts are found again, and they are those meant."""
    small_cells = set(small[CELL].itertuples(index=False, name=None))
    truth = (
        meant.sort_values("known_from", kind="stable").drop_duplicates(CELL, keep="last").set_index(CELL)["numerator"]
    )
    right, close = 0, 0
    current = told[told["is_current"]]
    for key, rows in current.groupby(KEY):
        if not any(cell[:4] == key for cell in small_cells):
            continue
        cells = counts(rows)
        for area, kind in list(cells):
            if cells[area, kind] is None and (*key, area, kind) not in small_cells:
                cells[area, kind] = float(truth[(*key, area, kind)])
        intervals = table(cells, known).intervals()
        for (area, kind), (low, high) in (intervals or {}).items():
            meant_count = truth[(*key, area, kind)]
            assert low - 1e-6 <= meant_count <= high + 1e-6
            right += high - low < 1e-6
            close += high - low < rows["bound"].iloc[0]
    assert close > 0
    assert right > 0


def test_no_mart_repeats_a_hidden_figure(con, meant, told):
    """Every mart is searched for rates behind hidden cells, in rows of their area and measure.

    A rate that the area also has in a period that is shown is no secret. What was promised, the share of it that is due
    by now, and what others have count nobody here: they may come to the same by chance.
    """
    hidden = told[told["suppressed_by"] == "hub"][CELL].drop_duplicates()
    con.register("hidden", meant.merge(hidden, on=CELL)[["indicator_code", "part", "area_code", "value"]])
    secret = """
        select distinct h.* from hidden as h where h.value > 0 and not exists (
            select 1 from marts.fct_observation as o
            where o.indicator_code = h.indicator_code and o.part = h.part and o.area_code = h.area_code
                and least(abs(o.value - h.value), abs(o.lower_ci - h.value), abs(o.upper_ci - h.value)) < 1e-9
        )"""
    assert len(con.execute(secret).fetchall()) > 20
    columns = con.execute(
        "select table_name, list(column_name), list(column_name) filter (data_type = 'DOUBLE') from duckdb_columns() "
        "where schema_name = 'marts' group by table_name"
    ).fetchall()
    searched = 0
    for name, every, found in columns:
        numbers = [column for column in found or () if "value" in column and not column.startswith(OF_OTHERS)]
        areas = [column for column in every if column in ("area_code", "region_code")]
        if not (numbers and areas and {"indicator_code", "part"} <= set(every)):
            continue
        same = " or ".join(f"abs(m.{column} - s.value) < 1e-9" for column in numbers)
        repeated = con.execute(
            f"with secret as ({secret}) select m.* from marts.{name} as m inner join secret as s "
            f"on m.indicator_code = s.indicator_code and m.part = s.part and m.{areas[0]} = s.area_code and ({same})"
        ).df()
        assert repeated.empty, (name, repeated.head(3).to_dict("records"))
        searched += 1
    assert searched > 8


def test_no_proof_and_no_issue_tells_a_hidden_figure(illustrative, con, told):
    hidden = told[told["suppressed_by"] == "hub"]
    where = set(hidden[["delivery_id", "source_row"]].dropna().itertuples(index=False, name=None))
    issues = con.execute(
        "select delivery_id, row_number, cell_value, message from marts.quality_issue where row_number is not null"
    ).fetchall()
    quoted = [row for row in issues if row[:2] in where and (row[2] is not None or any(c.isdigit() for c in row[3]))]
    assert quoted == []
    keys = set(hidden[["area_code", "period_label"]].itertuples(index=False, name=None))
    proofs = 0
    for path in (illustrative.published / "site" / "proof").rglob("*.json"):
        document = json.loads(path.read_text())
        if document.get("indicator_code") not in set(hidden["indicator_code"]):
            continue
        for figure in document["figures"]:
            area = figure.get("area_code")
            if (area, figure.get("period")) in keys and figure.get("mark") == "suppressed":
                assert not {"value", "numerator", "denominator", "text"} & set(figure), figure
                proofs += 1
    assert proofs > 0
