"""The edition as bytes: what the seed, the scale and the rounds change of it, and what they do not."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sources import demo
from sources.demo.edition import Made, deliveries
from sources.demo.geography import Geography
from sources.demo.schedule import Preset, printed, rounds
from sources.landing import land, prepare
from sources.parquet import read_parquet
from sources.registry import load_feeds

NORTH_EAST = "E12000001"
KEY = ["indicator_code", "part", "area_code", "period_label", "period_basis", "dimensions"]
NUMBERS = ["value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect"]
SMALL = [feed for feed, how in printed().items() if how.small_areas]
# one region, and indicators of every shape of CSV with small areas, of a workbook, of a pair and of an old format
FEW = Preset(
    regions=(NORTH_EAST,),
    indicators=("NI 014", "NI 015", "NI 039", "NI 111", "NI 117", "NI 136", "NI 156", "NI 180", "NI 186"),
    rounds=3,
)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listed(folder: Path) -> list[dict[str, str]]:
    with (folder / "arrivals.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("edition") / "out"
    demo.write_edition(folder, FEW)
    return folder


def contents(made: Iterable[Made]) -> dict[str, bytes]:
    return {file.name: file.content for one in made for file in one.files}


def days(made: Iterable[Made]) -> dict[str, date]:
    return {file.name: file.published_on for one in made for file in one.files}


@pytest.fixture(scope="module")
def once() -> list[Made]:
    return list(deliveries(FEW, demo.SEED, 1))


@pytest.fixture(scope="module")
def twofold() -> list[Made]:
    """The same with one small area under each council."""
    return list(deliveries(FEW, demo.SEED, 2))


def test_the_same_seed_gives_the_same_bytes(written, tmp_path):
    count = demo.write_edition(tmp_path / "again", FEW)
    assert tree(tmp_path / "again") == tree(written)
    assert count == len(listed(written)) == len(tree(written)) - 2  # arrivals.csv and fingerprint


def test_another_seed_gives_other_figures_under_the_same_names(once):
    mine, other = contents(once), contents(deliveries(FEW, 1, 1))
    assert set(other) == set(mine)
    assert [name for name in mine if mine[name] == other[name] and not name.endswith(".meta.csv")] == []


def test_rounds_cut_the_edition_off(once):
    ends = rounds(2)["ends_on"].iloc[-1]
    early = {name: content for name, content in contents(once).items() if days(once)[name] <= ends}
    assert contents(deliveries(FEW.model_copy(update={"rounds": 2}), demo.SEED, 1)) == early
    assert 0 < len(early) < len(contents(once))


def test_nothing_is_published_after_the_last_round(written):
    ends = rounds(FEW.rounds)["ends_on"].iloc[-1]
    published = [date.fromisoformat(row["published_on"]) for row in listed(written)]
    assert len(published) > 10
    assert max(published) <= ends


def test_every_file_says_that_it_is_illustrative_and_none_is_passed_over(written, once):
    for path in tree(written):
        assert "illustrative" in path or path in ("arrivals.csv", "fingerprint")
    assert {load_feeds()[made.feed].folder for made in once} <= {path.name for path in written.iterdir()}


def test_small_areas_change_nothing_of_the_others(once, twofold):
    """Files without small areas are the same bytes at every scale; the others have the same figures and more."""
    more = [made for made in twofold if made.feed != "ons_small_areas"]
    assert [made.feed for made in once] == [made.feed for made in more]
    for one, two in zip(once, more, strict=True):
        pd.testing.assert_frame_equal(one.cells, two.cells)
        assert [file.name for file in one.files] == [file.name for file in two.files]
        if one.feed not in SMALL:
            assert one.files == two.files
        elif one.lands:
            lines = [file.content.splitlines() for file in one.files]
            assert lines == [
                file.content.splitlines()[: len(mine)] for file, mine in zip(two.files, lines, strict=True)
            ]


def test_without_small_areas_there_is_no_look_up(written):
    assert not (written / "ons_small_areas").exists()


def test_the_look_up_comes_first_and_names_every_small_area(twofold):
    geography = Geography(FEW.regions, 1)
    first = twofold[0]
    assert first.feed == "ons_small_areas"
    assert first.files[0].received_on <= min(file.received_on for made in twofold for file in made.files)
    assert first.files[0].content.count(b"\r\n") == len(geography.small) + 1 == len(geography.councils) + 1
    small = {code for made in twofold for cells in made.small() for code in cells["area_code"]}
    assert small == set(geography.small["area_code"])


def test_small_areas_are_made_anew_each_time_they_are_asked_for(twofold):
    made = next(made for made in twofold if made.feed == "ic_public_health")
    first, again = (pd.concat(made.small()) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize("feed", SMALL)
def test_small_areas_land_as_meant(feed, twofold, tmp_path):
    """Look-up, then the last delivery of a feed: every cell as the generator meant it, and nothing to warn of."""
    home = tmp_path / "hub"
    prepare(home)
    last = [made for made in twofold if made.feed == feed and made.lands][-1]
    for file in (*twofold[0].files, *last.files):
        (tmp_path / file.name).write_bytes(file.content)
        report = land(
            load_feeds()[file.feed], tmp_path / file.name, home,
            published_on=file.published_on, received_on=file.received_on,
        )  # fmt: skip
        assert report.status == "landed", report.reasons()
        assert [issue for issue in report.issues if issue.severity != "info"] == []
    found = read_parquet(list((home / "landing" / "observations").glob(f"feed={feed}/*.parquet")), "observations")
    meant = pd.concat([last.cells, *last.small()], ignore_index=True)
    both = meant.merge(found, on=KEY, how="outer", suffixes=("", "_told"), indicator=True)
    assert set(both["_merge"]) == {"both"}
    assert both["area_code"].str.startswith("E019").sum() > 20
    for column in NUMBERS:
        assert np.allclose(both[column].astype(float), both[f"{column}_told"].astype(float), equal_nan=True), column
    assert (both["mark"] == both["mark_told"].fillna("")).all()
    assert (both["status"] == both["status_told"]).all()


def test_only_csvs_carry_small_areas(twofold):
    files = chain.from_iterable(made.files for made in twofold if made.feed in SMALL)
    assert {file.name.rpartition(".")[2] for file in files} == {"csv"}
