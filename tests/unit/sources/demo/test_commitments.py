"""Targets, partnerships and returns of the illustrative edition: what they hold, and that the hub reads them so."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import numpy as np
import pandas as pd
import pytest

from sources.archive import Received
from sources.areas import read_seed
from sources.demo.commitments import write
from sources.demo.geography import ENGLAND, Geography
from sources.demo.outturns import parts
from sources.demo.schedule import rounds
from sources.demo.targets import target_year
from sources.demo.wording import topics, words
from sources.entries import KINDS
from sources.parquet import ENTRIES
from sources.readers.grid import read_grids
from sources.reading import read
from sources.registry import load_feeds

REGIONS = ("E12000001", "E12000006")  # Durham and Northumberland go on as one council each, Bedfordshire as two
OTHERS = {
    "NI 112": "rate", "NI 186": "per_capita", "NI 195": "litter", "NI 120": "male", "NI 053": "prevalence",
}  # fmt: skip
CHOSEN = [
    "NI 001", "NI 004", "NI 007", "NI 008", "NI 015", "NI 016", "NI 030", "NI 032", "NI 035", "NI 039", "NI 040",
    "NI 045", "NI 051", "NI 054", "NI 056", "NI 060", "NI 062", "NI 110", "NI 111", "NI 117", "NI 123", "NI 125",
    "NI 130", "NI 131", "NI 135", "NI 141", "NI 145", "NI 146", "NI 148", "NI 151", "NI 152", "NI 153", "NI 154",
    "NI 155", "NI 156", "NI 158", "NI 163", "NI 166", "NI 171", "NI 175", "NI 181", "NI 184", "NI 188", "NI 191",
    "NI 192", "NI 193", "NI 197", *OTHERS,
]  # fmt: skip


def made_up_outturns(areas: pd.DataFrame) -> pd.DataFrame:
    """Yearly values of some indicators: a level of their own, areas around it, and a slow trend."""
    statutory = read_seed("framework/statutory_education_targets")["indicator_code"]
    known = read_seed("framework/indicators")
    known = known[known["indicator_code"].isin([*CHOSEN, *statutory])]
    pieces = []
    for row in known.itertuples():
        rng = np.random.default_rng(crc32(row.indicator_code.encode()))
        surveys = row.frequency == "biennial"
        first = 1998 if row.indicator_code == "NI 112" else 2005
        years = [2006, 2008, 2010] if surveys else list(range(first, 2011))
        level = 3 if row.unit in ("level", "score", "grade") else rng.uniform(20, 60)
        value = level * rng.lognormal(0, 0.15, (len(areas), 1)) * 1.01 ** rng.normal(0, 3, (len(areas), len(years)))
        single = surveys or row.period_basis == "calendar_year"
        labels = [f"{y}" if single else f"{y}/{(y + 1) % 100:02d}" for y in years]
        ends = [
            date(y, 12, 31) if len(label) == 4 else date(y + 1, 3, 31) for y, label in zip(years, labels, strict=True)
        ]
        pieces.append(pd.DataFrame({
            "indicator_code": row.indicator_code, "part": OTHERS.get(row.indicator_code, "headline"),
            "area_code": np.repeat(areas["area_code"].to_numpy(), len(years)), "period_label": labels * len(areas),
            "period_end": ends * len(areas), "value": value.ravel().round(int(row.decimals)),
        }))  # fmt: skip
    return pd.concat(pieces, ignore_index=True)


def laa_areas() -> pd.DataFrame:
    every = Geography(REGIONS).every
    laa = every[(every["in_laa_2008"] == "true") | (every["in_laa_2009"] == "true")]
    return laa.assign(**{column: laa[column] == "true" for column in ("in_laa_2008", "in_laa_2009")})


def make(seed: int = 2008, count: int = 12):
    areas = laa_areas()
    places = pd.concat([areas[["area_code"]], pd.DataFrame({"area_code": [ENGLAND]})])
    return write(seed, areas, made_up_outturns(places), rounds(count))


@pytest.fixture(scope="module")
def edition():
    return make()


@pytest.fixture(scope="module")
def ledger(edition):
    return edition[1]


def of_version(ledger, version, kind="targets"):
    rows = ledger[kind]
    return rows[rows["file"].str.contains(version)]


def test_the_same_arguments_give_the_same_bytes_and_another_seed_does_not(edition):
    assert [(f.name, f.content) for f in make()[0]] == [(f.name, f.content) for f in edition[0]]
    assert make(seed=7, count=1)[0][0].content != edition[0][0].content


def test_files_come_at_signing_at_refreshes_and_five_weeks_after_a_round(edition):
    came = {file.name: file.received_on for file in edition[0]}
    assert came["LAA_targets_2008-06_illustrative.xlsx"] == date(2008, 6, 30)
    assert came["LAA_targets_2009-03_illustrative.xlsx"] == date(2009, 3, 31)
    assert came["LAA_targets_2010-03_illustrative.xlsx"] == date(2010, 3, 31)
    returns = [name for name in came if name.startswith("LSP_returns")]
    assert returns[0] == "LSP_returns_2008-09_Q2_illustrative.xlsx"
    assert came[returns[0]] == date(2008, 11, 6)
    assert len(returns) == 10
    assert max(came.values()) <= date(2011, 3, 31)


def test_nothing_known_after_the_last_round_is_written():
    files, ledger = make(count=4)
    assert max(file.received_on for file in files) <= date(2009, 3, 31)
    assert set(ledger["targets"]["file"]) == {
        "LAA_targets_2008-06_illustrative.xlsx", "LAA_targets_2009-03_illustrative.xlsx",
    }  # fmt: skip
    assert ledger["returns"]["round_label"].unique().tolist() == ["2008/09 Q2", "2008/09 Q3"]
    assert {"late_return", "missing_return", "hostile_text"} <= set(ledger["planted"]["kind"])


FEEDS = ["go_laa_targets", "go_laa_reviews", "inspectorates_judgements", "lsp_partnerships", "lsp_returns"]


@pytest.mark.parametrize("feed", FEEDS)
def test_the_hub_reads_every_row_as_it_was_meant(edition, feed):
    files, ledger = edition
    for file in [file for file in files if file.feed == feed][-3:]:
        landed, issues = read(load_feeds()[feed], Received(file.content, file.name))
        slips = ledger["planted"].query("kind == 'unknown_indicator' and file == @file.name")["kind"]
        assert [issue.check for issue in issues if issue.severity != "info"] == slips.to_list()
        for kind, rows in landed.items():
            meant = ledger[kind][ledger[kind]["file"] == file.name]
            assert len(rows) == len(meant) > 0
            pd.testing.assert_frame_equal(as_text(rows, kind), as_text(meant, kind), check_names=False)


def as_text(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Columns of a kind as text, sorted: dates ISO, numbers alike, nothing as ''."""
    columns = ENTRIES[kind]
    text = pd.DataFrame({
        name: pd.to_numeric(rows[name]).round(9).astype(str) if type_ in ("double", "integer")
        else rows[name].astype(object).where(rows[name].notna(), "").astype(str)
        for name, type_ in columns.items()
    })  # fmt: skip
    text = text.apply(
        lambda column: (
            column.astype(object).replace({"nan": "", "None": "", "<NA>": ""}).str.replace(r"\.0$", "", regex=True)
        )
    )
    return text.sort_values(list(columns), ignore_index=True)


