"""Comparison with England, region and peers: what publishers said themselves, and what must hold of any figures."""

import csv
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import python_calamine
from comparison_world import PEERS, ComparisonWorld
from hypothesis import given, settings
from hypothesis import strategies as st

FRAMEWORK = Path(__file__).parents[2] / "dbt_project" / "seeds" / "framework"
ENGLAND = "E92000001"


def seed(name: str) -> list[dict]:
    with (FRAMEWORK / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def world(illustrative):
    return ComparisonWorld(illustrative.home / "warehouse" / "build.duckdb", illustrative.dbt_target / "compiled")


# -- peers ---------------------------------------------------------------------------------------------------------


def test_neighbours_are_the_published_ones(feeds_dir):
    """Every cell of the list as the department published it, its own old numbers for Dorset and others included."""
    book = python_calamine.CalamineWorkbook.from_path(str(feeds_dir / "neighbours" / "sn_april_2021.xlsx"))
    published = {
        (str(int(row[2])), place + 1, str(int(row[5 + 2 * place])), row[6 + 2 * place])
        for row in book.get_sheet_by_name("LA SN Groups").to_python()[3:]
        if isinstance(row[2], float)
        for place in range(10)
        if isinstance(row[5 + 2 * place], float)
    }
    held = [(row["area_number"], int(row["rank"]), row["peer_number"], row["closeness"]) for row in seed("neighbours")]
    assert len(held) == len(set(held)) == 1560
    assert set(held) == published


def test_variables_are_those_of_the_population_estimates(feeds_dir):
    """Ages and population of every district and single-tier council, from the thousands the file prints."""
    with (feeds_dir / "ons_population" / "LA-pop-by-Snac.csv").open(encoding="utf-8-sig", newline="") as handle:
        head, *rows = csv.reader(handle)
    bands = {
        "population": ["Persons All Ages"],
        "share_under_15": ["Persons 0", "Persons 1-4", "Persons 5-9", "Persons 10-14"],
        "share_65_and_over": [name for name in head if name[:9] in {"Persons 6", "Persons 7", "Persons 8", "Persons 9"}
                              and not name.startswith("Persons 60")],
    }  # fmt: skip
    printed = {
        row[2].strip(): {name: [row[head.index(one)] for one in some] for name, some in bands.items()} for row in rows
    }
    held = {(row["area_code"], row["variable"]): float(row["value"]) for row in seed("area_variables")}
    checked = 0
    for area in seed("areas"):
        if area["tier"] not in ("single", "lower", "upper") or (area["area_code"], "population") not in held:
            continue
        assert held[area["area_code"], "population"] == float(area["population_mid2008"])
        cells = printed.get(area["old_ons_code"])
        if area["tier"] == "upper" or cells is None:
            continue
        thousands = {name: sum(float(text.replace(",", "") or 0) for text in some) for name, some in cells.items()}
        for name in ("share_under_15", "share_65_and_over"):
            share = 100 * thousands[name] / thousands["population"]
            assert held[area["area_code"], name] == pytest.approx(share, abs=0.051), area["area_name"]
        checked += 1
    assert checked == 363


def test_peers_of_the_agreements_are_there_or_said_to_be_missing(illustrative):
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        rows = con.execute(
            "select peer_set, area_code, count(*), count(peer_code) from marts.peer "
            "join marts.dim_area using (area_code) where in_laa_2009 group by all"
        ).fetchall()
        same = con.execute("select count(*) from marts.peer where peer_code = area_code").fetchone()
    by_set = {name: {area: (due, there) for s, area, due, there in rows if s == name} for name, *_ in rows}
    assert {name: len(areas) for name, areas in by_set.items()} == {"statistical_neighbours": 152, "open_peers": 152}
    assert all(due == 10 for areas in by_set.values() for due, _ in areas.values())
    assert all(there == 10 for _, there in by_set["open_peers"].values())
    # those published neighbours that came in 2019 and later
    assert sum(10 - there for _, there in by_set["statistical_neighbours"].values()) > 20
    assert min(there for _, there in by_set["statistical_neighbours"].values()) >= 7
    assert same == (0,)


# -- against what Fingertips says of its own figures -----------------------------------------------------------------


def fingertips(path: Path) -> pd.DataFrame:
    """Totals of a Fingertips file; `series` is what may be compared: one indicator, sex, age and period."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame = frame[frame["Category Type"] == ""].drop_duplicates(["Area Code", "Sex", "Age", "Time period"]).copy()
    frame["series"] = frame["Sex"] + " " + frame["Age"] + " " + frame["Time period"]
    for name, column in {
        "value": "Value", "numerator": "Count", "denominator": "Denominator", "lower_ci": "Lower CI 95.0 limit",
        "upper_ci": "Upper CI 95.0 limit",
    }.items():  # fmt: skip
        frame[name] = pd.to_numeric(frame[column], errors="coerce")
    return frame


def compared(world, frame, per, *, with_limits, regions=()):
    """What the hub makes of a file's figures: one part a series, lower is better."""
    frame = frame.rename(columns={"Area Code": "area_code", "series": "part"})
    kinds = {
        code: "national" if code == ENGLAND else "region" if code in regions else "single"
        for code in frame["area_code"]
    }
    parents = dict(zip(frame["area_code"], frame["Parent Code"], strict=True))
    areas = pd.DataFrame(
        {"area_code": list(kinds), "tier": list(kinds.values()), "region_code": [parents[code] for code in kinds]}
    )
    observations = frame[["area_code", "part", "value", "numerator", "denominator", "lower_ci", "upper_ci"]].assign(
        indicator_code="X", definition_version=1, period_label="p", period_basis="b", dimensions="",
        period_end=date(2011, 3, 31),
    )  # fmt: skip
    if not with_limits:
        observations = observations.assign(lower_ci=None, upper_ci=None)
    indicators = pd.DataFrame(
        {"indicator_code": "X", "part": observations["part"].unique(), "definition_version": 1, "per": per,
         "unit": f"rate_per_{per}", "aggregation_rule": "ratio_of_sums", "is_survey_based": False,
         "polarity": "lower_is_better"}
    )  # fmt: skip
    found = world.compare(areas, indicators, observations)
    return {(row.area_code, row.part, row.comparator): row for row in found.itertuples()}


def said(frame, column: str) -> dict:
    """The publisher's own verdicts, by area and series."""
    words = frame[frame[column].isin(["Better", "Worse", "Similar"]) & (frame["Area Code"] != ENGLAND)]
    return {(row["Area Code"], row["series"]): row[column].lower() for _, row in words.iterrows()}


def test_published_limits_give_the_published_verdicts(world, feeds_dir):
    """Admissions of children for injuries: 1,483 verdicts against England, with the publisher's limits."""
    frame = fingertips(feeds_dir / "ohid_fingertips" / "hospital_admissions_injuries_0_14_utla.csv")
    found = compared(world, frame, 10000, with_limits=True)
    verdicts = said(frame, "Compared to England value or percentiles")
    assert len(verdicts) == 1483
    assert {key: found[(*key, "england")].significance for key in verdicts} == verdicts


def test_byars_limits_are_the_published_ones(world, feeds_dir):
    """Of 2010/11 the counts are printed unrounded, so the hub's own limits must be the publisher's."""
    frame = fingertips(feeds_dir / "ohid_fingertips" / "hospital_admissions_injuries_0_14_utla.csv")
    frame = frame[(frame["Time period"] == "2010/11") & frame["value"].notna()]
    found = compared(world, frame, 10000, with_limits=False)
    councils = frame[frame["Area Code"] != ENGLAND]
    assert len(councils) == 145
    for _, row in councils.iterrows():
        ours = found[row["Area Code"], row["series"], "england"]
        assert ours.interval_method == "byar"
        # z is 1.96 here and 1.959964 there
        assert (ours.lower_limit, ours.upper_limit) == pytest.approx((row["lower_ci"], row["upper_ci"]), rel=1e-5)
    verdicts = said(frame, "Compared to England value or percentiles")
    assert {key: found[(*key, "england")].significance for key in verdicts} == verdicts


def test_verdicts_against_regions_are_the_published_ones(world, feeds_dir):
    """Campylobacter: hub's own limits from the counts, England's and the regions' printed rows as they are."""
    frame = fingertips(feeds_dir / "ohid_fingertips" / "indicators-CountyUA.data.csv")
    regions = set(frame.loc[frame["Area Type"] == "Region", "Area Code"])
    found = compared(world, frame, 100000, with_limits=False, regions=regions)
    for comparator, column in (("england", "England"), ("region", "Region")):
        verdicts = said(frame[~frame["Area Code"].isin(regions)], f"Compared to {column} value or percentiles")
        assert len(verdicts) > 440
        assert {key: found[(*key, comparator)].significance for key in verdicts} == verdicts


# -- what must hold of any figures -----------------------------------------------------------------------------------

COUNTS = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 100), st.booleans()), min_size=2, max_size=14)


