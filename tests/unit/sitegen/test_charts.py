"""Charts: scales, gaps, and text that a publisher's file could have poisoned."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.charts import Point, bounds, panel, spark, summary, ticks, trend

SERIES = [Point("2007", 40.9), Point("2008", None), Point("2009", 38.1, firm=False)]


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_ticks_cover_the_range_in_few_even_steps(low, width):
    marks = ticks(low, low + width)
    slack = max(abs(low), abs(low + width), 1) * 1e-9
    assert marks[0] <= low + slack
    assert marks[-1] >= low + width - slack
    assert 2 <= len(marks) <= 12


def test_trend_names_itself_and_says_its_ends_and_gaps():
    root = ElementTree.fromstring(trend("chart", "Conceptions", SERIES, 1))
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Conceptions"
    assert description.text == "From 40.9 in 2007 to 38.1 in 2009. 1 of 3 periods have no value."


def test_a_missing_value_breaks_the_line_and_a_provisional_one_is_hollow():
    drawn = trend("chart", "Conceptions", SERIES, 1)
    assert "<path" not in drawn  # two lone points, no line across the gap
    assert drawn.count("<circle") == 2
    assert drawn.count("hub-dot--hollow") == 1


@pytest.mark.parametrize("points", [[], [Point("2009", None)]])
def test_nothing_to_draw_draws_nothing(points):
    assert trend("chart", "Empty", points, 1) == ""
    assert spark(points, 1) == ""
    assert summary(points, 1) == "No values."


def test_hostile_labels_are_escaped_everywhere():
    hostile = '"><script>alert(1)</script>'
    points = [Point(hostile, 1.0), Point(hostile, 2.0)]
    for drawn in (
        trend("c", hostile, points, 1),
        spark(points, 1),
        panel("p", hostile, points, [], bounds([points])),
    ):
        assert "<script" not in drawn
        ElementTree.fromstring(drawn)