def test_every_sheet_says_that_it_is_illustrative_and_has_the_headers_of_the_feed(edition):
    for file in edition[0]:
        for grid in read_grids(file.content, file.name):
            assert grid.rows[0][0].startswith("Illustrative data")
            assert len([cell for cell in grid.rows[3] if cell]) == len(grid.rows[3])


def test_agreements_hold_up_to_35_designated_16_statutory_and_some_local_targets(ledger):
    signed = of_version(ledger, "2008-06").drop_duplicates(["area_code", "indicator_code", "commitment_type"])
    count = signed.groupby(["area_code", "commitment_type"]).size().unstack()
    assert count["designated"].between(15, 35).all()
    assert (count["statutory"] == 16).all()
    assert count["local"].between(3, 8).all()
    assert not signed.duplicated(["area_code", "indicator_code"]).any()


def test_designated_targets_are_as_popular_as_the_framework_knows(ledger):
    signed = of_version(ledger, "2008-06").query("commitment_type == 'designated'")
    share = signed.groupby("indicator_code")["area_code"].nunique() / signed["area_code"].nunique()
    assert share["NI 117"] == pytest.approx(115 / 150, abs=0.25)
    assert share.get("NI 148", 0) < 0.3
    assert "NI 043" not in share


def test_targets_improve_in_the_sense_of_polarity(ledger):
    parts = read_seed("framework/indicator_parts").merge(
        read_seed("framework/indicators"), on="indicator_code", suffixes=("", "_whole")
    )
    parts["polarity"] = parts["polarity"].where(parts["polarity"] != "", parts["polarity_whole"])
    rows = of_version(ledger, "2008-06").query("target_basis == 'level' and state == 'agreed'")
    rows = rows.merge(parts[["indicator_code", "part", "polarity"]], on=["indicator_code", "part"])
    ahead = (rows["target_value"] - rows["baseline_value"]) * np.where(rows["polarity"] == "lower_is_better", -1, 1)
    assert (ahead > 0).mean() > 0.85
    last = rows.assign(ahead=ahead).query("period_label == '2010/11'")
    behind = ledger["planted"].query("kind == 'target_met_at_baseline' and file.str.contains('2008-06')")
    equal = ledger["planted"].query("kind == 'target_equals_baseline' and file.str.contains('2008-06')")
    assert set(map(tuple, last[last["ahead"] < 0][["area_code", "indicator_code"]].to_numpy())) <= pairs(behind)
    assert pairs(last[last["ahead"] == 0]) == pairs(equal[equal["indicator_code"].isin(last["indicator_code"])])
    assert len(behind)
    assert len(equal)


