"""The manifest of a release: what went in, what made it, what came out and which checks it passed.

Belongs here: reading these facts off the published file and the checkout. Does not belong here: freezing (frozen.py)
and comparing (verify.py). No clock: a release made again from the same inputs says the same.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from importlib.metadata import version
from pathlib import Path

import duckdb

from orchestration.lib import seal
from orchestration.settings import CHECKOUT

MANIFEST = "manifest.json"
CODE = "code.json"  # beside the data of every published state: what made it
MADE_OF = ("orchestration", "sources", "quality", "site", "dbt_project", "pyproject.toml", "constraints.txt")
LEFT_OUT = {"__pycache__", "target", "logs", "dbt_packages", ".user.yml"}
INPUTS = """
    select
        feed, delivery_id, file_name, coalesce(source_url, '') as source_url, sha256, bytes,
        strftime(received_at, '%Y-%m-%dT%H:%M:%S') as received_at, cast(published_on as varchar) as published_on,
        cast(known_from as varchar) as known_from, status, edition
    from hub.marts.dim_delivery order by received_at, feed, delivery_id"""
# The same bytes under another name landed nothing, but are told; only the finding holds their name.
RESENT = """
    select feed, delivery_id, file_name, message
    from hub.marts.quality_issue where check_name = 'resent' order by all"""


def facts(hub: Path) -> dict[str, object]:
    """What the published file itself says: last day known, day asked for, edition, inputs by receipt, rows, checks."""
    with duckdb.connect() as con:
        con.execute(f"attach '{str(hub).replace(chr(39), chr(39) * 2)}' as hub (read_only)")
        tables = [name for (name,) in con.execute(
            "select table_name from duckdb_tables() where database_name = 'hub' order by table_name"
        ).fetchall()]  # fmt: skip
        as_at, edition = con.execute(
            "select cast(max(known_from) as varchar), max(edition) from hub.marts.dim_delivery where status = 'landed'"
        ).fetchone()
        issues = "select severity, cast(sum(coalesce(occurrences, 1)) as bigint) from hub.marts.quality_issue"
        tests = "select status, count(*) from hub.marts.lineage_test group by status order by status"
        asked = "select cast(as_at as varchar) from hub.marts.dim_edition"
        return {
            "as_at": as_at,
            "as_known_on": con.execute(asked).fetchone()[0] if "dim_edition" in tables else None,
            "edition": edition,
            "inputs": _records(con, INPUTS),
            "resent": _records(con, RESENT),
            "rows": {name: con.execute(f'select count(*) from hub.marts."{name}"').fetchone()[0] for name in tables},
            "checks": {
                "tests": dict(con.execute(tests).fetchall()) if "lineage_test" in tables else {},
                "quality_issues": dict(con.execute(f"{issues} group by severity order by severity").fetchall()),
            },
        }


def with_companions(inputs: list[dict[str, object]], raw: Path) -> list[dict[str, object]]:
    """Inputs with the hash of the companion file (metadata beside data), '' for those that have none."""
    paths = [raw / row["feed"] / f"{row['sha256']}.meta" for row in inputs]
    hashes = [seal.sha256(path) if path.exists() else "" for path in paths]
    return [{**row, "companion_sha256": hash_} for row, hash_ in zip(inputs, hashes, strict=True)]


def code(checkout: Path = CHECKOUT) -> dict[str, object]:
    """What made it: version, commit ('' outside a checkout), and one hash over code, seeds and pinned versions.

    The hash says whether two builds ran the same code; the commit says where to find it.
    """
    commit = _git(checkout, "rev-parse", "HEAD")
    return {
        "version": version("local-performance-hub"),
        "commit": commit,
        "changed_since_commit": bool(commit and _git(checkout, "status", "--porcelain", "--", *MADE_OF)),
        "sha256": code_hash(checkout),
        "duckdb": duckdb.__version__,
    }


def note_code(folder: Path) -> None:
    """Say beside published data which code made it."""
    (folder / CODE).write_text(json.dumps(code(), indent=1) + "\n", encoding="utf-8")


def noted_code(folder: Path) -> dict[str, object]:
    """Which code made published data; what runs now where nothing was noted."""
    path = folder / CODE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else code()


def code_hash(checkout: Path) -> str:
    """Hash over the names and hashes of every file the code, its seeds and its pinned versions are made of."""
    found = [
        path
        for name in MADE_OF
        for path in ([checkout / name] if (checkout / name).is_file() else (checkout / name).rglob("*"))
        if path.is_file() and not LEFT_OUT & set(path.relative_to(checkout).parts)
    ]
    lines = sorted(f"{path.relative_to(checkout).as_posix()} {seal.sha256(path)}\n" for path in found)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read(folder: Path) -> dict:
    """The manifest in a release's folder.

    Raises:
        ValueError: it is not there or is no manifest; says why.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError(f"{MANIFEST}: missing") from None
    except ValueError as problem:
        raise ValueError(f"{MANIFEST}: it is not JSON ({problem})") from None
    if not isinstance(found, dict) or not isinstance(found.get("name"), str):
        raise ValueError(f"{MANIFEST}: it names no release")
    return found


def write(folder: Path, manifest: dict) -> None:
    """Put the manifest into a release's folder, in one stated form."""
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _records(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, object]]:
    answer = con.execute(query)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _git(checkout: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(checkout), *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
