"""What the publishers' files are known to say (FORMATS, section 0), read through the feeds' descriptions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from quality.report import Report
from sources.registry import load_feeds

ENGLAND, MANCHESTER = "E92000001", "E08000003"
KNOWN = [
    ("ons_conceptions", "NI 112", "rate", ENGLAND, "1998", 46.6, 1),
    ("ons_conceptions", "NI 112", "rate", ENGLAND, "2009", 37.1, 1),
    ("ons_conceptions", "NI 112", "rate", MANCHESTER, "2009", 59.2, 1),
    ("dcsf_adoption", "NI 061", "headline", ENGLAND, "2010/11", 74.1, 1),
    ("dcsf_care_leavers", "NI 147", "headline", ENGLAND, "2010/11", 89.8, 1),
    ("dcsf_care_leavers", "NI 148", "headline", ENGLAND, "2010/11", 61.2, 1),
    ("dcsf_looked_after_ks4", "NI 101", "headline", ENGLAND, "2009/10", 11.7, 1),
    ("dcsf_missing_from_care", "NI 071", "headline", ENGLAND, "Quarter 7", 11.1, 1),
    ("dfe_exclusions", "NI 114", "headline", ENGLAND, "2009/10", 0.08, 2),
    ("decc_local_co2", "NI 186", "per_capita", ENGLAND, "2005", 7.1, 1),
    ("decc_local_co2", "NI 186", "per_capita", ENGLAND, "2009", 6.0, 1),
    ("decc_local_co2", "NI 186", "per_capita", MANCHESTER, "2009", 5.6, 1),
    ("dclg_net_additional_dwellings", "NI 154", "headline", ENGLAND, "2009/10", 144_870, 0),
    ("dclg_affordable_homes", "NI 155", "headline", ENGLAND, "2009/10", 58_297, 0),
    ("defra_waste", "NI 193", "headline", ENGLAND, "2009/10", 46.9, 1),
    ("dfe_neet", "NI 117", "neet_16_17", ENGLAND, "2022", 2.6, 1),
    ("dfe_neet", "NI 117", "not_known_16_17", ENGLAND, "2022", 2.2, 1),
    ("home_office_recorded_crime", "PRC 001", "headline", "E23000035", "2017/18 Q1", 25_583, 0),
]


@pytest.mark.parametrize(("feed", "indicator", "part", "area", "period", "value", "places"), KNOWN)
def test_known_answer(observations, feed, indicator, part, area, period, value, places):
    o = observations
    found = o[
        (o["feed"] == feed) & (o["indicator_code"] == indicator) & (o["part"] == part) & (o["area_code"] == area)
        & (o["period_label"] == period) & (o["dimensions"] == "")
    ]  # fmt: skip
    assert len(found) == 1
    assert round(found["value"].iloc[0], places) == value


def test_exclusions_count_behind_the_rate(observations):
    rows = observations.query("indicator_code == 'NI 114' and area_code == @ENGLAND and dimensions == ''")
    assert rows.set_index("period_label").at["2009/10", "numerator"] == 5_740


def test_every_real_file_lands(landed: tuple[Path, dict[str, list[Report]]]):
    _, reports = landed
    refused = {r.file_name: r.reasons() for several in reports.values() for r in several if r.status != "landed"}
    assert refused == {}
    made_up = {
        key
        for key, spec in load_feeds().items()
        if spec.suppliers or spec.brings_areas or spec.family in ("offices", "partnerships", "inspectorates")
    }
    assert {feed for feed, several in reports.items() if not several} == made_up, "feeds no real file is held of"


def test_fifteen_indicators_from_four_families(observations):
    national = observations[observations["indicator_code"].str.startswith("NI ")]
    assert national["indicator_code"].nunique() >= 15
    assert {load_feeds()[feed].family for feed in observations["feed"].unique()} == {
        "departments", "police", "NHS", "education",
    }  # fmt: skip


def test_a_missing_value_always_says_why(observations):
    missing = observations[observations["value"].isna()]
    assert len(missing) > 100
    assert missing["mark"].notna().all()


def test_old_and_new_codes_land_on_one_area(observations):
    gateshead = observations[observations["area_text"].str.contains("E08000020|E08000037", na=False)]
    assert set(gateshead["area_code"]) == {"E08000020"}
    assert len(gateshead) > 10


def test_code_921_is_england_or_the_isle_of_wight_by_level(observations):
    scores = observations[(observations["feed"] == "dcsf_missing_from_care") & (observations["part"] == "headline")]
    by_text = scores.set_index("area_text")["area_code"]
    assert set(by_text[by_text.index.str.contains("921")]) == {"E06000046"}
    assert (scores["area_code"] == ENGLAND).sum() == 7


def test_inner_london_is_not_london(observations):
    adoption = observations[observations["feed"] == "dcsf_adoption"].set_index("area_code")["denominator"]
    assert adoption["E12000007"] == adoption["E13000001"] + adoption["E13000002"] == 390


def test_suppressed_and_unreliable_values_keep_their_reasons(observations: pd.DataFrame):
    leavers = observations[(observations["feed"] == "dcsf_care_leavers") & (observations["value"].isna())]
    assert set(leavers["mark"]) == {"suppressed"}
    unreliable = observations[(observations["feed"] == "ons_conceptions") & (observations["mark"] == "low_reliability")]
    assert len(unreliable) > 10
    assert unreliable["value"].notna().sum() > 10  # kept and qualified; blank only under 3 cases


def test_an_area_counted_with_another_says_so(observations: pd.DataFrame):
    city = observations.query("area_code == 'E09000001' and indicator_code == 'NI 112' and period_label == '2009'")
    assert (city["mark"].iloc[0], city["note"].iloc[0]) == ("combined_area", "counted with E09000012")
    assert city["value"].isna().all()
    scilly = observations.query("area_code == 'E06000053' and indicator_code == 'NI 070' and value.isna()")
    assert set(scilly["mark"]) == {"combined_area"}


def test_a_flag_of_doubt_is_no_reason_for_a_blank(observations: pd.DataFrame):
    doubted = observations[observations["mark"].isin(["low_reliability", "estimated"])]
    assert doubted["value"].notna().all()


def test_every_blank_half_of_a_recoded_area_is_told(landed):
    _, reports = landed
    (report,) = reports["dclg_net_additional_dwellings"]
    assert [issue.occurrences for issue in report.issues if issue.check == "recoded_area"] == [23]


def test_exclusions_counted_elsewhere_are_no_zero(observations: pd.DataFrame):
    year = observations.query("indicator_code == 'NI 114' and period_label == '2008/09'")
    assert not year["area_code"].isin(["E10000001", "E10000004"]).any()
    assert set(year[year["area_code"] == "E06000055"]["mark"]) == {"did_not_exist"}