def pairs(rows: pd.DataFrame) -> set[tuple[str, str]]:
    return set(map(tuple, rows[["area_code", "indicator_code"]].to_numpy()))


def test_placeholders_are_filled_deferred_ones_wait_and_key_stage_3_is_withdrawn(ledger):
    signed, refreshed = of_version(ledger, "2008-06"), of_version(ledger, "2009-03")
    waiting = pairs(signed[signed["state"] == "placeholder"]) - pairs(signed[signed["state"] == "deferred"])
    still = pairs(refreshed[refreshed["state"] == "placeholder"])
    assert len(waiting) > 5
    assert not waiting & still
    assert signed.query("state == 'deferred'")["period_label"].unique().tolist() == ["2008/09"]
    assert set(signed.query("state == 'deferred'")["indicator_code"]) <= {"NI 032", "NI 054"}
    ended = read_seed("framework/statutory_education_targets").query("is_withdrawn == 'true'")["indicator_code"]
    assert set(refreshed[refreshed["indicator_code"].isin(ended)]["state"]) == {"withdrawn"}
    assert "withdrawn" not in set(signed["state"])
    frozen = refreshed.query("state == 'frozen'")
    assert len(frozen)
    assert frozen["target_value"].notna().all()


def test_surveys_have_a_target_of_2010_only_and_statutory_ones_come_a_year_at_a_time(ledger):
    rows = ledger["targets"]
    assert set(rows.query("indicator_code == 'NI 001'")["period_label"]) == {"2010/11"}
    by_law = rows.query("commitment_type == 'statutory' and state == 'agreed'")
    count = by_law.groupby(["file", "area_code", "indicator_code"]).size().groupby("file").max()
    assert count.tolist() == [1, 2, 3]


def test_bases_of_targets(ledger):
    rows = ledger["targets"]
    changes = rows.query("indicator_code in ['NI 112', 'NI 186']")
    assert set(changes["part"]) == {"percent_change"}
    assert set(changes["target_basis"]) == {"percent_change"}
    labels = changes.dropna(subset=["base_period_label"]).groupby("indicator_code")["base_period_label"].unique()
    assert {code: list(own) for code, own in labels.items()} == {"NI 112": ["1998"], "NI 186": ["2005"]}
    assert set(changes["baseline_value"].dropna()) == {0}
    assert set(rows.query("indicator_code == 'NI 007'")["target_basis"]) == {"significant_change"}
    assert set(rows.query("indicator_code == 'NI 188'")["target_basis"]) == {"ordinal"}
    grades = rows.query("target_basis == 'ordinal'")["target_value"].dropna()
    assert (grades == grades.round()).all()
    relative = rows.query("target_basis == 'relative'")
    assert set(relative["file"]) == {"LAA_targets_2010-03_illustrative.xlsx"}
    assert set(relative["comparator_code"]) == {ENGLAND}
    assert set(relative["period_label"]) == {"2010/11"}


