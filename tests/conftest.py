"""Fixtures every test may use: the publishers' real files and a home to land them in."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from orchestration import cli
from orchestration.lib.locks import only_one
from orchestration.settings import Settings

# Tests never depend on timing, and CI must say the same thing twice.
hypothesis.settings.register_profile("hub", deadline=None, derandomize=True)
hypothesis.settings.load_profile("hub")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def feeds_dir() -> Path:
    """The publishers' files, read where they stand; tests that need them say plainly when they are not there."""
    path = Path(os.environ.get("HUB_TEST_FEEDS", ROOT.parent / "shared" / "feeds"))
    if not path.is_dir():
        pytest.skip(f"the publishers' files are not at {path}; set HUB_TEST_FEEDS to their folder")
    return path


@pytest.fixture(scope="session")
def illustrative(tmp_path_factory):
    """A home with the illustrative edition published; read it, never change it. Test processes share it."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    settings = Settings(shared / "illustrative-home", preset="small")
    with only_one(shared, "illustrative"), pytest.MonkeyPatch.context() as patch:
        if not settings.published.exists():
            patch.setenv("HUB_HOME", str(settings.home))
            patch.setenv("HUB_PRESET", settings.preset)
            patch.delenv("HUB_FEEDS", raising=False)
            assert cli.main(["build"]) == 0
    return settings


@pytest.fixture(scope="session")
def illustrative_home(illustrative) -> Path:
    """That home as a path: published/hub.duckdb and published/site are in it."""
    return illustrative.home
