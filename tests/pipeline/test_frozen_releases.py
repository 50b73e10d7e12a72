"""Releases from end to end: the same bytes from anywhere, frozen, verified, made again, and told apart."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration import cli
from orchestration.lib import frozen, manifest

FEED, FILE = "dclg_net_additional_dwellings", "net_additional_dwellings_by_la_2008-11_illustrative.csv"
ELSEWHERE = {"TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
PUBLISH = """
import sys
from pathlib import Path
import sitegen
from orchestration.lib import marts
warehouse, out = map(Path, sys.argv[1:])
marts.copy_marts(warehouse, out)
(out / "site").mkdir()
sitegen.build(out / "hub.duckdb", out / "site")
"""


def files(folder: Path) -> dict[str, bytes]:
    """Bytes of the published files; what made them is told beside them and not compared."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if name != manifest.CODE}


def run(home: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *command],
        env={**os.environ, "HUB_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_published_anew_in_another_folder_time_zone_and_locale_no_byte_differs(illustrative, tmp_path):
    out = tmp_path / "a folder with a much longer name"
    out.mkdir()
    program = [sys.executable, "-c", PUBLISH, str(illustrative.warehouse), str(out)]
    subprocess.run(program, env=os.environ | ELSEWHERE, check=True)
    before, after = files(illustrative.published), files(out)
    assert [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)] == []


def test_a_release_made_again_from_the_files_as_received_is_the_same_to_the_byte(home):
    """The whole way: every delivery landed anew, warehouse, data and pages, elsewhere, from raw/ and the manifest."""
    assert cli.main(["release", "first", "--signed-by", "Nobody"]) == 0
    again = run(home.home, "verify", "first", "--rebuild", **ELSEWHERE)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "the same to the byte" in again.stdout
    received = manifest.read(home.frozen / "first")["inputs"][0]
    (home.home / "raw" / received["feed"] / received["sha256"]).write_bytes(b"something else")
    broken = run(home.home, "verify", "first", "--rebuild")
    assert broken.returncode == 1
    assert "does not hold the bytes that were received" in broken.stdout


def test_a_release_that_was_touched_does_not_verify(home, capsys):
    assert cli.main(["release", "first"]) == 0
    assert cli.main(["verify", "first"]) == 0
    page = home.frozen / "first" / "site" / "index.html"
    page.chmod(0o644)
    page.write_text(page.read_text().replace("Local", "Loca1"))
    assert cli.main(["verify", str(home.published / "releases" / "first")]) == 1
    assert "site/index.html: different" in capsys.readouterr().out


@pytest.fixture
def changed(home, tmp_path):
    """The file of one feed sent once more with one council's figure changed, and that figure before and after."""
    text = next(home.illustrative.rglob(FILE)).read_text()
    rows = [line.split(",") for line in text.splitlines()]
    line = next(row for row in rows if row[1] == "2005-06" and not row[0].startswith(("E92", "E12")))
    value = float(line[2])
    path = tmp_path / FILE.replace("2008-11", "2009-02")
    path.write_text(text.replace(",".join(line), ",".join([*line[:2], str(value + 2), *line[3:]])))
    return path, value, value + 2


def test_after_touching_one_delivery_a_release_differs_in_what_it_reaches_and_says_so(home, changed, capsys):
    path, before, after = changed
    assert cli.main(["release", "first"]) == 0
    assert cli.main(["land", FEED, str(path), "--published-on", "2009-02-16"]) == 0
    assert cli.main(["build", "--preset", home.preset]) == 0
    assert cli.main(["release", "second", "--reason", "One figure was revised."]) == 0
    capsys.readouterr()
    assert cli.main(["diff", "first", "second", "--csv", str(path.with_name("changes.csv"))]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "1 value revised."
    with path.with_name("changes.csv").open(newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["period_label"], float(row["before"]), float(row["after"])) == ("2005/06", before, after)
    assert (row["kind"], row["source_file"]) == ("revised", path.name)
    assert reached(home) == {FEED}
    page = (home.published / "site" / "releases" / "first..second.html").read_text()
    assert "1 value revised." in page
    assert f"{after:,.0f}" in page
    assert "It takes the place of first: One figure was revised." in page
    manifests = [json.loads((folder / "manifest.json").read_text()) for folder in frozen.every(home)]
    assert [told["supersedes"] for told in manifests] == ["", "first"]
    assert len(manifests[1]["inputs"]) == len(manifests[0]["inputs"]) + 1
    assert (home.published / "site" / "releases" / "atom" / "area" / f"{row['area_code'].lower()}.atom").is_file()


def reached(home) -> set[str]:
    """Feeds of the observations that are not the same in both releases."""
    with duckdb.connect() as con:
        for name in ("first", "second"):
            con.execute(f"attach '{home.frozen / name / 'hub.duckdb'}' as {name} (read_only)")
        one, two = (f"(from {name}.marts.fct_observation)" for name in ("first", "second"))
        found = con.execute(f"select distinct feed from ({one} except {two} union all ({two} except {one}))").fetchall()
    return {feed for (feed,) in found}
