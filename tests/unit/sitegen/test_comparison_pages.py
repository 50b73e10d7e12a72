"""Pages of comparison in a site built from the tiny published file: what they say, never rank and never run."""

import re

import pytest
from markupsafe import Markup

from sitegen import funnel_chart
from sitegen.charts import Spot, strip

LIST, MEASURES = "peers/E08000003.html", "peers/E08000003/ni-110.html"


@pytest.fixture(scope="module")
def page(tiny_site):
    """Text of a page as a reader gets it: no tags, spaces joined."""

    def read(path):
        html = (tiny_site / path).read_text("utf-8").split("<main")[1]
        return re.sub(r"\s+", " ", Markup(re.sub(r"<[^>]+>", " ", html)).unescape())

    return read


def test_the_lists_say_who_how_near_and_who_is_left_out(page):
    text = page(LIST)
    assert "1 Salford Very Close" in text
    assert "2 number 839 of the list not there in these years: left out Very Close" in text
    assert "People, mid-2008; weight 2" in text
    assert "1 Salford 0.46 221,300 100% of the distance" in text


def test_a_measure_opens_with_its_verdicts(page):
    text = page(MEASURES)
    assert "Worse than England; similar to its statistical neighbours. Lower is better." in text
    assert "Manchester: 59.3 , 2009, provisional (55.1 to 63.7; Byar's limits of a count) rate per 1,000 girls" in text


def test_a_place_is_an_interval_and_a_verdict_a_shape_and_a_word(page):
    text = page(MEASURES)
    assert "published 40.5 final 40.1 to 40.9 +18.8 " in text
    assert "+18.8 \N{BLACK DIAMOND} Worse above the outer limits of the funnel 141st to 152nd of 152" in text
    assert "its figure in quarter 4 of 4 Gaining since 2008; chance not reckoned with 25% since 2007" in text
    assert "middle one of the peers' figures, 6 of 10 58.0" in text
    assert "\N{BLACK CIRCLE} Similar 2nd of 7" in text


def test_who_is_not_held_against_says_why(page):
    text = page(MEASURES)
    assert "Not held against North West: it has no figure of the same period, published or rolled up" in text
    assert "its open peers: too few of the peers have a figure of the same period" in text


def test_a_hidden_figure_is_compared_with_nobody(page):
    text = page("peers/E08000006/ni-110.html")
    assert "Salford: suppressed: too few people , 2009" in text
    assert "Not held against England: the area has no figure" in text


def test_the_area_page_leads_there_and_nothing_hostile_runs(tiny_site, hostile):
    assert 'href="../peers/E08000003.html"' in (tiny_site / "area" / "E08000003.html").read_text("utf-8")
    html = (tiny_site / LIST).read_text("utf-8")
    assert hostile not in html
    assert "&lt;script&gt;" in html


def test_a_target_leads_to_its_measure_beside_others(tiny_site):
    html = (tiny_site / "laa" / "E08000003" / "ni-112.html").read_text("utf-8")
    assert 'href="../../peers/E08000003/ni-110.html#ni-112-headline"' in html
    assert 'id="ni-112-headline"' in (tiny_site / MEASURES).read_text("utf-8")


def test_a_strip_says_all_its_values_and_draws_the_own_one_apart():
    drawn = strip("k", "NI 1", [Spot("A & B", 59.3, 55.1, 63.7, own=True), Spot("England", 40.5)], 1)
    assert '<desc id="k-d">A &amp; B 59.3 (55.1 to 63.7); England 40.5.</desc>' in drawn
    assert drawn.count("<circle") == drawn.count("<rect") == drawn.count("hub-limits") == 1


def test_a_strip_of_one_value_is_none_and_equal_values_still_have_a_scale():
    assert strip("k", "t", [Spot("A", 1.0, own=True)], 1) == ""
    assert "<svg" in strip("k", "t", [Spot("A", 0.0, own=True), Spot("B", 0.0)], 1)


def test_a_strip_stays_inside_the_drawing():
    spots = [Spot("A name as long as Yorkshire and The Humber", -3.0, -9.0, 4.0, own=True), Spot("B", 1200.5)]
    drawn = str(strip("k", "t", spots, 1))
    across = [float(x) for x in re.findall(r' (?:x|cx|x1|x2)="(-?[\d.]+)"', drawn)]
    assert min(across) >= 0
    assert max(across) <= 400


def test_a_funnel_says_where_areas_lie_and_lists_them_by_name(tiny_site, page):
    text = page("funnel/ni-112.html")
    assert (
        "10 areas: 8 inside the funnel around England's figure, 1 beyond its inner limits, 1 beyond its outer" in text
    )
    assert "X9 55.0 1,000 above the outer limits of the funnel" in text
    assert 'href="../funnel/ni-112.html"' in (tiny_site / "ni" / "ni-112.html").read_text("utf-8")
    assert not (tiny_site / "funnel" / "ni-009.html").exists()


def test_shapes_of_a_funnel_say_where_an_area_lies():
    limits = (0.0, 10.0, 50.0, 60.0)
    places = [
        funnel_chart.Place(100, 30.0, limits, "inside"),
        funnel_chart.Place(1000, 55.0, limits, "above_95"),
        funnel_chart.Place(90000, 70.0, limits, "above_998"),
    ]
    drawn = funnel_chart.draw("k", "t", places, 30.0)
    assert (drawn.count("<circle"), drawn.count("<rect"), drawn.count('class="hub-target"')) == (1, 1, 1)
    assert ">1,000</text>" in drawn
    assert "3 areas: 1 inside the funnel" in drawn
