from datetime import date

import pandas as pd
import pytest

from orchestration.lib import deliveries
from orchestration.settings import Settings
from sources.parquet import write_parquet
from sources.registry import load_feeds

SPEC = load_feeds()["decc_local_co2"]
FILE = "any.csv"


@pytest.fixture
def home(tmp_path):
    for folder in (tmp_path / "illustrative" / SPEC.folder, tmp_path / "feeds" / SPEC.folder):
        folder.mkdir(parents=True)
        (folder / FILE).write_text("x")
    return tmp_path


def ledger(home, edition, status="landed"):
    row = {"feed": SPEC.key, "delivery_id": "d", "status": status, "edition": edition}
    write_parquet(pd.DataFrame([row]), "deliveries", home / "landing" / "deliveries" / f"feed={SPEC.key}" / "d.parquet")


def editions(home, feeds=None):
    return [delivery.edition for delivery in deliveries.waiting(SPEC, Settings(home, feeds))]


def test_an_empty_home_shows_the_illustrative_edition(home):
    assert editions(home) == ["Illustrative data"]
    ledger(home, "Illustrative data")
    assert editions(home) == ["Illustrative data"]


def test_a_named_folder_is_taken_instead(home):
    assert editions(home, home / "feeds") == ["published"]


def test_made_up_data_never_comes_beside_real(home):
    ledger(home, "published")
    assert editions(home) == []


def test_a_file_in_any_inbox_ends_the_illustrative_edition(home):
    inbox = home / "inbox" / "ons_conceptions"
    inbox.mkdir(parents=True)
    (inbox / "x.xls").write_text("x")
    assert editions(home) == []
    assert not deliveries.illustrative_is_used(Settings(home))


def test_refused_files_are_no_real_data(home):
    ledger(home, "published", "quarantined")
    assert not deliveries.real_has_landed(Settings(home))


def test_an_edition_written_by_hub_demo_counts_when_its_folder_is_named(home):
    settings = Settings(home, home / "feeds")
    name = "UK_local_and_regional_CO2_emissions_illustrative.csv"
    row = {"feed": SPEC.key, "delivery_id": "d", "status": "landed", "edition": "Illustrative data", "file_name": name}
    write_parquet(pd.DataFrame([row]), "deliveries", home / "landing" / "deliveries" / f"feed={SPEC.key}" / "d.parquet")
    assert not deliveries.named_has_landed(settings)
    (home / "feeds" / SPEC.folder / name).write_text("x")
    assert deliveries.named_has_landed(settings)
    assert not deliveries.named_has_landed(Settings(home))


def test_a_file_no_feed_claims_is_named(home):
    (home / "feeds" / SPEC.folder / "notes.txt").write_text("x")
    (home / "feeds" / "elsewhere").mkdir()
    (home / "feeds" / "elsewhere" / "other.csv").write_text("x")
    assert deliveries.unclaimed(Settings(home, home / "feeds")) == [f"{SPEC.folder}/notes.txt"]
    assert deliveries.unclaimed(Settings(home)) == []


def test_a_list_of_arrivals_dates_and_orders_both_editions(home):
    for folder in (home / "illustrative", home / "feeds"):
        (folder / SPEC.folder / "early.csv").write_text("y")
        listed = f"{SPEC.folder}/{FILE},2009-06-01,2009-07-02\n{SPEC.folder}/early.csv,,2009-06-30\n"
        (folder / "arrivals.csv").write_text("path,published_on,received_on\n" + listed)
    for feeds in (None, home / "feeds"):
        found = deliveries.waiting(SPEC, Settings(home, feeds))
        assert [(d.path.name, d.published_on, d.received_on) for d in found] == [
            ("early.csv", None, date(2009, 6, 30)),
            (FILE, date(2009, 6, 1), date(2009, 7, 2)),
        ]
    assert deliveries.unread_arrivals(Settings(home, home / "feeds")) == ""


def test_a_list_of_arrivals_that_cannot_be_read_is_told(home):
    (home / "feeds" / "arrivals.csv").write_text("file\n")
    assert [d.received_on for d in deliveries.waiting(SPEC, Settings(home, home / "feeds"))] == [None]
    assert "column 'path' is missing" in deliveries.unread_arrivals(Settings(home, home / "feeds"))