def counted(rows):
    """Areas with a share each: (things, percent of them, whether its counts are published)."""
    same = {"indicator_code": "X", "part": "p", "definition_version": 1, "period_label": "p", "period_basis": "b"}
    frame = pd.DataFrame(rows, columns=["denominator", "share", "has_counts"])
    frame["numerator"] = (frame["denominator"] * frame["share"] / 100).round()
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    frame["area_code"] = [f"A{number:02}" for number in range(len(rows))]
    frame.loc[~frame["has_counts"], ["numerator", "denominator"]] = None
    frame = frame.drop(columns=["share", "has_counts"])
    return frame.assign(**same, dimensions="", period_end=date(2010, 3, 31))


def run(world, observations, polarity="higher_is_better"):
    codes = sorted(observations["area_code"])
    areas = pd.DataFrame({"area_code": codes, "tier": "single", "region_code": "R"})
    indicators = pd.DataFrame(
        [{"indicator_code": "X", "part": "p", "definition_version": 1, "per": 100, "unit": "percent",
          "aggregation_rule": "ratio_of_sums", "is_survey_based": False, "polarity": polarity}]
    )  # fmt: skip
    peers = pd.DataFrame(
        [
            {"area_code": codes[0], "peer_set": PEERS, "rank": place, "peer_code": code}
            for place, code in enumerate(codes[1:])
        ]
    )
    return world.compare(areas, indicators, observations, peers)


