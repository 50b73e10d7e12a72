"""Numbers, units, dates and addresses as readers see them."""

import datetime as dt

import pytest

from sitegen import format, words
from sitegen.links import Links


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234567.0, 0, "1,234,567"),
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, f"{format.MINUS}3"),
        (-0.04, 1, "0.0"),
        (59.2, 1, "59.2"),
        (7.0, None, "7"),
        (0.333333, None, "0.33"),
        (5740.0, None, "5,740"),
        (None, 1, ""),
    ],
)
def test_number_rounds_half_away_from_zero_and_keeps_decimals(value, decimals, shown):
    assert format.number(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (59.25, "percent", "59.3%"),
        (-3.0, "gbp_per_week", f"{format.MINUS}£3.0"),
        (4.0, "percentage_points", "4.0 pp"),
        (37.1, "rate_per_1000", "37.1"),
        (37.1, None, "37.1"),
    ],
)
def test_figure_carries_its_sign_of_unit(value, unit, shown):
    assert format.figure(value, 1, unit) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(1.0, "+1.0 pp"), (-1.0, f"{format.MINUS}1.0 pp"), (0.01, "0.0 pp"), (None, "")]
)
def test_change_of_a_percentage_is_in_points_with_its_sign(value, shown):
    assert format.signed(value, 1, "percent") == shown


def test_dates_sizes_and_counts():
    assert format.day(dt.date(2009, 4, 1)) == "1 April 2009"
    assert format.day(None) == ""
    assert [format.size(n) for n in (99, 1500, 999_000, 18_600_000)] == [
        "99 bytes",
        "1.5 KB",
        "999 KB",
        "18.6 MB",
    ]
    assert format.plural(1, "area") == "1 area"
    assert format.plural(1200, "delivery", "deliveries") == "1,200 deliveries"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12", "row 12"),
        ("1298+1291", "rows 1298, 1291"),
        ("3+4+5+9", "rows 3 to 5, 9"),
        ("1+3+5+7+9+11+12", "rows 1, 3, 5, 7 and 3 more"),
    ],
)
def test_rows_of_a_file_are_named_in_stretches(text, shown):
    assert format.source_rows(text) == shown


def test_words_fall_back_to_the_code_read_as_a_phrase():
    assert words.say(words.POLARITY, "lower_is_better") == "Lower is better"
    assert words.words("mean_of_snapshots") == "Mean of snapshots"
    assert words.unit("rate_per_100000") == "rate per 100,000"
    assert words.unit("kg_per_household") == "kg per household"


def test_addresses_come_from_codes_and_never_collide():
    links = Links(["NI 186", "NI-186", "A/B"], ["E08000003", "a b", "a-b"], {"E12000002": "North West"})
    assert links.indicator("NI 186") == "ni/ni-186.html"
    assert links.indicator("NI-186") == "ni/ni-186-2.html"
    assert links.indicator("NI 186", "per_capita") == "ni/ni-186--per-capita.html"
    assert links.area("E08000003") == "area/E08000003.html"
    assert links.area("a b") != links.area("a-b")
    assert links.area("not in the build") is None
    assert links.office("E12000002") == "go/north-west.html"
