"""Every way a period is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.periods import identifier_family, parse_period, read_status

YEARS = st.integers(1950, 2090)


@pytest.mark.parametrize(
    ("text", "basis", "label", "start", "end"),
    [
        ("200910", "financial_year", "2009/10", (2009, 4, 1), (2010, 3, 31)),
        ("2009/10", "academic_year", "2009/10", (2009, 9, 1), (2010, 8, 31)),
        ("2009-2010", "financial_year", "2009/10", (2009, 4, 1), (2010, 3, 31)),
        ("2005..06", "financial_year", "2005/06", (2005, 4, 1), (2006, 3, 31)),
        ("2010", "academic_year", "2009/10", (2009, 9, 1), (2010, 8, 31)),
        ("1999/00", "financial_year", "1999/00", (1999, 4, 1), (2000, 3, 31)),
        ("20175", "calendar_year", "2017", (2017, 1, 1), (2017, 12, 31)),
        ("2009.0", "calendar_year", "2009", (2009, 1, 1), (2009, 12, 31)),
        ("2014-16", "calendar_year", "2014-16", (2014, 1, 1), (2016, 12, 31)),
        ("2009 - 11", "mixed_year", "2009-11", (2009, 1, 1), (2011, 12, 31)),
        ("2013/14-15/16", "mixed_year", "2013/14-15/16", (2013, 4, 1), (2016, 3, 31)),
        ("2019 Q1", "mixed_year", "2019 calendar Q1", (2019, 1, 1), (2019, 3, 31)),
        ("2021/22 Q4", "mixed_year", "2021/22 Q4", (2022, 1, 1), (2022, 3, 31)),
        ("Apr 2022 - Mar 2023", "mixed_year", "Apr 2022 - Mar 2023", (2022, 4, 1), (2023, 3, 31)),
        ("December 2009", "month", "Dec 2009", (2009, 12, 1), (2009, 12, 31)),
        ("As at 30 June 2015 (Q1)", "month", "Jun 2015", (2015, 6, 1), (2015, 6, 30)),
        ("2016-02", "month", "Feb 2016", (2016, 2, 1), (2016, 2, 29)),
    ],
)
def test_labels(text, basis, label, start, end):
    period = parse_period(text, basis)
    assert (period.label, period.start, period.end) == (label, date(*start), date(*end))


@pytest.mark.parametrize(
    ("text", "status"),
    [("2025 (prov)", "provisional"), ("2018 (Rev)", "revised"), ("2020 (Final)", "final"), ("2019", "")],
)
def test_status_words(text, status):
    assert parse_period(text, "calendar_year").status == status


@pytest.mark.parametrize(
    ("word", "status"),
    [("Provisional", "provisional"), ("(prov.)", "provisional"), ("r", "revised"), ("FINAL", "final"), ("", ""),
     ("probably", ""), ("draft", "")],
)  # fmt: skip
def test_a_word_of_status_alone(word, status):
    assert read_status(word) == status


@pytest.mark.parametrize(
    ("text", "basis"),
    [("Academic year 2008/09", "academic_year"), ("school year: 2008-09 (prov)", "academic_year"),
     ("Financial year 2008/09", "financial_year"), ("Calendar year 2008", "calendar_year")],
)  # fmt: skip
def test_a_label_may_name_its_own_kind(text, basis):
    period = parse_period(text, "mixed_year")
    assert (period.basis, period.label[:4]) == (basis, "2008")


@pytest.mark.parametrize("text", ["", "twenty", "2009/12x", "09/10", "20", "2009-08", "9999999"])
def test_what_is_no_financial_year(text):
    assert parse_period(text, "financial_year") is None


@given(
    YEARS, st.sampled_from(["financial_year", "academic_year", "october_year"]), st.sampled_from(["/", "-", "", " - "])
)
def test_spanning_years_are_a_year_long_and_keep_their_label(first, basis, between):
    period = parse_period(f"{first}{between}{(first + 1) % 100:02d}", basis)
    assert period.start.year == first
    assert period.end.year == first + 1
    assert period.start < period.end
    assert parse_period(period.label, basis) == period


@given(YEARS, st.integers(1, 4))
def test_quarters_fill_the_financial_year(first, quarter):
    period = parse_period(f"{first}/{(first + 1) % 100:02d}", "quarter", str(quarter))
    assert 89 <= (period.end - period.start).days <= 91
    assert period.start >= date(first, 4, 1)
    assert period.end <= date(first + 1, 3, 31)
    assert parse_period(period.label, "quarter") == period


@pytest.mark.parametrize(
    ("text", "identifier", "label", "start", "end"),
    [
        ("201718", "Academic year", "2017/18", (2017, 9, 1), (2018, 8, 31)),
        ("2018", "Calendar year", "2018", (2018, 1, 1), (2018, 12, 31)),
        ("201718", "Tax year", "2017/18", (2017, 4, 1), (2018, 3, 31)),
        ("2018", "Reporting year", "2018", (2018, 1, 1), (2018, 12, 31)),
        ("201718", "Financial year Q4", "2017/18 Q4", (2018, 1, 1), (2018, 3, 31)),
        ("201718", "Financial year Q1-Q2", "2017/18 Q1-Q2", (2017, 4, 1), (2017, 9, 30)),
        ("2018", "Calendar year Q4", "2018 calendar Q4", (2018, 10, 1), (2018, 12, 31)),
        ("201718", "Academic year Q2", "2017/18 academic Q2", (2017, 12, 1), (2018, 2, 28)),
        ("201718", "Part 2 (October to March)", "2017/18 part 2", (2017, 10, 1), (2018, 3, 31)),
        ("201718", "Autumn and spring term", "2017/18 autumn and spring term", (2017, 9, 1), (2018, 3, 31)),
        ("2018", "January", "Jan 2018", (2018, 1, 1), (2018, 1, 31)),
        ("2018", "Week 12", "2018 week 12", (2018, 3, 19), (2018, 3, 25)),
    ],
)
def test_identifiers_of_explore_education_statistics(text, identifier, label, start, end):
    period = parse_period(text, "academic_year", "", identifier)
    assert (period.label, period.start, period.end) == (label, date(*start), date(*end))


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("2018", "Academic year"), ("201718", "Calendar year"), ("201720", "Academic year"), ("2018", "Week 60"),
     ("2018", "Fortnight 2"), ("201718", "Financial year Q3-Q2")],
)  # fmt: skip
def test_labels_that_do_not_go_with_their_identifier(text, identifier):
    assert parse_period(text, "academic_year", "", identifier) is None


def test_families_of_identifiers():
    assert identifier_family("Autumn term") == identifier_family("Spring term")
    assert identifier_family("January") == identifier_family("march") == "month"
    assert identifier_family("Financial year Q1") == identifier_family("Financial year Q2")
    assert identifier_family("Calendar year") != identifier_family("Academic year")


@given(st.text(max_size=20), st.sampled_from(["financial_year", "mixed_year", "month", "quarter"]), st.text(max_size=3))
def test_any_text_is_a_period_or_none(text, basis, quarter):
    period = parse_period(text, basis, quarter)
    assert period is None or period.start <= period.end
