import os
from datetime import date

import pytest

from orchestration.lib import inbox
from orchestration.settings import Settings

FEED = "dclg_affordable_homes"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "inbox" / FEED
    place.mkdir(parents=True)
    return place


def test_a_file_is_told_once_and_only_when_it_has_stopped_growing(tmp_path, folder):
    settings = Settings(tmp_path)
    file = folder / "homes.csv"
    file.write_text("half")
    found, seen = inbox.look(settings, {})
    assert found == []
    file.write_text("half and half")
    os.utime(file, ns=(1, 1))
    found, seen = inbox.look(settings, seen)
    assert found == []
    found, seen = inbox.look(settings, seen)
    assert [(one.feed, one.path.name) for one in found] == [(FEED, "homes.csv")]
    found, seen = inbox.look(settings, seen)
    assert found == []
    file.write_text("another revision")
    _, seen = inbox.look(settings, seen)
    found, _ = inbox.look(settings, seen)
    assert len(found) == 1


def test_a_file_of_the_named_folder_is_of_the_day_its_list_says(tmp_path):
    folder = tmp_path / "feeds" / "dclg_housing"
    folder.mkdir(parents=True)
    (folder / "affordable.csv").write_text("x")
    listed = "path,published_on,received_on\ndclg_housing/affordable.csv,2009-01-02,2009-01-05\n"
    (tmp_path / "feeds" / "arrivals.csv").write_text(listed)
    settings = Settings(tmp_path / "home", tmp_path / "feeds")
    _, seen = inbox.look(settings, {})
    found, _ = inbox.look(settings, seen)
    assert [one.day for one in found] == [date(2009, 1, 5)]
