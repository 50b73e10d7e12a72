from datetime import date

import pytest

from orchestration.lib import calendar
from sources.registry import load_feeds


def reasons(day, feed):
    return calendar.due(date.fromisoformat(day)).get(feed, set())


def test_every_row_names_feeds_there_are():
    named = [name for event in calendar.events() for name in calendar.named(event["feeds"])]
    assert set(load_feeds()) == set(named)


def test_a_row_that_names_no_feed_is_told():
    with pytest.raises(ValueError, match="'edukation' is neither"):
        calendar.named("police;edukation")


@pytest.mark.parametrize("year", [2008, 2010])
def test_a_recurring_event_asks_for_its_feeds_on_its_first_and_last_day(year):
    assert "C18" in reasons(f"{year}-10-01", "lsp_returns")
    assert "C18" in reasons(f"{year}-02-28", "lsp_returns")
    assert "C06" in reasons(f"{year}-01-31", "dcsf_attainment")
    assert not reasons(f"{year}-01-30", "dcsf_attainment")


def test_an_event_that_happens_once_asks_once():
    assert "C29" in reasons("2009-06-23", "clg_place_survey")
    assert not reasons("2010-06-23", "clg_place_survey")


def test_a_feed_is_looked_for_on_the_last_day_of_its_due_months():
    assert calendar.DUE in reasons("2009-03-31", "clg_housing_planning")
    assert not reasons("2009-03-30", "clg_housing_planning")
    survey = load_feeds()["clg_place_survey"]
    assert survey.due_years
    year, month = survey.due_years[0], survey.due_months[0]
    assert calendar.DUE in reasons(f"{year}-{month:02}-30", "clg_place_survey")
    assert calendar.DUE not in reasons(f"{year + 1}-{month:02}-30", "clg_place_survey")
