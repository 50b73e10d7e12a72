"""A frozen release made once more from the files as received, and compared byte by byte.

Belongs here: landing the inputs a manifest names as they came, and the comparison. Does not belong here: checking the
release as it stands (verify.py), how a release is put together (frozen.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from orchestration.lib import frozen, manifest, seal
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from sources import recover
from sources.registry import load_feeds

SAME_ROWS = (
    "hub.duckdb: its rows are the same, for every CSV is; DuckDB fills what it does not use in its file with what "
    "memory holds, and this platform does not hand out zeroed memory as the one that made the release did"
)
OTHER = "code: the release was made by {}, this is {}; what differs may be its doing"


class NotRebuilt(Exception):
    """The release could not be made again; says why."""


def differences(settings: Settings, folder: Path, work: Path, watch: Watch = SILENT) -> list[str]:
    """Where the release in `folder`, made again from HUB_HOME/raw in the folder `work`, differs; none when nowhere.

    Raises:
        NotRebuilt: an input is not archived or does not match, or a build step failed.
    """
    told, code = manifest.read(folder), manifest.code()
    other = "" if told["code"]["sha256"] == code["sha256"] else OTHER.format(_code(told["code"]), _code(code))
    try:
        made = _made(told, code if other else told["code"], settings, work, watch)
    except NotRebuilt as problem:
        raise NotRebuilt(f"{problem}\n{other}".strip()) from None
    return [*([other] if other else []), *_compare(folder, made)]


def _made(told: dict, code: dict, settings: Settings, work: Path, watch: Watch) -> Path:
    day = told.get("as_known_on")
    home = Settings(work / "home", as_at=date.fromisoformat(day) if day else None).made()
    brings_areas = {key for key, spec in load_feeds().items() if spec.brings_areas}  # read before what speaks of them
    for row in sorted(told["inputs"], key=lambda row: row["feed"] not in brings_areas):
        watch.advance(row["file_name"])
        _land(row, settings.home / "raw", work / "received", home)
    for row in told["resent"]:
        recover.tell_resent(row, row["file_name"], row["message"], home.home)
    about = {key: told[key] for key in frozen.TOLD} | {"code": code}
    frozen.assemble(_data(home, watch), work / "made", about, _earlier(told, settings), watch)
    return work / "made"


def _land(row: dict, raw: Path, received: Path, home: Settings) -> None:
    """Land one input under its own name, with the days it came with."""
    try:
        report = recover.land_again(row, raw, received, home.home)
    except recover.NotArchived as problem:
        raise NotRebuilt(str(problem)) from None
    if report.status != row["status"]:
        why = "; ".join(report.reasons())
        raise NotRebuilt(f"{row['file_name']}: it was {row['status']}, and is {report.status} now. {why}".strip())


def _data(home: Settings, watch: Watch) -> Path:
    """Build the warehouse and the data of a release, as `hub build` does; the folder of the data."""
    from orchestration.defs.after_landing import after_landing  # dagster and dbt
    from orchestration.lib.in_process import materialise

    warehouse, data, *_ = after_landing(home, watch)
    for asset in (warehouse, data):
        if broken := materialise([asset]).broken:
            raise NotRebuilt("; ".join(broken))
    return home.releases / "next"


def _earlier(told: dict, settings: Settings) -> list[Path]:
    """The releases whose pages its site has, as they were."""
    found = []
    for row in told["earlier"]:
        folder = settings.frozen / row["name"]
        if not (folder / seal.SUMS).is_file() or seal.sha256(folder / seal.SUMS) != row["sha256sums"]:
            raise NotRebuilt(f"{row['name']}: the release before it is not in {settings.frozen}, or is not what it was")
        found.append(folder)
    return found


def _compare(folder: Path, made: Path) -> Iterator[str]:
    before, after = set(seal.files(folder)), set(seal.files(made))
    differ = []
    for name in sorted(before | after):
        if name not in after:
            yield f"{name}: not made again"
        elif name not in before:
            yield f"{name}: made now, not part of the release"
        elif seal.sha256(folder / name) != seal.sha256(made / name):
            differ.append(name)
            yield f"{name}: different bytes"
    if "hub.duckdb" in differ and not any(name.startswith("csv/") for name in differ):
        yield SAME_ROWS


def _code(code: dict) -> str:
    commit = f"commit {code['commit'][:12]}" if code["commit"] else f"version {code['version']}"
    return f"{commit} with changes" if code["changed_since_commit"] else commit
