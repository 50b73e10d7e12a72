"""Fixtures every test may use: the publishers' real files and a home to land them in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def feeds_dir() -> Path:
    """The publishers' files, read where they stand; tests that need them say plainly when they are not there."""
    path = Path(os.environ.get("HUB_TEST_FEEDS", ROOT.parent / "shared" / "feeds"))
    if not path.is_dir():
        pytest.skip(f"the publishers' files are not at {path}; set HUB_TEST_FEEDS to their folder")
    return path
