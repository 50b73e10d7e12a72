"""One illustrative build for all pipeline tests: it costs the better part of a minute."""

import shutil

import pytest

from orchestration import cli
from orchestration.lib.locks import only_one
from orchestration.settings import Settings


@pytest.fixture(scope="session")
def illustrative(tmp_path_factory):
    """A home with the illustrative edition published; read it, never change it. Test processes share it."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    settings = Settings(shared / "illustrative-home")
    with only_one(shared, "illustrative"), pytest.MonkeyPatch.context() as patch:
        if not settings.published.exists():
            patch.setenv("HUB_HOME", str(settings.home))
            patch.delenv("HUB_FEEDS", raising=False)
            assert cli.main(["build"]) == 0
    return settings


@pytest.fixture
def home(illustrative, tmp_path, monkeypatch):
    """A copy of that home to work on, named by HUB_HOME."""
    shutil.copytree(illustrative.home, tmp_path / "home", symlinks=True)
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HUB_FEEDS", raising=False)
    return Settings(tmp_path / "home")
