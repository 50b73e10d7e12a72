"""What a writer prints, its feed reads back: cells -> file -> the same cells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.archive import Received
from sources.areas import load_areas, read_seed
from sources.demo.delivery import CELLS, Delivery
from sources.demo.formats import WRITERS
from sources.reading import read
from sources.registry import load_feeds

KEY = ["indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions"]
NUMBERS = ["value", "numerator", "denominator", "lower_ci", "upper_ci"]
ENGLAND, NORTH_EAST, EAST, LONDON = "E92000001", "E12000001", "E12000006", "E12000007"
HARTLEPOOL, KENT, DORSET, ASHFORD, HACKNEY = "E06000001", "E10000016", "E10000009", "E07000105", "E09000012"
CHESHIRE, BEDFORDSHIRE, INNER_LONDON = "E10000004", "E10000001", "E13000001"
CITY_POLICE, WEST_MIDLANDS_POLICE = "E23000034", "E23000014"
COUNCILS = ["unitary", "metropolitan_district", "london_borough", "county"]
UPPER = [ENGLAND, NORTH_EAST, LONDON, HARTLEPOOL, KENT, HACKNEY]


@cache
def coded() -> pd.DataFrame:
    """Area code x scheme: the code."""
    codes = read_seed("framework/area_codes").drop_duplicates(["scheme", "area_code"])
    return codes.pivot(index="area_code", columns="scheme", values="code")


def areas_of(codes: list[str]) -> pd.DataFrame:
    """The frame of areas a delivery brings, from the framework."""
    known = load_areas().details.set_index("area_code")
    every, regions = known.loc[codes].reset_index(), known["area_name"]
    schemes = coded().reindex(codes).fillna("")
    return every.assign(
        region_name=every["region_code"].map(regions).fillna(""),
        ons=every["old_ons_code"],
        **{name: schemes[name].to_numpy() for name in ("dcsf", "pct", "sha")},
        force=schemes["home_office_force"].to_numpy(),
        people=pd.to_numeric(every["population_mid2008"]),
    )


def cells_of(*rows: dict) -> pd.DataFrame:
    """Cells with what a test does not say filled in."""
    usual = {"part": "headline", "dimensions": "", "mark": "", "status": "final"}
    frame = pd.DataFrame([usual | row for row in rows]).reindex(columns=CELLS)
    floats = [*NUMBERS, "survey_base", "design_effect"]
    return frame.astype(dict.fromkeys(floats, "float64"))


def grid(codes: list[str], labels: list[str], basis: str, texts: list[dict], **usual: object) -> pd.DataFrame:
    """Cells of every area and period; `texts` are given out in turn."""
    places = [(code, label) for label in labels for code in codes]
    return cells_of(
        *(
            {"area_code": code, "period_label": label, "period_basis": basis, **usual, **texts[i % len(texts)]}
            for i, (code, label) in enumerate(places)
        )
    )


def share(numerator: float, denominator: float, places: int | None = None) -> dict:
    """A percentage as the hub computes it, or as the publisher rounds it."""
    value = 100 * numerator / denominator
    return {"value": value if places is None else round(value, places), "numerator": numerator,
            "denominator": denominator}  # fmt: skip


SUPPRESSED = {"mark": "suppressed"}
ABSENT = {"mark": "not_available"}
NOBODY = {"numerator": 0.0, "denominator": 0.0, "mark": "not_applicable"}


def delivery_of(feed: str, cells: pd.DataFrame, *quirks: str) -> Delivery:
    areas = areas_of(sorted(cells["area_code"].unique()))
    return Delivery(load_feeds()[feed], date(2011, 7, 5), 1, cells, areas, frozenset(quirks))


def read_back(delivery: Delivery) -> tuple[pd.DataFrame, list]:
    """Every file of a delivery read through its feed: the rows, and the issues a person would be shown."""
    files = WRITERS[delivery.feed.key](delivery)
    frames, issues = [], []
    for name, content in files.items():
        if name.endswith(".meta.csv"):
            continue
        companion = files.get(name.removesuffix(".csv") + ".meta.csv")
        received = Received(content, name, companion=companion, published_on=delivery.published_on)
        landed, found = read(delivery.feed, received)
        frames.append(landed["observations"])
        issues += [issue for issue in found if issue.severity != "info"]
    return pd.concat(frames), issues


def tidy(frame: pd.DataFrame) -> pd.DataFrame:
    kept = frame[[*KEY, *NUMBERS, "mark", "status"]].copy()
    kept["mark"] = kept["mark"].fillna("").astype("str")
    kept[NUMBERS] = kept[NUMBERS].astype("float64")
    texts = [*KEY, "status"]
    kept[texts] = kept[texts].astype("str")
    return kept.sort_values(KEY, ignore_index=True)


def same(delivery: Delivery) -> None:
    rows, issues = read_back(delivery)
    assert issues == []
    pd.testing.assert_frame_equal(tidy(rows), tidy(delivery.cells), check_exact=False, rtol=1e-12, atol=1e-12)


def tenures(code: str, label: str, status: str, *homes: float | None) -> pd.DataFrame:
    kinds = ("Social Rent", "Affordable Home Ownership", "Intermediate Rent")
    whole = None if None in homes else sum(homes)
    about = {"indicator_code": "NI 155", "area_code": code, "period_label": label, "period_basis": "financial_year",
             "status": status}  # fmt: skip
    told = [("", whole), *((f"tenure={kind}", n) for kind, n in zip(kinds, homes, strict=True))]
    return cells_of(
        *({**about, "dimensions": key, "value": n, "mark": "" if n is not None else "not_available"} for key, n in told)
    )


def offences(code: str, label: str, status: str, *groups: float | None) -> pd.DataFrame:
    kinds = ("Violence against the person", "Drug offences", "A group of no code")
    whole = None if None in groups else sum(groups)
    about = {"indicator_code": "PRC 001", "area_code": code, "period_label": label, "period_basis": "quarter",
             "status": status}  # fmt: skip
    told = [("", whole), *((f"offence_group={kind}", n) for kind, n in zip(kinds, groups, strict=True))]
    return cells_of(
        *({**about, "dimensions": key, "value": n, "mark": "" if n is not None else "not_available"} for key, n in told)
    )


def care_leavers() -> pd.DataFrame:
    codes, years = [*UPPER, INNER_LONDON, BEDFORDSHIRE], ["2008/09", "2009/10"]
    suitable = [share(5650, 6290), share(58, 60), share(0, 12), SUPPRESSED | {"denominator": 20.0}, NOBODY]
    active = [share(3850, 6290), share(37, 60), share(7, 12), SUPPRESSED | {"denominator": 20.0}, NOBODY]
    return pd.concat(
        [
            grid(codes, years, "financial_year", suitable, indicator_code="NI 147"),
            grid(codes, years, "financial_year", active, indicator_code="NI 148"),
        ]
    )


def attainment() -> pd.DataFrame:
    codes, years = [*UPPER, BEDFORDSHIRE], ["2006/07", "2007/08"]
    told = {
        ("NI 079", "headline"): [share(22770, 31100, 8), share(0, 40, 8), SUPPRESSED],
        ("NI 080", "headline"): [share(12860, 31100, 8), share(3, 40, 8), SUPPRESSED],
        ("NI 082", "eligible"): [share(2760, 5520, 8), ABSENT],
        ("NI 081", "eligible"): [share(1010, 5520, 8), ABSENT],
        ("NI 082", "not_eligible"): [share(20010, 25580, 8), SUPPRESSED],
        ("NI 081", "not_eligible"): [share(11850, 25580, 8), SUPPRESSED],
    }
    return pd.concat(
        grid(codes, years, "academic_year", texts, indicator_code=code, part=part)
        for (code, part), texts in told.items()
    )


def scores() -> pd.DataFrame:
    parts = ["headline", "information_gathering", "needs_analysis", "procedure", "protocol", "needs_assessment"]
    quarters = [f"Quarter {n}" for n in range(1, 12)]
    texts = [{"value": 11.1}, {"value": 0.0}, ABSENT, {"value": 15.0}, {"mark": "did_not_exist"}]
    return pd.concat(
        grid([*UPPER, CHESHIRE], quarters, "undated_quarter", texts, indicator_code="NI 071", part=part)
        for part in parts
    )


def neet() -> pd.DataFrame:
    texts = {
        "neet_16_17": [{"value": 2.6, "denominator": 1208392.7}, {"value": 0.0, "denominator": 80.0}, SUPPRESSED],
        "not_known_16_17": [{"value": 2.2, "denominator": 1208392.7}, ABSENT | {"denominator": 80.0}, ABSENT],
    }
    return pd.concat(
        grid(UPPER, ["2009", "2010"], "calendar_year", told, indicator_code="NI 117", part=part)
        for part, told in texts.items()
    )


def waits() -> pd.DataFrame:
    trusts = ["E16000001", "E16000002", "E18000001", ENGLAND]
    texts = [share(89, 100), share(0, 7), SUPPRESSED, share(90, 97)]
    return pd.concat(
        grid(trusts, ["Dec 2009", "Mar 2010"], "month", texts, indicator_code="RTT 001", part=part)
        for part in ("incomplete", "admitted", "non_admitted")
    )


def limits(value: float, count: float, children: float, **more: object) -> dict:
    return {"value": value, "lower_ci": value - 3.25, "upper_ci": value + 3.5, "numerator": count,
            "denominator": children, **more}  # fmt: skip


CARBON = [
    {"value": 7.6, "numerator": 761.8, "denominator": 100.3},
    {"value": 0.0, "numerator": 0.0, "denominator": 12.0},
    ABSENT,
    {"value": 6.1, "numerator": 610.0, "denominator": 100.0, "status": "provisional"},
    {"value": -0.4, "numerator": -4.0, "denominator": 10.0, "status": "revised"},
]
EXCLUDED = [
    share(5740, 7476040, 2), share(0, 812, 2), SUPPRESSED | {"denominator": 900.0},
    {"mark": "rounds_to_zero", "denominator": 40.0}, ABSENT,
]  # fmt: skip
ADMITTED = [
    limits(115.2166797, 107429, 9324084), limits(0.0, 0, 812), SUPPRESSED,
    {"mark": "withheld_quality", "denominator": 700.0}, limits(66.9, 12, 1800, mark="low_reliability"),
    limits(81.5, 125, 18680, status="provisional"),
]  # fmt: skip
CELLS_OF = {
    "decc_local_co2": grid(
        [*UPPER, DORSET, ASHFORD, CHESHIRE], ["2007", "2008"], "calendar_year", CARBON, indicator_code="NI 186",
        part="per_capita",
    ),
    "dclg_net_additional_dwellings": grid(
        [*UPPER, ASHFORD, CHESHIRE], ["2007/08", "2008/09"], "financial_year",
        [{"value": 144870.0}, {"value": -74.0}, ABSENT, {"value": 0.0}, {"value": 12.0, "status": "provisional"}],
        indicator_code="NI 154",
    ),
    "dclg_affordable_homes": pd.concat([
        tenures(HARTLEPOOL, "2008/09", "provisional", 10.0, 0.0, 3.0),
        tenures(HARTLEPOOL, "2007/08", "final", 0.0, 0.0, 0.0),
        tenures(CHESHIRE, "2008/09", "final", 7.0, None, 1.0),
        tenures(LONDON, "2008/09", "final", 700.0, 120.0, 1.0),
        tenures(ENGLAND, "2008/09", "revised", 58000.0, 200.0, 97.0),
    ]),
    "ons_conceptions": grid(
        [*UPPER, ASHFORD, CHESHIRE], ["1998", "2007", "2008"], "calendar_year",
        [{"value": 46.6, "numerator": 41089.0}, {"value": 4.1, "numerator": 17.0, "mark": "low_reliability"},
         SUPPRESSED, {"value": 0.0, "numerator": 0.0}, ABSENT | {"numerator": 2.0}],
        indicator_code="NI 112", part="rate",
    ),
    "defra_waste": grid(
        [*UPPER, CHESHIRE], ["2007/08"], "financial_year",
        [{"value": 46.9}, {"value": 0.0}, ABSENT, {"value": 38.892274799805755, "status": "provisional"}],
        indicator_code="NI 193",
    ),
    "dcsf_missing_from_care": scores(),
    "dcsf_adoption": grid(
        [*UPPER, INNER_LONDON, BEDFORDSHIRE], ["2007/08", "2008/09"], "financial_year",
        [share(2260, 3050), share(0, 7), SUPPRESSED | {"denominator": 9.0}, NOBODY, SUPPRESSED],
        indicator_code="NI 061",
    ),
    "dcsf_care_leavers": care_leavers(),
    "dcsf_looked_after_ks4": grid(
        [*UPPER, INNER_LONDON], ["2008/09", "2009/10"], "academic_year",
        [share(599, 5101), share(0, 14), SUPPRESSED | {"denominator": 12.0}, NOBODY, ABSENT],
        indicator_code="NI 101",
    ),
    "dfe_exclusions": pd.concat([
        grid([*UPPER, BEDFORDSHIRE], ["2006/07", "2007/08"], "academic_year", EXCLUDED, indicator_code="NI 114"),
        grid(UPPER, ["2007/08"], "academic_year", EXCLUDED, indicator_code="NI 114",
             dimensions="school_type=State-funded secondary"),
    ]),
    "dfe_level_2_3": attainment(),
    "dfe_neet": neet(),
    "ohid_fingertips": pd.concat([
        grid([*UPPER, CHESHIRE], ["2007/08", "2008/09"], "financial_year", ADMITTED, indicator_code="NI 070"),
        grid([HARTLEPOOL], ["2007/08"], "financial_year", ADMITTED, indicator_code="NI 070", dimensions="sex=Female"),
    ]),
    "home_office_recorded_crime": pd.concat([
        offences(CITY_POLICE, "2009/10 Q1", "final", 6012.0, 0.0, 3.0),
        offences(CITY_POLICE, "2009/10 Q2", "provisional", 0.0, 0.0, 0.0),
        offences(WEST_MIDLANDS_POLICE, "2009/10 Q1", "final", -5.0, 7.0, 1.0),
        offences(WEST_MIDLANDS_POLICE, "2009/10 Q4", "revised", 400.0, None, 1.0),
    ]),
    "home_office_csp_crime_rates": pd.concat(
        grid(["E22000107", CITY_POLICE, ENGLAND], ["2008/09", "2009/10"], "financial_year",
             [{"value": 78.624537858031815}, {"value": 0.0}, ABSENT, {"value": 8.5, "status": "provisional"}],
             indicator_code="PRC 002", dimensions=key)
        for key in ("", "offence_group=Robbery")
    ),
    "dh_rtt_waiting_times": waits(),
}  # fmt: skip
QUIRKS = {
    "old_codes": [
        "decc_local_co2", "dclg_net_additional_dwellings", "dclg_affordable_homes", "ons_conceptions", "dcsf_adoption",
        "dcsf_care_leavers",
    ],
    "renamed_column": [
        "decc_local_co2", "ons_conceptions", "defra_waste", "dcsf_missing_from_care", "dcsf_adoption",
        "dcsf_care_leavers", "dcsf_looked_after_ks4", "home_office_recorded_crime", "dh_rtt_waiting_times",
    ],
}  # fmt: skip


@pytest.mark.parametrize("feed", sorted(CELLS_OF))
def test_what_is_printed_is_read_back(feed):
    same(delivery_of(feed, CELLS_OF[feed]))


@pytest.mark.parametrize(("quirk", "feed"), [(quirk, feed) for quirk, feeds in QUIRKS.items() for feed in feeds])
def test_a_quirk_changes_the_file_and_not_what_it_says(quirk, feed):
    plain, odd = delivery_of(feed, CELLS_OF[feed]), delivery_of(feed, CELLS_OF[feed], quirk)
    assert WRITERS[feed](odd) != WRITERS[feed](plain)
    same(odd)


@pytest.mark.parametrize("day", ["2008-06-30", "2009-06-30"])
@pytest.mark.parametrize(
    ("feed", "kinds", "label", "basis", "part"),
    [
        ("decc_local_co2", [*COUNCILS, "shire_district"], "%Y", "calendar_year", "per_capita"),
        ("defra_waste", [*COUNCILS, "waste_authority"], "%Y/%y", "financial_year", "headline"),
        ("dcsf_adoption", [*COUNCILS, "region_part"], "%Y/%y", "financial_year", "headline"),
        ("dh_rtt_waiting_times", ["primary_care_trust", "strategic_health_authority"], "%b %Y", "month", "incomplete"),
    ],
)
def test_every_area_alive_is_told_from_every_other(feed, kinds, label, basis, part, day):
    known = load_areas().details
    alive = (known["valid_from"] <= day) & ((known["valid_to"] == "") | (known["valid_to"] >= day))
    codes = list(known.loc[alive & known["area_type"].isin(kinds), "area_code"])
    year = date.fromisoformat(day).year - 1 + (day > "2009")  # the calendar or financial year the day's areas served
    said = {"%Y": f"{year}", "%Y/%y": f"{year}/{year % 100 + 1:02d}", "%b %Y": f"Jun {year}"}[label]
    spec = load_feeds()[feed]
    same(
        delivery_of(
            feed,
            grid(
                codes,
                [said],
                basis,
                [share(3, 8)] if spec.layouts[0].measures[0].numerator else [{"value": 3.0}],
                indicator_code=spec.indicators[0],
                part=part,
            ),
        )
    )


@pytest.mark.parametrize("feed", sorted(CELLS_OF))
def test_the_same_cells_are_the_same_bytes_in_whatever_order(feed):
    delivery = delivery_of(feed, CELLS_OF[feed])
    shuffled = replace(delivery, cells=delivery.cells.sample(frac=1, random_state=1))
    assert list(WRITERS[feed](delivery).items()) == list(WRITERS[feed](shuffled).items())


@pytest.mark.parametrize("feed", sorted(CELLS_OF))
def test_a_file_is_claimed_by_its_feed_alone_and_says_what_it_is(feed):
    spec = load_feeds()[feed]
    beside = [other for other in load_feeds().values() if other.folder == spec.folder]
    for name in WRITERS[feed](delivery_of(feed, CELLS_OF[feed])):
        claims = [
            other.key for other in beside if any(re.search(pattern, name, re.IGNORECASE) for pattern in other.files)
        ]
        assert claims == [feed]
        assert "2011-07" in name
        assert "illustrative" in name


def test_mislabelled_totals_are_set_aside_with_a_warning():
    told = grid(UPPER, ["2007/08"], "academic_year", [share(700, 1000, 8)], indicator_code="NI 079")
    told = pd.concat([told, told.assign(indicator_code="NI 080")])
    sides = [
        grid(UPPER, ["2007/08"], "academic_year", [share(count, base, 8)], indicator_code=code, part=part)
        for code in ("NI 081", "NI 082")
        for part, count, base in (("eligible", 100, 200), ("not_eligible", 600, 800))
    ]
    cells = pd.concat([told, *sides])
    rows, issues = read_back(delivery_of("dfe_level_2_3", cells, "mislabelled_totals"))
    assert {issue.check for issue in issues} == {"mislabelled_row"}
    pd.testing.assert_frame_equal(tidy(rows), tidy(cells))


def test_a_pair_without_its_metadata_is_read_with_a_warning():
    delivery = delivery_of("dfe_neet", neet(), "without_meta")
    rows, issues = read_back(delivery)
    assert [issue.check for issue in issues] == ["companion"]
    pd.testing.assert_frame_equal(tidy(rows), tidy(delivery.cells))


@pytest.mark.parametrize("feed", ["dclg_affordable_homes", "home_office_recorded_crime"])
def test_a_total_that_would_be_lost_is_refused(feed):
    alone = CELLS_OF[feed][CELLS_OF[feed]["dimensions"] == ""]
    with pytest.raises(ValueError, match="totals have no"):
        WRITERS[feed](delivery_of(feed, alone))


numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4))
counts = st.integers(-200, 90_000).map(float)


@settings(max_examples=10)
@given(st.lists(numbers | st.none(), min_size=1, max_size=50))
def test_any_numbers_of_homes_come_back(values):
    codes = load_areas().details.query("area_type == 'unitary' and valid_to == ''")["area_code"]
    told = [ABSENT if value is None else {"value": value} for value in values]
    cells = grid(list(codes[: len(told)]), ["2008/09"], "financial_year", told, indicator_code="NI 154")
    same(delivery_of("dclg_net_additional_dwellings", cells))


@settings(max_examples=10)
@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=30))
def test_any_numbers_of_offences_are_spread_and_added_up_again(groups):
    forces = load_areas().details.query("area_type == 'police_force'")["area_code"]
    told = [offences(code, "2009/10 Q3", "final", *three) for code, three in zip(forces, groups, strict=False)]
    same(delivery_of("home_office_recorded_crime", pd.concat(told)))
