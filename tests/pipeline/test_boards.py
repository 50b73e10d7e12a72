"""What boards are told of the small illustrative edition, against the same rules in plain Python."""

from itertools import groupby

import duckdb
import pytest

GOOD, BAD = ("exceeded", "on_target"), ("near_target", "off_target")


@pytest.fixture(scope="module")
def published(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        yield con


def words(con, column, mart):
    return {word for (word,) in con.execute(f"select distinct {column} from marts.{mart}").fetchall()}


def test_the_edition_shows_every_state_of_a_card_and_the_ladder(published):
    assert words(published, "card_state", "report_card") == {
        "due", "open", "submitted", "accepted", "returned", "closed"
    }  # fmt: skip
    assert words(published, "is_overdue", "report_card") == {True, False}
    # the fifth level takes a year off target and an action that failed: more than the small edition's four rounds
    assert words(published, "level", "intervention") >= {1, 2, 3, 4}
    assert words(published, "light", "partnership_light") == {"green", "amber", "red", None}
    assert words(published, "light_reason", "partnership_light") >= {"none_assessed", "no_target", None}
    assert words(published, "kind", "exception") == {"off_target", "at_risk", "good"}
    assert words(published, "rule_id", "exception") == {
        "off_target", "at_risk", "better_by_class", "better_by_ten", "turned_round"
    }  # fmt: skip
    assert words(published, "answer", "exception") >= {"answered", "awaited", "none_received", "not_asked_for"}
    assert words(published, "plan_type", "exception") == words(published, "plan_type", "plan_on_track")


def test_a_card_is_there_from_the_second_reading_short_of_the_target_until_the_target_is_met(published):
    """The rule for all areas: two assessed rounds in a row; a round without a new figure is left out."""
    rows = published.execute(
        "select area_code, indicator_code, part, round_label, target_state, computed_status, is_assessed, has_new_data "
        "from marts.fct_performance where commitment_type = 'designated' "
        "order by area_code, indicator_code, part, round_ends_on"
    ).fetchall()
    meant = set()
    for key, rounds in groupby(rows, key=lambda row: row[:3]):
        count, seen, card = 0, False, False
        for *_, label, target_state, status, is_assessed, has_new_data in rounds:
            new = is_assessed and (has_new_data or not seen)
            seen = seen or is_assessed
            if target_state != "agreed" or (new and status in GOOD):
                meant |= {(*key, label, True)} if card else set()
                count, card = 0, False
            count += new and status in BAD
            card = card or count >= 2
            meant |= {(*key, label, False)} if card else set()
    told = published.execute(
        "select area_code, indicator_code, part, round_label, card_state = 'closed' from marts.report_card"
    ).fetchall()
    assert len(told) > 20
    assert len(told) == len(set(told))
    assert set(told) == meant


def test_a_light_counts_each_indicator_once_and_is_green_above_59_percent(published):
    judged = published.execute(
        "select area_code, indicator_code, round_label, partnership_code, computed_status from marts.fct_performance"
    ).fetchall()
    managed, statuses = {}, {}
    for label, ends_on in published.execute(
        "select distinct round_label, round_ends_on from marts.fct_performance"
    ).fetchall():
        for partnership, area, indicator in published.execute(
            "select d.partnership_code, p.area_code, d.indicator_code from marts.partnership_indicator_as_at($1) d "
            "join marts.dim_partnership p using (partnership_code) "
            "where d.valid_from <= $1 and coalesce(d.valid_to, $1) >= $1",
            [ends_on],
        ).fetchall():
            managed.setdefault((partnership, area, label), set()).add(indicator)
    for area, indicator, label, partnership, status in judged:
        if partnership:
            managed.setdefault((partnership, area, label), set()).add(indicator)
        if status in GOOD + BAD:
            statuses.setdefault((area, indicator, label), set()).add(status)
    meant = {}
    for (partnership, area, label), indicators in managed.items():
        assessed = [statuses[area, one, label] for one in indicators if (area, one, label) in statuses]
        good = sum(found <= {*GOOD} for found in assessed)
        light = None
        if assessed:
            light = (
                "green" if 100 * good > 59 * len(assessed) else "amber" if 100 * good > 39 * len(assessed) else "red"
            )
        meant[partnership, label] = (len(indicators), len(assessed), good, light)
    told = published.execute(
        "select partnership_code, round_label, indicators_managed, indicators_assessed, indicators_on_target, light "
        "from marts.partnership_light"
    ).fetchall()
    assert {(row[0], row[1]): row[2:] for row in told} == meant


def test_a_card_is_told_as_it_stood_on_a_day(published):
    """Between two rounds a card stands as the last of them left it; before the first it was not there."""
    for day, label in (("2008-12-30", None), ("2009-01-15", "2008/09 Q3"), ("2009-03-31", "2008/09 Q4")):
        told = published.execute(
            f"select count(*), max(round_label) from marts.report_card_as_at('{day}') where card_state <> 'closed'"
        ).fetchone()
        meant = published.execute(
            "select count(*) from marts.report_card where round_label = ? and card_state <> 'closed'", [label]
        ).fetchone()
        assert told == (*meant, label if meant[0] else None)