@given(rows=COUNTS, polarity=st.sampled_from(["higher_is_better", "lower_is_better"]))
@settings(max_examples=10)
def test_a_rank_interval_is_the_pairwise_one_and_holds_the_true_rank(world, rows, polarity):
    """Whatever true values the limits allow, the rank is inside; and no interval is wider than pairs make it."""
    found = run(world, counted(rows), polarity)
    sign = 1 if polarity == "higher_is_better" else -1
    national = found[found["comparator"] == "england"].set_index("area_code")
    ends = {
        code: sorted((sign * row.lower_limit, sign * row.upper_limit)) if pd.notna(row.lower_limit) else None
        for code, row in national.iterrows()
    }
    for code, row in national.iterrows():
        assert row.areas_ranked == len(rows)
        if ends[code] is None:
            assert pd.isna(row.rank_best)
            assert pd.isna(row.rank_worst)
            continue
        others = [other for name, other in ends.items() if name != code and other is not None]
        assert row.rank_best == 1 + sum(least > ends[code][1] for least, _ in others)
        assert row.rank_worst == len(rows) - sum(most < ends[code][0] for _, most in others)
        # one way the truth may be: this area as good as it can be or as bad, the others at the other end
        for own, end in ((ends[code][1], 0), (ends[code][0], 1)):
            true_rank = 1 + sum(other[end] > own for other in others)
            assert row.rank_best <= true_rank <= row.rank_worst
    region = found[found["comparator"] == "region"].set_index("area_code")
    assert region[["rank_best", "rank_worst"]].equals(national[["rank_best", "rank_worst"]])
    peers = found[(found["comparator"] == PEERS) & (found["area_code"] == "A00")].iloc[0]
    if peers.reason is None and ends["A00"] is not None:
        assert (peers.rank_best, peers.rank_worst) == tuple(national.loc["A00", ["rank_best", "rank_worst"]])


