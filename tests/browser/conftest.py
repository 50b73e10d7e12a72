"""A real Chromium on the site of the illustrative edition.

Belongs here: the browser and the choice of one page of every kind. Does not belong here: building (tests/conftest.py
provides `illustrative_home`).
"""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "No Chromium was found on this machine, so the pages were not tested in a browser. Install the package `chromium`, "
    "or set HUB_NO_BROWSER=1 to leave these tests out."
)


@pytest.fixture(scope="session")
def chromium():
    """One running browser for the session; without one the tests fail, unless they were left out on purpose."""
    if os.environ.get("HUB_NO_BROWSER") == "1":
        pytest.skip("left out: HUB_NO_BROWSER=1 says that this machine has no browser")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail(MISSING, pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium):
    """Open tabs of a given width, with or without JavaScript; all are closed after the test."""
    contexts = []

    def open_tab(width=1280, *, javascript=True):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript))
        return contexts[-1].new_page()

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def built_site(illustrative_home) -> Path:
    """Folder of the built site."""
    return Path(illustrative_home) / "published" / "site"


@pytest.fixture(scope="session")
def kinds(built_site) -> dict[str, Path]:
    """One page of every kind, the fullest where there are many."""

    def fullest(folder, keep=lambda path: True):
        found = [path for path in (built_site / folder).glob("*.html") if path.name != "index.html" and keep(path)]
        return max(found, key=lambda path: (path.stat().st_size, path.name))

    fixed = (
        "index",
        "404",
        "about",
        "accessibility",
        "data",
        "quality",
        "ni/index",
        "area/index",
        "go/index",
        "psa/index",
        "lineage/index",
    )
    pages = {name: built_site / f"{name}.html" for name in fixed}
    pages["indicator"] = fullest("ni", lambda path: "--" not in path.name)
    pages["indicator without data"] = min((built_site / "ni").glob("ni-*.html"), key=lambda path: path.stat().st_size)
    pages["lineage"] = fullest("lineage")
    pages["proof"] = fullest("proof", lambda path: "." not in path.stem)
    pages["proof of a roll-up"] = fullest("proof", lambda path: "." in path.stem)
    return pages | {"area": fullest("area"), "office": fullest("go"), "agreement": fullest("psa")}
