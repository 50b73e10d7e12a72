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


def texts(drawn, css):
    return [item for item in ElementTree.fromstring(drawn) if item.get("class") == css]


def extent(item, character):
    """Left and right end of a text, from a width for each character."""
    x, width = float(item.get("x")), len(item.text) * character
    start = {"end": x - width, "middle": x - width / 2}.get(item.get("text-anchor"), x)
    return start, start + width


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (["2007", "2008", "2009"], [207950.0, 166570.0, 221071.0]),
        (["2008/09", "2009/10"], [-1234567.89, 1234567.89]),
        (["2007", "2008", "2009"], [0.1, 0.4, None]),
        (["July 2008 to June 2009", "July 2009 to June 2010"], [1.0, 2.0]),
        (["2009"], [12345678.0]),
    ],
)
def test_labels_stay_inside_the_drawing_and_cover_no_point(labels, values):
    drawn = trend("chart", "Homes", [Point(*pair) for pair in zip(labels, values, strict=True)], None)
    width = float(ElementTree.fromstring(drawn).get("viewBox").split()[2])
    for css, character in (("hub-axis", 6.8), ("hub-last", 8)):
        for item in texts(drawn, css):
            start, end = extent(item, character)
            assert start >= 0, item.text
            assert end <= width, item.text
    (ending,) = texts(drawn, "hub-last")
    last = max(texts(drawn, "hub-line-dot"), key=lambda dot: float(dot.get("cx")))
    assert extent(ending, 8)[0] > float(last.get("cx")) + float(last.get("r"))


def test_axis_labels_end_left_of_the_first_point():
    drawn = trend("chart", "Homes", [Point("2008", 250000.0), Point("2009", 50000.0)], 0)
    first = min(float(dot.get("cx")) for dot in texts(drawn, "hub-line-dot"))
    marks = [item for item in texts(drawn, "hub-axis") if item.get("text-anchor") == "end"]
    assert "250,000" in [item.text for item in marks]
    assert max(extent(item, 6.8)[1] for item in marks) < first
