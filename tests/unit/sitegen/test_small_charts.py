"""The rug, the bullet, the line and the spine: what is drawn, what is said, and when nothing is."""

import re

import pytest

from sitegen.charts_bar import Spread, bullet, sparkline, spine
from sitegen.charts_rug import Strand, rug

SAID = {"exceeded": "Better than target", "on_target": "On target", "near_target": "Near target",
        "off_target": "Off target"}  # fmt: skip
ROUNDS = ["2008/09 Q4", "2009/10 Q1"]


def test_a_cell_of_the_rug_has_a_shape_a_letter_and_is_struck_through_when_it_rests_on_no_new_figure():
    drawn = rug("k", "Rug", ROUNDS, [Strand("NI 1", "a.html", (("off_target", False), ("off_target", True)))], SAID)
    assert drawn.count("h18v18h-18z") == 2
    assert ">OO</text>" in drawn
    assert re.search(r'class="hub-hatch" d="M\d+ \d+l18-18"', drawn)
    assert "1 commitment over 2 rounds. In the last: off target 1." in drawn


def test_no_two_statuses_of_the_rug_share_letter_or_outline_and_stroke():
    strands = [Strand(code, "a.html", ((code, False),)) for code in SAID]
    drawn = rug("k", "Rug", ROUNDS[:1], strands, SAID)
    letters = re.findall(r">(\w)</text>", drawn)
    assert len(set(letters)) == len(letters) == 4
    assert all(f'class="hub-cell--{code}"' in drawn for code in SAID)


def test_a_rug_without_any_status_is_not_drawn_and_names_are_escaped(hostile):
    assert rug("k", "Rug", ROUNDS, [Strand("NI 1", "a.html", (("deferred", True), (None, False)))], SAID) == ""
    assert "<script>" not in rug("k", hostile, ROUNDS[:1], [Strand(hostile, "a", (("on_target", False),))], SAID)


def test_a_bullet_begins_at_zero_and_ends_in_proportion():
    drawn = bullet(50.0, 100.0)
    assert "M2 6h58v8H2z" in drawn
    assert "M118 1v18" in drawn
    assert bullet(-1.0, 3.0) == bullet(None, 3.0) == bullet(3.0, None) == bullet(0.0, 0.0) == ""


def test_a_missing_period_breaks_the_line_and_one_value_is_none():
    assert re.findall("[ML]", re.search(r'd="([^"]+)"', sparkline([1.0, 2.0, None, 3.0, 4.0]))[1]) == list("MLML")
    assert sparkline([None, 1.0]) == ""


@pytest.mark.parametrize(("mirrored", "place"), [(False, 147), (True, 53)])
def test_right_of_england_is_better(mirrored, place):
    drawn = spine(15.0, (14.0, 16.0), 10.0, Spread(0.0, 8.0, 12.0, 20.0), [("region", 10.0)], verdict="better",
                  mirrored=mirrored)  # fmt: skip
    assert f'cx="{place}"' in drawn
    assert "M100 5l5 5-5 5-5-5z" in drawn


def test_an_area_beyond_all_others_stays_in_the_drawing():
    drawn = spine(99.0, None, 10.0, Spread(9.0, 10.0, 10.0, 11.0), [], verdict="worse", mirrored=False)
    assert 'cx="194"' in drawn