def test_a_rank_is_to_be_nearer_the_best_of_all_councils_than_at_the_baseline(ledger):
    ranked = ledger["targets"].query("target_basis == 'rank' and target_value.notna()")
    assert set(ranked["indicator_code"]) == {"NI 192", "NI 193"}
    levels = ledger["targets"].query("indicator_code == 'NI 192' and target_basis == 'level'")
    assert len(levels)
    councils = made_up_outturns(pd.concat([laa_areas()[["area_code"]], pd.DataFrame({"area_code": [ENGLAND]})]))
    councils = councils[councils["area_code"] != ENGLAND]
    for row in ranked.itertuples():
        these = (councils["indicator_code"] == row.indicator_code) & (councils["period_label"] == row.base_period_label)
        ahead = councils.loc[these, "value"] - row.baseline_value
        place = 1 + ((ahead > 0) if row.indicator_code == "NI 192" else (ahead < 0)).sum()
        assert row.target_value in range(1, place + 1)
        assert row.target_value < place or place == 1


def test_reward_is_for_designated_targets_and_one_area_takes_teenage_pregnancy_out(ledger):
    rows = ledger["targets"].query("commitment_type == 'designated' and indicator_code == 'NI 112'")
    out = rows[~rows["reward_eligible"].astype(bool) & ~rows["decision"].str.startswith("Withdrawn")]
    assert out["area_code"].nunique() == 1
    assert set(out["file"]) == {"LAA_targets_2010-03_illustrative.xlsx"}
    others = ledger["targets"].query("commitment_type != 'designated'")
    assert not others["reward_eligible"].any()


def test_new_councils_take_over_the_agreement_and_old_ones_stop(ledger):
    signed, refreshed = of_version(ledger, "2008-06"), of_version(ledger, "2009-03")
    durham, county_durham = "E10000010", "E06000047"
    assert {durham} == {durham, county_durham} & set(signed["area_code"])
    assert {county_durham} == {durham, county_durham} & set(refreshed["area_code"])
    for successor, predecessor in ((county_durham, durham), ("E06000055", "E10000001"), ("E06000056", "E10000001")):
        before = set(signed[signed["area_code"] == predecessor]["indicator_code"])
        assert set(refreshed[refreshed["area_code"] == successor]["indicator_code"]) == before
    ended = of_version(ledger, "2009-04", "partnerships").query(f"area_code == '{durham}'")
    assert set(ended["valid_to"]) == {"2009-03-31"}
    assert durham not in set(of_version(ledger, "2010-04", "partnerships")["area_code"])


def test_some_targets_are_re_set_at_a_refresh_for_years_still_ahead(ledger):
    key = ["area_code", "indicator_code", "part", "commitment_type", "period_label"]
    before, after = (
        of_version(ledger, v).query("target_basis == 'level'").set_index(key)["target_value"]
        for v in ("2009-03", "2010-03")
    )
    both = pd.concat([before, after], axis=1, keys=["before", "after"]).dropna()
    changed = both[both["before"] != both["after"]]
    assert 0.02 < len(changed) / len(both) < 0.3
    assert set(changed.index.get_level_values("period_label")) == {"2010/11"}


def test_every_partnership_and_organisation_named_is_delivered_with_it_or_before(ledger):
    for version, of in (("2008-06", "2008-06"), ("2009-03", "2009-04"), ("2010-03", "2010-04")):
        boards = set(of_version(ledger, of, "partnerships")["partnership_code"])
        members = set(of_version(ledger, of, "organisations")["organisation_code"])
        targets = of_version(ledger, version)
        assert set(targets["partnership_code"]) <= boards
        assert set(targets["organisation_code"]) <= members
        for kind in ("responsibilities", "plan_links"):
            rows = of_version(ledger, of, kind)
            assert set(rows["partnership_code"]) <= boards
            assert set(rows["organisation_code"]) <= members
        plans = of_version(ledger, of, "plans")
        assert set(of_version(ledger, of, "plan_links")["plan_code"]) <= set(plans["plan_code"])
        parents = plans.query("plan_type == 'corporate_plan_objective'")["parent_plan_code"]
        assert set(parents) <= set(plans.query("plan_type == 'community_strategy_pledge'")["plan_code"])
    assert set(ledger["return_register"]["partnership_code"]) <= set(ledger["partnerships"]["partnership_code"])


