"""A real Chromium on the site of the illustrative edition.

Belongs here: the browser and the choice of one page of every kind. Does not belong here: building (tests/conftest.py
provides `illustrative_home`).
"""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

import sitegen
from orchestration.lib import diff, manifest

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


HARM = """
    update hub.marts.fct_observation_current set value = value + 1 where source_row % 50 = 0;
    delete from hub.marts.fct_observation_current where source_row % 77 = 0;
    update hub.marts.fct_target set target_value = target_value + 1 where source_row % 20 = 0;
    update hub.marts.bridge_partnership_indicator set organisation_code = 'X' where source_row % 90 = 0"""


@pytest.fixture(scope="session")
def released_site(illustrative_home, tmp_path_factory) -> Path:
    """The same site with two frozen releases listed, the first as if it had held other figures."""
    new, folder = Path(illustrative_home) / "published" / "hub.duckdb", tmp_path_factory.mktemp("released")
    for number, name in enumerate(("2009-Q1", "2009-Q1.1"), start=1):
        (folder / name).mkdir()
        told = {"name": name, "number": number, "supersedes": "2009-Q1" if number == 2 else "", "signed": None}
        told |= {"reason": "A publisher sent its figures again.", "code": manifest.code()}
        manifest.write(folder / name, told | manifest.facts(new))
    old = Path(shutil.copy(new, folder / "2009-Q1" / "hub.duckdb"))
    with duckdb.connect() as con:
        con.execute(f"attach '{old}' as hub")
        con.execute(HARM)
    with diff.compare(old, new) as con:
        diff.write_csv(con, folder / "2009-Q1.1" / "changes.csv")
    (folder / "site").mkdir()
    sitegen.build(new, folder / "site", frozen=[folder / "2009-Q1", folder / "2009-Q1.1"])
    return folder / "site"


@pytest.fixture(scope="session")
def kinds(built_site, released_site) -> dict[str, Path]:
    """One page of every kind, the fullest where there are many."""

    def fullest(folder, keep=lambda path: True, pattern="*.html"):
        found = [path for path in (built_site / folder).glob(pattern) if path.name != "index.html" and keep(path)]
        return max(found, key=lambda path: (path.stat().st_size, path.name))

    fixed = (
        "index",
        "404",
        "about",
        "accessibility",
        "data",
        "licences",
        "quality",
        "ni/index",
        "area/index",
        "area/map",
        "go/index",
        "psa/index",
        "lineage/index",
        "releases/calendar",
        "laa/index",
        "partnership/index",
        "exceptions/index",
        "rules",
        "forecasts",
        "search",
        "compare/index",
        "glossary",
        "methods/index",
        "methods/status",
        "revisions/index",
        "audit/index",
        "as-at/index",
    )
    pages = {name: built_site / f"{name}.html" for name in fixed}
    pages["indicator"] = fullest("ni", lambda path: "--" not in path.name and "." not in path.stem)
    pages["regions of an indicator"] = fullest("ni", pattern="*.regions.html")
    pages["other areas of an indicator"] = fullest("ni", pattern="*.*-*.html")
    pages["map of an indicator"] = fullest("ni", pattern="*.map.html")
    pages["area by theme"] = fullest("area", lambda path: "." in path.stem)
    pages["quality of a feed"], pages["calendar of a year"] = (
        fullest("quality"),
        fullest("releases", pattern="calendar-*.html"),
    )
    pages["indicator without data"] = min((built_site / "ni").glob("ni-*.html"), key=lambda path: path.stat().st_size)
    pages["lineage"] = fullest("lineage")
    pages["releases"] = released_site / "releases" / "index.html"
    pages["changes"] = released_site / "releases" / "2009-Q1..2009-Q1.1.html"
    pages["proof"] = fullest("proof", lambda path: "." not in path.stem)
    pages["proof of areas"] = fullest("proof", lambda path: ".E12" in path.stem)
    pages["proof of a roll-up"] = fullest("proof", lambda path: "." in path.stem and ".E12" not in path.stem)
    pages["target"] = fullest("laa", pattern="*/*.html")
    pages["target without a status"] = min(
        (built_site / "laa").glob("*/*.html"), key=lambda path: (path.stat().st_size, path.as_posix())
    )
    pages["audit"], pages["as at"] = fullest("audit"), fullest("as-at")
    pages["revision"] = fullest("revisions", lambda path: "." not in path.stem, "ni-*.html")
    pages["revisions of a region"] = fullest("revisions", lambda path: "." in path.stem)
    pages["pack"] = fullest("pack", lambda path: path.name.startswith("E"))
    pages["pack of a partnership"] = fullest("pack", lambda path: not path.name.startswith("E"))
    pages["compare"] = fullest("compare", lambda path: path.name.startswith("ni-"))
    pages["compare an area"] = fullest("compare", lambda path: not path.name.startswith("ni-"))
    pages["funnel"] = fullest("funnel")
    pages["peers"], pages["comparison"] = fullest("peers"), fullest("peers", pattern="*/*.html")
    pages["scorecard"], pages["plan"] = fullest("laa"), fullest("exceptions")
    pages["partnership"] = fullest("partnership", lambda path: not path.name.startswith("in-"))
    pages["partnerships of a region"] = fullest("partnership", lambda path: path.name.startswith("in-"))
    pages["indicators of an office"] = fullest("go", lambda path: path.name.startswith("ni-"), "*/*.html")
    pages["assurance of an office"] = fullest("go", pattern="*/assurance.html")
    pages["at risk in a region"] = fullest("go", pattern="*/at-risk.html")
    pages["matrix of an office"] = fullest("go", pattern="*/matrix-*.html")
    pages["review"], pages["measure of an agreement"] = fullest("review"), fullest("psa", pattern="*/*.html")
    return pages | {
        "area": fullest("area", lambda path: "." not in path.stem),
        "office": fullest("go"),
        "agreement": fullest("psa"),
    }
