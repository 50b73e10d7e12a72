"""What makes a delivery unfit to land."""

from datetime import date

import pandas as pd
import pytest

from quality.checks import check
from sources.canonical_measures import NUMBERS
from sources.parquet import EMPTY

UNITS = pd.DataFrame([("NI 1", "headline", "percent"), ("NI 2", "headline", "number")],
                     columns=["indicator_code", "part", "unit"])  # fmt: skip
DUE = pd.DataFrame(
    [(f"E0600{n:04d}", "unitary", "E12000001" if n <= 10 else "E12000002") for n in range(1, 21)],
    columns=["area_code", "area_type", "region_code"],
).set_index("area_code")


def row(area=1, year=2009, indicator="NI 1", **more):
    return {"indicator_code": indicator, "part": "headline", "area_code": f"E0600{area:04d}", "period_label": str(year),
            "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "period_basis": "calendar_year",
            "dimensions": "", "value": 50.0, "numerator": None, "denominator": None, "lower_ci": None, "upper_ci": None,
            "survey_base": None, "design_effect": None,
            "mark": None, "status": "final", "source_row": 2, "source_sheet": "", "source_column": "v",
            "source_text": "50", **more}  # fmt: skip


def found(rows, measures=None):
    frame = pd.DataFrame(rows)
    frame[NUMBERS] = frame[NUMBERS].astype("float64")
    issues = check(frame, EMPTY["measures"]() if measures is None else measures, UNITS, DUE, "f")
    return {(issue.check, issue.severity) for issue in issues}


WHOLE = [row(area) for area in range(1, 11)]


def test_a_good_delivery_has_no_findings():
    assert found(WHOLE) == set()


@pytest.mark.parametrize(
    "bad",
    [{"value": None}, {"mark": "because"}, {"period_basis": "era"}, {"area_code": "Hartlepool"}, {"source_row": 0},
     {"period_start": date(2010, 1, 1)}, {"lower_ci": 60.0}, {"upper_ci": 40.0}, {"part": "Head Line"},
     {"survey_base": -1.0}, {"design_effect": 0.0}],
)  # fmt: skip
def test_a_row_that_breaks_a_rule_blocks(bad):
    assert ("schema", "error") in found([*WHOLE[1:], row(1, **bad)])


def test_two_rows_with_one_key_block():
    assert ("schema", "error") in found([*WHOLE, row(1)])


def test_nothing_usable_blocks():
    issues = check(EMPTY["observations"](), EMPTY["measures"](), UNITS, DUE, "f")
    assert [issue.check for issue in issues] == ["no_rows"]


def test_one_odd_share_warns_and_many_block():
    odd = row(1, value=101.0)
    assert found([odd, *WHOLE[1:]]) == {("out_of_range", "warning")}
    many = [row(area, value=140.0) for area in range(1, 11)]
    assert ("out_of_range", "error") in found(many)


def test_a_files_own_measures_only_warn():
    own = pd.DataFrame([("NI 1", "headline", "Change", "percent", 1)],
                       columns=["indicator_code", "part", "title", "unit", "decimals"])  # fmt: skip
    assert found([row(area, value=-5.0) for area in range(1, 11)], own) == {("out_of_range", "warning")}


def test_a_numerator_over_its_denominator_is_told():
    assert found([*WHOLE[1:], row(1, numerator=5.0, denominator=4.0)]) >= {("numerator_over_denominator", "warning")}


def test_few_of_the_areas_due_is_told():
    assert found(WHOLE[:3]) == {("coverage", "warning")}
    assert found(WHOLE[:5]) == set()


def test_only_the_areas_of_the_regions_a_delivery_covers_are_due():
    """Half of another region's areas would do; with one of them the delivery covers 11 of 20, with none 10 of 10."""
    assert found([*WHOLE[:8], row(11)]) == {("coverage", "warning")}
    assert found([*WHOLE, row(11)]) == set()


def test_a_jump_is_told_and_a_small_count_is_not():
    steady = [row(area, year, "NI 2", value=100.0 + area) for area in range(1, 11) for year in (2008, 2009)]
    assert found(steady) == set()
    assert found([*steady, row(1, 2010, "NI 2", value=900.0)]) == {("jump", "warning")}
    small = [row(area, year, "NI 2", value=3.0) for area in range(1, 11) for year in (2008, 2009)]
    assert found([*small, row(1, 2010, "NI 2", value=12.0)]) == set()