def test_every_area_has_an_lsp_with_four_to_seven_thematic_partnerships(ledger):
    rows = of_version(ledger, "2008-06", "partnerships")
    count = rows.groupby(["area_code", "partnership_type"]).size().unstack()
    assert (count["local_strategic_partnership"] == 1).all()
    assert count["thematic_partnership"].between(4, 7).all()
    assert count["thematic_partnership"].nunique() > 1


def test_some_responsibilities_pass_to_others_in_2010(ledger):
    rows = of_version(ledger, "2010-04", "responsibilities")
    ended = rows[rows["valid_to"] != ""]
    assert 0 < len(ended) < len(rows) / 10
    assert set(ended["valid_to"]) == {"2010-03-31"}
    assert (rows["valid_from"] == "2010-04-01").sum() >= len(ended)


def test_returns_late_missing_and_received(ledger):
    register, planted = ledger["return_register"], ledger["planted"]
    for kind, which in (
        ("late_return", register["received_on"] > register["due_on"]),
        ("missing_return", register["received_on"].isna()),
    ):
        found = register[which.fillna(False)]
        meant = planted[planted["kind"] == kind]
        assert set(zip(found["partnership_code"], found["round_label"], strict=True)) == set(
            zip(meant["partnership_code"], meant["round_label"], strict=True)
        )
        assert len(meant)
    came = register.dropna(subset=["received_on"]).set_index(["partnership_code", "round_label"])["returns_due"]
    sent = ledger["returns"].groupby(["partnership_code", "round_label"]).size()
    assert sent.to_dict() == came[came > 0].to_dict()


def test_returns_are_about_designated_targets_of_the_day_with_one_to_three_actions(ledger):
    designated = ledger["targets"].query("commitment_type == 'designated'")
    assert pairs(ledger["returns"]) <= pairs(designated)
    key = ["area_code", "indicator_code", "part", "round_label"]
    count = ledger["actions"].groupby(key).size()
    assert count.between(1, 3).all()
    assert len(count) == len(ledger["returns"])
    assert set(ledger["returns"]["self_assessed_status"]) == {"on_target", "near_target", "off_target"}
    assert set(ledger["actions"]["state"]) == {"planned", "in_progress", "completed", "overdue", "failed"}


def test_slips_are_where_the_edition_says_and_nowhere_else(ledger):
    planted = ledger["planted"].set_index("kind")
    signed = of_version(ledger, "2008-06")
    far = planted.loc[["target_outside_series"]].iloc[0]
    rows = signed[(signed["area_code"] == far["area_code"]) & (signed["indicator_code"] == far["indicator_code"])]
    others = signed[(signed["area_code"] != far["area_code"]) & (signed["indicator_code"] == far["indicator_code"])]
    assert rows["target_value"].min() > 3 * others["target_value"].max()
    quarters = signed[signed["base_period_label"].fillna("").str.contains(" Q")]
    assert pairs(quarters) == pairs(planted.loc[["quarter_against_year"]])
    assert "NI 299" not in set(signed["indicator_code"])
    assert not of_version(ledger, "2009-03")["base_period_label"].fillna("").str.contains(" Q").any()


def test_arrows_are_given_where_every_year_goes_one_way(ledger):
    arrows = ledger["returns"]["self_assessed_direction"]
    assert set(arrows.dropna()) <= {"improved", "deteriorated"}
    assert arrows.isna().mean() > 0.5
    # of figures within the year, and of changes from a base year, the newest may go another way than the years
    part = ["indicator_code", "part"]
    yearly = set(map(tuple, parts().query("frequency == 'annual'")[part].to_numpy()))
    assert set(map(tuple, ledger["returns"].loc[arrows.notna(), part].to_numpy())) <= yearly


def test_offices_view_every_return_and_most_are_agreed_on(ledger):
    rows, sent = ledger["agreed_statuses"], ledger["returns"]
    key = ["area_code", "indicator_code", "part", "round_label"]
    assert not rows.duplicated(key).any()
    assert set(map(tuple, rows[key].to_numpy())) <= set(map(tuple, sent[key].to_numpy()))
    both = rows.merge(sent, on=key)
    assert 0.6 < (both["office_view"] == both["self_assessed_status"]).mean() < 0.95
    assert 0.1 < rows["agreed_status"].isna().mean() < 0.3
    assert (rows["agreed_status"].isna() == rows["agreed_reason"].isna()).all()
    assert (rows["agreed_status"].isna() == rows["agreed_on"].isna()).all()


