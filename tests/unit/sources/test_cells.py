"""Numbers and marks of cells."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.cells import read_cells, read_number

MARKS = {"": "not_available", "x": "suppressed", "-00": "zero", "low": "rounds_to_zero"}


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 1,234 ", 1234), ("-3", -3), ("\u22124.5", -4.5), ("5%", 5), ("\u00a31,000,000", 1e6), (".5", 0.5),
     ("1e3", 1000), ("0.10", 0.1), ("-0", 0)],
)  # fmt: skip
def test_numbers_as_people_print_them(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "-", ".", "1,23", "1,2345", "12 34", "1.2.3", "nan", "inf", "0x10", "1_0", "<5"]
)
def test_what_is_no_number(text):
    assert read_number(text) is None


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back(number):
    assert read_number(f"{number:,}") == number
    assert read_number(f" {number} ") == number


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_decimals_come_back(number, places):
    assert read_number(f"{number:,.{places}f}") == float(f"{number:.{places}f}")


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_none(text):
    number = read_number(text)
    assert number is None or math.isfinite(number)


def test_marks_are_the_sources_own():
    cells = read_cells(pd.Series(["7", " X ", "", "-00 ", "LOW", "oops"]), MARKS)
    assert cells.mark.tolist() == ["", "suppressed", "not_available", "", "rounds_to_zero", "unreadable"]
    assert cells.value.fillna(-1).tolist() == [7, -1, -1, 0, -1, -1]
    assert cells.unreadable.tolist() == [False] * 5 + [True]
