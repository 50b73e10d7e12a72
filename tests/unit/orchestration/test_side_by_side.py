import os
import signal

import pytest

from orchestration.lib import deliveries
from orchestration.lib.side_by_side import LandingStopped, SideBySide
from orchestration.settings import Settings
from sources import demo, workers
from sources.demo import edition
from sources.demo.schedule import presets
from sources.parquet import read_ledger
from sources.registry import load_feeds

KEYS = ("dclg_affordable_homes", "dfe_exclusions", "ons_conceptions")


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)


@pytest.fixture
def one_core(monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 1)


@pytest.fixture
def specs():
    return [load_feeds()[key] for key in KEYS]


@pytest.fixture
def feeds_dir(specs, tmp_path):
    for spec in specs:
        (tmp_path / "feeds" / spec.folder).mkdir(parents=True, exist_ok=True)
        for made in edition.deliveries(presets()["small"], demo.SEED, 1, spec.key):
            for file in made.files:
                (tmp_path / "feeds" / spec.folder / file.name).write_bytes(file.content)
    return tmp_path / "feeds"


def test_feeds_side_by_side_land_what_one_after_another_lands(two_cores, specs, feeds_dir, tmp_path):
    one, other = (Settings(tmp_path / name, feeds_dir) for name in ("one", "other"))
    expected = {spec.key: told(deliveries.land(spec, one)) for spec in specs}
    landing = SideBySide(other)
    assert {spec.key: told(landing.reports(spec, specs)) for spec in specs} == expected
    assert sum(map(len, expected.values())) >= len(KEYS)
    days = ["received_at"]  # the moment the hub first saw the bytes, where no list of arrivals says it
    ledgers = [read_ledger(home.home).sort_values("delivery_id", ignore_index=True) for home in (one, other)]
    assert ledgers[0].drop(columns=days).equals(ledgers[1].drop(columns=days))


def test_a_feed_of_another_run_begins_by_itself(specs, feeds_dir, tmp_path):
    landing = SideBySide(Settings(tmp_path, feeds_dir))
    first = landing.reports(specs[0], [specs[0]])
    assert [report.status for report in first] == ["landed"]
    assert [report.status for report in landing.reports(specs[0], [specs[0]])] == ["unchanged"]


def test_a_feed_asked_for_again_in_one_run_begins_alone(one_core, specs, tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr(deliveries, "land", lambda spec, *_, **__: begun.append(spec.key) or [])
    landing = SideBySide(Settings(tmp_path))
    for spec in (*specs, specs[0]):
        landing.reports(spec, specs, run="1")
    assert sorted(begun) == sorted([*KEYS, KEYS[0]])
    for spec in specs:
        landing.reports(spec, specs, run="2")
    assert len(begun) == 2 * len(KEYS) + 1


def test_a_landing_process_that_is_killed_is_told_in_a_sentence(two_cores, specs, tmp_path, monkeypatch):
    landing = SideBySide(Settings(tmp_path))
    monkeypatch.setattr(deliveries, "land", _killed)
    for spec in specs:
        with pytest.raises(LandingStopped, match="build again"):
            landing.reports(spec, specs)


def told(reports):
    return [report.as_json() for report in reports]


def _killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
