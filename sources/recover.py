"""Landing again from the archive of files as received: after a loss of all else, or by a mended description.

Belongs here: raw/<feed>/<sha256> and the receipt beside it -> landed rows, with the days they first came with. Does not
belong here: a file's first landing (landing.py); comparing what is made again with what was (orchestration).
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from quality.issues import Issue
from quality.report import Report
from sources import again, archive, landing
from sources.parquet import read_ledger, read_parquet
from sources.registry import load_feeds

DAYS = ("received_at", "published_on", "known_from")


class NotArchived(Exception):
    """A delivery cannot be landed again; says which and why."""


def recover(home: Path) -> Iterator[tuple[str, Report]]:
    """Land everything in raw/ that is not landed, oldest first; what brings areas comes before what speaks of them.

    With each report comes what the delivery was before: landed or quarantined.

    Raises:
        NotArchived: the archive does not hold the bytes that were received.
    """
    feeds = load_feeds()
    receipts = [row for row in archive.receipts(home) if row["feed"] in feeds]
    with tempfile.TemporaryDirectory(prefix="hub-recover-") as work:
        for row in sorted(receipts, key=lambda row: (not feeds[row["feed"]].brings_areas, row["received_at"])):
            yield row["status"], land_again(row, home / "raw", Path(work), home)
            for name, message in row["resent"].items():
                tell_resent(row, name, message, home)


def land_again(row: dict, raw: Path, work: Path, home: Path, *, reread: bool = False) -> Report:
    """Land one archived delivery under its own name, and give its ledger row the days it first came with.

    `row` is its receipt; `work` a folder for a copy by that name. `reread` also reads what has landed anew.

    Raises:
        NotArchived: this hub has no such feed, or the archive does not hold the bytes that were received.
    """
    spec = load_feeds().get(row["feed"])
    if spec is None:
        raise NotArchived(f"{row['file_name']}: this hub has no feed {row['feed']!r}")
    kept = raw / row["feed"] / row["sha256"]
    beside = kept.with_name(f"{kept.name}.meta") if row["companion_sha256"] else None
    for path, hash_ in ((kept, row["sha256"]), (beside, row["companion_sha256"])):
        if path and not path.is_file():
            raise NotArchived(f"{row['file_name']}: not archived, {path} is missing")
        if path and hashlib.sha256(path.read_bytes()).hexdigest() != hash_:
            raise NotArchived(f"{row['file_name']}: {path} does not hold the bytes that were received")
    file = work / row["delivery_id"] / Path(row["file_name"]).name
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, file)
    day = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    report = landing.land(spec, file, home, published_on=day, edition=row["edition"], companion=beside, reread=reread)
    ledger = home / "landing" / "deliveries" / f"feed={row['feed']}" / f"{row['delivery_id']}.parquet"
    if ledger.exists():
        came = {name: pd.Timestamp(row[name]) if row[name] else None for name in DAYS}
        again.note(home, read_parquet([ledger], "deliveries").assign(**came, source_url=row["source_url"]))
    return report


def reread(home: Path, feed: str, delivery: str = "") -> Report:
    """Read a delivery that the hub holds anew, by today's description of its feed; by default the feed's last one.

    Raises:
        NotArchived: the hub holds no such delivery.
    """
    ledger = read_ledger(home, feed).sort_values("received_at", kind="stable")
    ids = list(ledger["delivery_id"])
    if not ids or (delivery and delivery not in ids):
        raise NotArchived(f"the hub holds no delivery {delivery or 'at all'} of {feed}")
    hash_ = ledger.set_index("delivery_id")["sha256"][delivery or ids[-1]]
    with tempfile.TemporaryDirectory(prefix="hub-reread-") as work:
        return land_again(archive.receipt(home, feed, hash_), home / "raw", Path(work), home, reread=True)


def tell_resent(row: dict, name: str, message: str, home: Path) -> None:
    """Say once more that the bytes of a delivery came again under another name."""
    again.write_resent(home, row["feed"], row["delivery_id"], Issue("info", "resent", message, "", name))
