"""The HTML checker of the W3C (the npm package vnu-jar, run by Java) on one page of every kind.

The package is fetched once with npm and kept; without Java or npm the test is left out and says so.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from orchestration.lib.locks import only_one

PACKAGE = "vnu-jar@26.9.27"
KEPT = Path.home() / ".cache" / "local-performance-hub"


@pytest.fixture(scope="module")
def checker() -> Path:
    """The checker's jar."""
    missing = [name for name in ("java", "npm", "tar") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"HTML is not checked: {', '.join(missing)} is not on this machine")
    folder = KEPT / PACKAGE
    jar = folder / "package" / "build" / "dist" / "vnu.jar"
    KEPT.mkdir(parents=True, exist_ok=True)
    with only_one(KEPT, "vnu"):
        if not jar.is_file():
            folder.mkdir(exist_ok=True)
            fetched = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True)
            if fetched.returncode:
                pytest.skip(f"HTML is not checked: {PACKAGE} could not be fetched: {fetched.stderr.strip()[-200:]}")
            subprocess.run(
                ["tar", "-xzf", fetched.stdout.strip(), "package/build/dist/vnu.jar"], cwd=folder, check=True
            )
    return jar


def run(jar, files):
    """What the checker says of some files, errors only."""
    done = subprocess.run(
        ["java", "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "json", *map(str, files)],
        capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stderr)["messages"]


def test_one_page_of_every_kind_is_valid_and_a_broken_one_would_be_found(checker, kinds, tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_text("<!DOCTYPE html><title>x</title><p><table><li></p>", encoding="utf-8")
    said = run(checker, [broken, *kinds.values()])
    assert [item for item in said if item["url"].endswith("/broken.html")]
    assert [(item["url"], item.get("lastLine"), item["message"]) for item in said
            if not item["url"].endswith("/broken.html")] == []  # fmt: skip