def test_inspectorates_send_what_they_judged_and_correct_some_of_it(edition):
    files, ledger = edition
    rows = ledger["inspections"]
    days = [(file.published_on, file.received_on) for file in files if file.feed == "inspectorates_judgements"]
    assert [late for late in days if late[0] != late[1]] == [(date(2010, 12, 9), date(2011, 1, 13))]
    assert ledger["planted"].query("kind == 'late_delivery'")["file"].str.contains("2010-12").tolist() == [True]
    key = KINDS["inspections"].key
    assert not rows.duplicated([*key, "file"]).any()
    again = rows[rows.duplicated([*key], keep=False)].groupby([*key], sort=False)
    assert set(again.size()) == {2}
    assert (again["judgement"].nunique() == 2).all()
    known = read_seed("framework/inspection_judgements")[["assessment", "judgement"]]
    pairs_known = set(map(tuple, known.to_numpy()))
    assert set(map(tuple, rows[["assessment", "judgement"]].to_numpy())) <= pairs_known


def test_no_flag_stands_where_an_area_has_none_and_only_there(ledger):
    rows = ledger["inspections"].query("assessment == 'area_assessment'")
    flagged = rows.groupby("area_code")["judgement"].agg(set)
    assert set().union(*flagged) == {"green_flag", "red_flag", "no_flag"}
    assert all(said == {"no_flag"} or "no_flag" not in said for said in flagged)
    assert len(flagged) == laa_areas()["in_laa_2009"].sum()


HOSTILE = {"lsp_returns": ("returns", "commentary"), "inspectorates_judgements": ("inspections", "summary")}


@pytest.mark.parametrize("feed", HOSTILE)
def test_hostile_text_is_in_one_row_and_arrives_as_it_was(edition, feed):
    files, ledger = edition
    kind, column = HOSTILE[feed]
    planted = ledger["planted"].query("kind == 'hostile_text' and feed == @feed")
    assert len(planted) == 1
    file = next(file for file in files if file.name == planted["file"].iloc[0])
    landed, _ = read(load_feeds()[feed], Received(file.content, file.name))
    said = landed[kind][column].fillna("")
    hostile = said[said.str.startswith("=HYPERLINK(")]
    assert len(hostile) == 1
    for piece in (
        "<script>alert(1)</script>",
        "'; DROP TABLE",
        "\u202e",
        "\n",
        words()["returns"]["hostile"]["word"] * 40,
    ):
        assert piece in hostile.iloc[0]


def test_returns_hold_quotation_marks_and_line_ends(ledger):
    said = ledger["returns"]["commentary"].iloc[1:]
    assert said.str.contains('"').any()
    assert said.str.contains("\n").any()


def test_words_speak_of_known_indicators_and_posts_only():
    known = set(read_seed("framework/indicators").query("framework == 'NI'")["indicator_code"])
    said = words()
    assert set(topics()) == known
    assert {code for codes in said["leads"].values() for code in codes} <= known
    assert set(said["leads"]) | {"council"} <= set(said["posts"]) & set(said["organisations"])
    assert (
        set(said["themes"])
        == set(said["posts"]["council"])
        == set(read_seed("framework/indicators").query("framework == 'NI'")["theme"])
    )


def test_popularity_is_of_known_indicators_and_says_where_it_is_from():
    rows = pd.read_csv("sources/demo/popularity.csv")
    assert set(rows["indicator_code"]) <= set(read_seed("framework/indicators")["indicator_code"])
    assert rows["laas_choosing_of_150"].between(0, 150).all()
    assert rows["source"].notna().all()
    assert set(rows["verification"]) == {"sourced", "unverified"}


@pytest.mark.parametrize(
    ("ends", "year"),
    [
        (date(2008, 12, 31), 2008),
        (date(2009, 3, 31), 2008),
        (date(2009, 8, 31), 2008),
        (date(2009, 10, 15), 2008),
        (date(2009, 12, 31), 2009),
    ],
)
def test_the_target_year_of_a_period(ends, year):
    assert target_year(pd.Series([ends])).tolist() == [year]
