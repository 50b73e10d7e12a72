from datetime import date

import pytest

from orchestration.lib import rounds


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2007, 1, 1), "2008/09 Q1"),
        (date(2008, 6, 30), "2008/09 Q1"),
        (date(2008, 7, 1), "2008/09 Q2"),
        (date(2011, 3, 31), "2010/11 Q4"),
        (date(2011, 4, 1), rounds.LATER),
    ],
)
def test_a_day_is_of_the_round_that_was_under_way(day, label):
    assert rounds.of(day) == label


def test_the_twelve_rounds_and_what_came_later_are_partitions():
    assert len(rounds.labels()) == 13
    assert rounds.labels()[-1] == rounds.LATER
