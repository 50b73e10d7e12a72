"""The publisher's own pass and fail pairs: each is landed, warned about or refused for the reason its name states."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.landing import land
from sources.registry import load_feeds

# case -> the check that must find it, and whether it blocks
CASES = {
    "fileValidation__data_empty_cols": ("data_empty_cols", "warning"),
    "fileValidation__file_separator": ("separator", "error"),
    "mainTests__blanks_filters": ("blanks_filters", "warning"),
    "mainTests__duplicate_rows": ("duplicate_rows", "error"),
    "mainTests__eda_combinations": ("code_name_combinations", "warning"),
    "mainTests__filter_group_level": ("filter_group_level", "warning"),
    "mainTests__indicator_unit_validation": ("indicator_unit_validation", "error"),
    "mainTests__indicators_smushed": ("indicators_smushed", "warning"),
    "mainTests__la_col_present": ("la_col_present", "error"),
    "mainTests__na_geography": ("na_geography", "warning"),
    "mainTests__notavailable_symbols": ("notavailable_symbols", "warning"),
    "mainTests__variable_snake_case": ("variable_snake_case", "warning"),
    "mainTests__whitespace_filters": ("whitespace_filters", "warning"),
    "preCheck2__time_identifier_mix": ("time_identifier_mix", "error"),
    "preCheck2__utf8": ("utf8", "error"),
}
LANDS = ("otherData__financial_half", "otherData__quoted_blank_geographies")


@pytest.fixture(scope="module")
def cases(feeds_dir: Path) -> Path:
    return feeds_dir / "dfe_ees_screener_cases"


def test_every_case_is_named_here(cases):
    assert {path.name.removesuffix(".meta.csv") for path in cases.glob("*.meta.csv")} == {*CASES, *LANDS}


@pytest.mark.parametrize("case", LANDS)
def test_a_good_pair_lands(cases, case, tmp_path):
    report = land(load_feeds()["ees"], cases / f"{case}.csv", tmp_path)
    assert report.status == "landed", report.reasons()
    assert report.rows > 0


@pytest.mark.parametrize(("case", "check", "severity"), [(case, *told) for case, told in CASES.items()])
def test_a_bad_pair_is_told_for_the_reason_its_name_states(cases, case, check, severity, tmp_path):
    report = land(load_feeds()["ees"], cases / f"{case}.csv", tmp_path)
    found = {(issue.check, issue.severity) for issue in report.issues}
    assert (check, severity) in found, found
    if severity == "error":
        assert report.status == "quarantined"
    assert "fault" not in {name for name, _ in found}
