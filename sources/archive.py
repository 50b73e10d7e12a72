"""What was received, kept as received: raw bytes by hash, and a receipt beside each.

Belongs here: where bytes and ledger rows live, and that they are written whole or not at all.
Does not belong here: reading them (readers) or deciding what lands (landing).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from quality.issues import Issue

NAME_BYTES, NAME_CHARACTERS = 200, 40  # file systems take 255 bytes; a letter may need four


class NotKept(Exception):
    """Nothing can be kept in HUB_HOME; says why and what to do."""

    def __init__(self, home: Path, why: object) -> None:
        """`why` is what the system or DuckDB said."""
        super().__init__(str(home), " ".join(str(why).split()))  # what it is made of, so that it crosses processes

    def __str__(self) -> str:
        """A sentence."""
        home, said = self.args
        return (
            f"{home} cannot be written to ({said}). Make room, or give the right to write there, and start again: "
            "what landed and what is published stay as they are."
        )


@dataclass(frozen=True)
class Received:
    """One delivery as it came: its bytes, where from, and its companion file if it has one.

    `tags` are the server's words for this version of the file (etag, modified).
    """

    content: bytes
    file: str
    url: str = ""
    companion: bytes | None = None
    published_on: date | None = None
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of the delivered bytes (of the data file alone where there is a companion)."""
        return hashlib.sha256(self.content).hexdigest()


def now() -> datetime:
    """The moment of receipt, in UTC, to the second, without a zone: what the ledger stores."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def unfinished(path: Path) -> Path:
    """Where a file is written until it is whole: beside it, under a short name that says whose it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{os.getpid()}-{hashlib.sha256(path.name.encode()).hexdigest()[:12]}.part")


def sweep(folder: Path) -> None:
    """Remove what processes that are no more left unfinished."""
    for part in folder.rglob(".*.part"):
        owner = part.name[1:].split("-")[0]
        try:
            os.kill(int(owner), 0)
        except (ProcessLookupError, ValueError, OverflowError):
            part.unlink(missing_ok=True)
        except PermissionError:  # it lives, under another user
            continue


def plain_file_name(name: str) -> str:
    """A file's name as text that can be written anywhere: whatever its bytes, and not longer than a name may be."""
    text = os.fsencode(name).decode("utf-8", "replace")
    stem, dot, ending = text.rpartition(".")
    return text if len(text.encode()) <= NAME_BYTES else f"{(stem or ending)[:NAME_CHARACTERS]}~{dot}{ending[:10]}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after a crash."""
    part = unfinished(path)
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def store(home: Path, feed: str, received: Received) -> Path:
    """Keep the bytes under raw/<feed>/<sha256>; the same bytes are stored once."""
    path = home / "raw" / feed / received.sha256
    if not path.exists():
        write_whole(path, received.content)
    if received.companion is not None:
        write_whole(path.with_name(path.name + ".meta"), received.companion)
    return path


def note_receipt(home: Path, row: dict[str, object]) -> None:
    """Keep beside archived bytes what is not in them: name, days, address, edition, and what was re-sent since.

    With it the archive alone is enough to land everything again.
    """
    path = home / "raw" / str(row["feed"]) / f"{row['sha256']}.json"
    before = _read_receipt(path)
    beside = path.with_suffix(".meta")
    companion = hashlib.sha256(beside.read_bytes()).hexdigest() if beside.exists() else ""
    told = {**row, "companion_sha256": companion, "resent": before.get("resent", {}) | row.get("resent", {})}
    if told != before:
        write_whole(path, json.dumps(told, indent=1, ensure_ascii=False).encode())


def receipt(home: Path, feed: str, sha256: str) -> dict[str, object]:
    """The receipt of an archived delivery; empty where there is none."""
    return _read_receipt(home / "raw" / feed / f"{sha256}.json")


def receipts(home: Path) -> list[dict[str, object]]:
    """Every receipt of the archive."""
    return [row for path in sorted((home / "raw").glob("*/*.json")) if (row := _read_receipt(path))]


def _read_receipt(path: Path) -> dict[str, object]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # a broken one is written anew
        return {}


def quarantine(home: Path, feed: str, received: Received, issues: list[Issue]) -> None:
    """Put a refused delivery where a person finds it: quarantine/<feed>/<sha256>/ with the file and its reasons."""
    place = home / "quarantine" / feed / received.sha256
    write_whole(place / plain_file_name(Path(received.file).name), received.content)
    reasons = [str(issue) for issue in issues if issue.severity == "error"]
    write_whole(place / "reasons.json", json.dumps(reasons, indent=2, ensure_ascii=False).encode())


def release(home: Path, feed: str, sha256: str) -> None:
    """Take a delivery out of quarantine once it has landed."""
    shutil.rmtree(home / "quarantine" / feed / sha256, ignore_errors=True)
