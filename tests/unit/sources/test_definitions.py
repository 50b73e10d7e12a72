"""A unit is that of the definition in force when a figure became known."""

from datetime import date

import pandas as pd
import pytest

from sources.definitions import units
from sources.landing import land
from sources.registry import load_feeds

NONE = pd.DataFrame(columns=["indicator_code", "part", "unit"])
DIRECT = (
    "LA code,Indicator,Part,Period,Numerator,Denominator,Value,Status,Note\n"
    "E06000001,NI 130,headline,2008/09,,,{},final,\n"
)


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        (date(2008, 3, 1), "rate_per_100000"),  # before the first version there is no other
        (date(2009, 2, 12), "rate_per_100000"),
        (date(2009, 2, 13), "percent"),
    ],
)
def test_the_unit_is_that_of_the_day(day, unit):
    told = units(day, NONE).set_index(["indicator_code", "part"])["unit"]
    assert told["NI 130", "headline"] == unit
    assert told["NI 001", "headline"] == "percent"


def test_a_file_does_not_change_a_unit_of_the_framework():
    brought = pd.DataFrame({"indicator_code": ["NI 001", "own"], "part": "headline", "unit": ["days", "metres"]})
    told = units(date(2009, 1, 1), brought).set_index("indicator_code")["unit"]
    assert (told["NI 001"], told["own"]) == ("percent", "metres")


@pytest.mark.parametrize(("value", "known", "found"), [(230, date(2009, 2, 12), 0), (230, date(2009, 2, 13), 1)])
@pytest.mark.parametrize("told", ["received_on", "published_on"])
def test_a_value_is_held_against_the_unit_of_the_day_it_became_known(tmp_path, value, known, found, told):
    path = tmp_path / "council_return_direct_2009.csv"
    path.write_text(DIRECT.format(value))
    report = land(load_feeds()["council_return"], path, tmp_path / "home", **{told: known})
    assert report.rows == 1, report.reasons()
    assert [issue.check for issue in report.issues].count("out_of_range") == found
