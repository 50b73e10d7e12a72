"""Codes and names to areas."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.areas import load_areas, plain_name

COUNCILS = ("unitary", "metropolitan_district", "london_borough", "county")


@pytest.fixture(scope="module")
def areas():
    return load_areas()


@pytest.mark.parametrize(
    ("scheme", "code", "area"),
    [("gss", "E08000037", "E08000020"), ("gss", "e08000020", "E08000020"), ("gss", "E06000057", "E06000048"),
     ("gss", "E08000038", "E08000016"), ("dcsf", "204", "E09000012"), ("gor_2010", "D", "E12000003"),
     ("gor_2011", "D", "E12000004"), ("gss", "E06999999", ""), ("nonsense", "1", "")],
)  # fmt: skip
def test_codes(areas, scheme, code, area):
    assert areas.by_code(scheme, code) == area


@pytest.mark.parametrize(
    ("name", "area"),
    [("Bristol, City of", "E06000023"), ("City of Bristol", "E06000023"), ("MANCHESTER ", "E08000003"),
     ("Hammersmith & Fulham", "E09000013"), ("Bexley LB", "E09000004"), ("Cheshire East UA3", "E06000049"),
     ("Atlantis", "")],
)  # fmt: skip
def test_names(areas, name, area):
    assert areas.by_name(COUNCILS, name) == area


def test_a_name_means_the_area_in_being_then(areas):
    kinds = ("county", "unitary")
    assert areas.by_name(kinds, "Shropshire", date(2008, 6, 1)) == "E10000026"
    assert areas.by_name(kinds, "Shropshire", date(2010, 6, 1)) == "E06000051"


@pytest.mark.parametrize(
    ("text", "near"),
    [("Hartlepol", "Hartlepool"), ("Manchestr", "Manchester"), ("E0600002", "E060000"), ("zzzzqq", "")],
)
def test_the_closest_known_name(areas, text, near):
    assert near in areas.closest(text)


@given(st.sampled_from(sorted(load_areas().details["area_name"])))
def test_plain_names_are_stable(name):
    plain = plain_name(name)
    assert plain
    assert plain_name(plain) == plain
    assert plain_name(f" {name.upper()}3 ") == plain_name(name.upper())


@given(st.text(max_size=15))
def test_any_text_is_an_area_or_none(text):
    known = load_areas()
    assert known.by_name(COUNCILS, text) in {"", *known.details["area_code"]}
    known.closest(text)