@given(rows=COUNTS, data=st.data())
@settings(max_examples=5)
def test_the_order_of_rows_changes_nothing(world, rows, data):
    observations = counted(rows)
    shuffled = observations.loc[data.draw(st.permutations(list(observations.index)))]
    pd.testing.assert_frame_equal(run(world, observations), run(world, shuffled))


@given(rows=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 100)), min_size=6, max_size=12))
@settings(max_examples=5)
def test_peers_split_in_two_are_worth_the_same(world, rows):
    """A ratio of sums asks how many people there are, not into how many councils they are put."""
    whole = counted([(2 * base, share, True) for base, share in rows])
    halves = whole[whole["area_code"] != "A00"].assign(
        numerator=lambda frame: frame["numerator"] / 2, denominator=lambda frame: frame["denominator"] / 2
    )
    split = pd.concat([whole[whole["area_code"] == "A00"], halves, halves.assign(area_code="B" + halves["area_code"])])
    pick = ["comparator_value", "comparator_lower", "comparator_upper", "significance"]
    once, twice = (
        found[(found["area_code"] == "A00") & (found["comparator"] == PEERS)][pick].reset_index(drop=True)
        for found in (run(world, whole), run(world, split.reset_index(drop=True)))
    )
    pd.testing.assert_frame_equal(once, twice, rtol=1e-9)


# -- what is published -----------------------------------------------------------------------------------------------


def test_peers_figures_are_made_of_the_published_figures(illustrative):
    """Every comparison with peers can be made again by hand from the other tables of the file."""
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        wrong, checked = con.execute("""
            with again as (
                select c.area_code, c.indicator_code, c.part, c.comparator, c.method, c.comparator_value, c.peers_in,
                    any_value(i.per) * sum(o.numerator) / sum(o.denominator) as ratio, median(o.value) as middle,
                    count(*) as peers
                from marts.comparison c
                join marts.peer p on c.area_code = p.area_code and c.comparator = p.peer_set
                join marts.fct_observation_current o on p.peer_code = o.area_code
                    and o.indicator_code = c.indicator_code and o.part = c.part and o.period_label = c.period_label
                    and o.period_basis = c.period_basis and o.definition_version = c.definition_version
                    and o.dimensions = '' and o.value is not null and o.mark is distinct from 'combined_area'
                join marts.dim_indicator i on c.indicator_code = i.indicator_code and c.part = i.part
                    and c.definition_version = i.definition_version
                where c.comparator_value is not null
                group by all)
            select count(*) filter (peers <> peers_in or abs(
                case method when 'ratio_of_sums' then ratio when 'median' then middle end - comparator_value
            ) > 1e-9 * greatest(1, abs(comparator_value))), count(*) from again""").fetchone()
        methods = {row[0] for row in con.execute("select distinct method from marts.comparison").fetchall()}
        said = {row[0] for row in con.execute("select distinct significance from marts.comparison").fetchall()}
        columns = [row[0] for row in con.execute("describe marts.comparison").fetchall()]
    assert (wrong, checked > 200) == (0, True)
    assert methods >= {"published", "rolled_up", "ratio_of_sums", "median"}
    assert said >= {"better", "worse", "similar", "not_comparable"}
    assert "rank" not in columns
    assert not [name for name in columns if "score" in name]
