"""The warehouse against what the generator meant: every value, every mark, every planted defect.

The ledger is made by the generator itself, apart from the deliveries; nothing but these tests reads it.
"""

from __future__ import annotations

from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from sources import demo
from sources.demo.edition import Made, deliveries
from sources.demo.schedule import defects, presets, printed
from sources.periods import parse_period
from sources.registry import load_feeds

KEY = ["indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions"]
NUMBERS = ["value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect"]


@pytest.fixture(scope="session")
def made() -> list[Made]:
    return list(deliveries(presets()["small"], demo.SEED, 1))


@pytest.fixture(scope="session")
def agreements() -> dict[str, pd.DataFrame]:
    """The rows meant of targets, partnerships and returns, by kind, and what was planted in them."""
    return demo.agreements(presets()["small"])[1]


@pytest.fixture(scope="session")
def ledger(made: list[Made]) -> pd.DataFrame:
    """The cells meant, each as its last delivery has it."""
    landed = [one for one in made if one.lands]
    cells = pd.concat([one.cells.assign(known_from=one.files[0].received_on) for one in landed], ignore_index=True)
    return cells.sort_values("known_from", kind="stable").drop_duplicates(KEY, keep="last")


@pytest.fixture(scope="session")
def published(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def both(published, ledger: pd.DataFrame) -> pd.DataFrame:
    told = published.execute("from marts.fct_observation_current where derivation is null").df()
    return ledger.merge(told, on=KEY, how="outer", suffixes=("", "_told"), indicator=True)


def test_every_value_meant_is_there_and_no_other(both):
    apart = both[both["_merge"] != "both"]
    assert apart.empty, apart[[*KEY, "_merge"]].head(10).to_string()


@pytest.mark.parametrize("column", NUMBERS)
def test_numbers_are_those_meant(both, column):
    meant = both[column].astype(float).where(both["suppressed_by"] != "hub")
    wrong = both[~np.isclose(meant, both[f"{column}_told"].astype(float), equal_nan=True)]
    assert wrong.empty, wrong[[*KEY, column, f"{column}_told", "mark", "mark_told"]].head(10).to_string()


@pytest.mark.parametrize("column", ["mark", "status"])
def test_words_are_those_meant(both, column):
    meant = both[column].fillna("")
    if column == "mark":  # which cells the hub hides is tested in test_disclosure.py
        meant = meant.where(both["suppressed_by"] != "hub", "suppressed")
    wrong = both[meant != both[f"{column}_told"].fillna("")]
    assert wrong.empty, wrong[[*KEY, column, f"{column}_told"]].head(10).to_string()


def test_a_missing_value_says_why(published):
    silent = "select count(*) from marts.fct_observation where value is null and mark is null"
    assert published.execute(silent).fetchone()[0] == 0


def test_derived_parts_are_worked_out_from_what_was_meant(published, ledger):
    rules = pd.read_csv("dbt_project/seeds/rules/derived_parts.csv", dtype=str, keep_default_na=False)
    parts = pd.read_csv("dbt_project/seeds/framework/indicator_parts.csv", dtype=str, keep_default_na=False)
    told = published.execute("from marts.fct_observation_current where derivation is not null").df()
    found = 0
    for rule in rules.itertuples():
        whole = ledger[ledger["indicator_code"] == rule.indicator_code].set_index(
            ["part", "area_code", "period_label"]
        )["value"]
        if rule.from_part not in whole.index.get_level_values(0):
            continue
        first = whole[rule.from_part]
        # the hub works from exact numerators where it has them, the ledger here from values rounded for print
        (decimals,) = parts.loc[
            (parts["indicator_code"] == rule.indicator_code) & (parts["part"] == rule.from_part), "decimals"
        ]
        rounding = 0.5 * 10.0 ** -int(decimals)
        if rule.kind == "difference":
            meant, within = first - whole[rule.minus_part], pd.Series(2 * rounding, first.index)
        else:
            base = first.xs(rule.base_period_label, level="period_label")
            base = base.reindex(first.index.get_level_values(0)).to_numpy()
            meant, within = 100 * (first / base - 1), 100 * rounding * (1 + first / base) / base
        mine = told[(told["indicator_code"] == rule.indicator_code) & (told["part"] == rule.part)]
        values = mine.set_index(["area_code", "period_label"])["value"]
        meant, within = meant.replace(np.inf, np.nan).reindex(values.index), within.reindex(values.index)
        assert (values.isna() == meant.isna()).all(), rule
        # the hub's own rounding to a decimal comes on top
        assert ((values - meant).abs() <= 1.05 * within + 0.051)[values.notna()].all(), rule
        found += len(values)
    assert found > 100


PLANTED_AS = {  # kind planted -> check that must find it
    "silent_revision": "silent_revision",
    "restated_series": "restated_series",
    "provider_error": "jump",
    "recoverable_suppression": "recoverable_suppression",
    "late_delivery": "late_delivery",
    "missing_delivery": "missing_delivery",
    "resent": "resent",
    "renamed_column": "renamed_column",
}
ENTERED = ("unknown_indicator", "target_outside_series", "quarter_against_year", "arrow_against_figures")
# said of every file of some publishers; returns are held against their own ledger below
BY_DESIGN = (
    "out_of_scope", "not_asked_for", "undated_period", "repeated_row", "late_return", "missing_return",
    "target_below_last_result",
)  # fmt: skip


def test_every_planted_defect_is_found_as_its_kind_and_none_is_invented(published, made, agreements):
    planted = {
        (PLANTED_AS[one["kind"]], one["feed"], one.get("indicator_code", ""))
        for delivery in made
        for one in delivery.planted
        if one["kind"] in PLANTED_AS
    }
    slips = agreements["planted"][agreements["planted"]["kind"].isin(ENTERED)]
    assert set(slips["kind"]) == set(ENTERED)
    planted |= {
        (one.kind, one.feed, "" if one.kind == "unknown_indicator" else one.indicator_code)
        for one in slips.itertuples()
    }
    months = {feed: len([1 for one in made if one.feed == feed and one.lands]) for feed in printed()}
    planted |= {
        ("missing_delivery", defect.feed, "")
        for feed in printed()
        for defect in defects(feed)
        if defect.kind == "missing_delivery" and defect.delivery <= months[feed] + 1
    }
    told = published.execute(
        "select distinct check_name, feed, coalesce(indicator_code, '') from marts.quality_issue "
        f"where delivery_status is distinct from 'quarantined' and check_name not in {BY_DESIGN}"
    ).fetchall()
    named = {(check, feed, code if check != "jump" else "NI 070") for check, feed, code in told}
    assert named == planted


def test_targets_worse_than_the_last_result_are_found_and_no_others(published, agreements):
    """A reference apart from the models: every target set anew against its baseline and the figures known that day."""
    measures = published.execute("select indicator_code, part, polarity from marts.dim_indicator").fetchall()
    sign = {(code, part): -1 if polarity == "lower_is_better" else 1 for code, part, polarity in measures}
    figures = published.execute(
        "select area_code, indicator_code, part, period_basis, period_end, value, known_from, "
        "coalesce(known_to, date '9999-01-01') from marts.fct_observation where dimensions = '' and value is not null "
        "and period_end is not null and known_from < coalesce(known_to, date '9999-01-01')"
    ).fetchall()
    months, by_subject = {}, {}
    for area, code, part, basis, end, *rest in figures:
        months.setdefault((code, part, basis), set()).add(end.month)
        by_subject.setdefault((area, code, part), []).append((basis, end, *rest))
    found, before = {}, {}
    for row in published.execute("from marts.fct_target order by version, period_start").df().itertuples():
        measure = (row.indicator_code, row.part)
        key = (row.area_code, *measure, row.commitment_type, row.period_label)
        new = before.get(key) != row.target_value
        before[key], day = row.target_value, row.known_from.date()
        ahead = row.period_end.date() > day and row.state == "agreed"
        if not (new and ahead and row.target_basis in ("level", "percent_change", "ordinal")):
            continue
        least = year_of(parse_period(row.base_period_label, "mixed_year").end) if row.base_period_label else 0
        known = [
            (end, value)
            for basis, end, value, since, until in by_subject.get(key[:3], [])
            if since <= day < until and year_of(end) >= least and (len(months[*measure, basis]) == 1 or end.month == 3)
        ]
        results = [max(known)[1]] if known else []
        results += (
            [row.baseline_value] if row.target_basis in ("level", "ordinal") and row.baseline_value is not None else []
        )
        if any(round(sign[measure] * (result - row.target_value), 6) > 0 for result in results):
            found[(row.source_file, *measure)] = found.get((row.source_file, *measure), 0) + 1
    told = published.execute(
        "select source_file, indicator_code, part, occurrences from marts.quality_issue "
        "where check_name = 'target_below_last_result'"
    ).fetchall()
    assert {tuple(key): count for *key, count in told} == found
    planted = agreements["planted"].query("kind == 'target_met_at_baseline' and file.str.contains('2008-06')")
    assert set(planted["indicator_code"]) <= {code for _, code, _ in found}


def year_of(end: date) -> int:
    """The year of the agreements a period counts for: the calendar year it ends in December of, else the one before."""
    return end.year - (end.month < 12)


@pytest.mark.parametrize("kind", ["late_return", "missing_return"])
def test_returns_that_are_late_or_missing_are_found_and_no_others(published, agreements, kind):
    planted = agreements["planted"].query("kind == @kind")
    told = published.execute(
        "select source_file, occurrences from marts.quality_issue where check_name = ? order by all", [kind]
    ).fetchall()
    assert told == sorted(planted.groupby("file").size().items())
    assert told


@pytest.mark.parametrize(
    ("mart", "kind", "key"),
    [
        ("fct_target", "targets", ["area_code", "indicator_code", "part", "commitment_type", "period_label"]),
        ("fct_return", "returns", ["area_code", "indicator_code", "part", "round_label"]),
        ("fct_agreed_status", "agreed_statuses", ["area_code", "indicator_code", "part", "round_label"]),
        ("fct_inspection", "inspections", ["area_code", "organisation_code", "assessment", "theme"]),
    ],
)
def test_agreements_and_returns_are_those_meant(published, agreements, mart, kind, key):
    meant, told = agreements[kind], published.execute(f"from marts.{mart}").df()
    assert len(meant) == len(told) > 100
    compared = {
        "targets": ["target_value", "state", "target_basis"],
        "returns": ["self_assessed_status", "self_assessed_direction", "commentary"],
        "agreed_statuses": ["office_view", "agreed_status", "agreed_reason"],
        "inspections": ["judgement", "indicator_code", "summary"],
    }[kind]
    both = meant.merge(told, left_on=[*key, "file"], right_on=[*key, "source_file"], suffixes=("", "_told"))
    assert len(both) == len(meant)
    for column in compared:
        same = (both[column] == both[f"{column}_told"]) | (both[column].isna() & both[f"{column}_told"].isna())
        assert same.all(), both[~same][[*key, column, f"{column}_told"]].head().to_string()


def test_a_review_pack_holds_what_inspectorates_said_last_and_its_correction(published, agreements):
    """Of each area's judgements known when the year ended the last ones sent: one reason where there are none."""
    meant = agreements["inspections"]
    files = dict(published.execute("select file_name, known_from from marts.dim_delivery").fetchall())
    meant = meant.assign(known_from=meant["file"].map(files)).sort_values("known_from")
    last = meant.drop_duplicates(["area_code", "assessment", "theme", "published_on"], keep="last")
    assert len(last) < len(meant)
    key = ["area_code", "organisation_code", "assessment", "theme", "judgement"]
    told = published.execute(
        f"select {', '.join(key)} from marts.review_item where kind = 'judgement' and review_year = '2008/09'"
    ).fetchall()
    assert sorted(told) == sorted(map(tuple, last[key].to_numpy()))
    silent = published.execute("""
        select count(*) from (select distinct area_code, review_year from marts.review_item) packs
        where not exists (select 1 from marts.review_item i where i.area_code = packs.area_code
            and i.review_year = packs.review_year and i.section = 'inspectorate'
            and (i.kind = 'judgement' or i.statement is not null))""").fetchone()
    assert silent == (0,)


def test_a_file_cut_off_is_quarantined_and_its_good_copy_lands(published, made):
    broken = {one.files[0].name for one in made for found in one.planted if found["kind"] == "corrupt_file"}
    told = published.execute("select file_name from marts.dim_delivery where status = 'quarantined'").fetchall()
    assert {name for (name,) in told} == broken
    assert broken


def test_a_provider_error_is_corrected_aloud(published):
    row = published.execute(
        "select value, correction_code, source_text from marts.fct_observation_current "
        "where indicator_code = 'NI 070' and area_code = 'E06000018' and period_label = '2007/08' and dimensions = ''"
    ).fetchone()
    assert row[1], row
    assert float(row[2]) * 10 == pytest.approx(row[0])


def test_every_feed_of_the_preset_delivered(published):
    told = {feed for (feed,) in published.execute("select distinct feed from marts.dim_delivery").fetchall()}
    survey_of_2008 = {"clg_place_survey"}  # published in June 2009
    scaled_up = {key for key, spec in load_feeds().items() if spec.brings_areas}  # small areas: from scale 2 on
    chosen = set(presets()["small"].indicators)
    left_out = {key for key, spec in load_feeds().items() if spec.indicators and not chosen & set(spec.indicators)}
    assert told
    assert set(load_feeds()) - {"ees"} - told - left_out == survey_of_2008 | scaled_up
