"""Which files come in through a feed, and as which edition.

Belongs here: choosing between publishers' files (a named folder, the inbox) and the illustrative edition, and landing
them in their order. Does not belong here: finding them in a folder or reading them (sources).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.lib import rounds
from orchestration.lib.locks import only_one
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from quality.report import Report
from sources import arrivals, demo, transport
from sources.archive import now, write_whole
from sources.registry import FeedSpec, load_feeds


@dataclass(frozen=True)
class Delivery:
    """One file to land; edition is `published` for a publisher's file, `Illustrative data` for made-up data."""

    path: Path
    edition: str
    published_on: date | None = None
    received_on: date | None = None


def waiting(spec: FeedSpec, settings: Settings) -> list[Delivery]:
    """The files this feed claims, in the order they came: publishers' own, or while in use the illustrative ones."""
    from sources import landing

    made_up = illustrative_is_used(settings)
    folder = settings.illustrative if made_up else settings.feeds_dir
    paths = landing.discover(spec, folder, None if made_up else settings.home)
    edition = landing.ILLUSTRATIVE if made_up else "published"
    return [Delivery(a.path, edition, a.published_on, a.received_on) for a in arrivals.in_order(paths, folder)]


def land(
    spec: FeedSpec, settings: Settings, asked: Collection[str] | None = None, *, pull: bool = False
) -> list[Report]:
    """Land the waiting files of a feed, in the order they came: of the rounds `asked` for, by default of all.

    `pull` also fetches anew from every address the feed was ever fetched from. Each report says what its file covers.
    """
    from sources import landing
    from sources.coverage import cover

    reports = [
        landing.land(
            spec,
            delivery.path,
            settings.home,
            published_on=delivery.published_on,
            received_on=delivery.received_on,
            edition=delivery.edition,
        )
        for delivery in _of_rounds(spec, settings, asked)
    ]
    if pull:
        reports += [landing.land(spec, url, settings.home) for url in transport.addresses(settings.home, spec.key)]
    cover(reports, settings.home)
    return reports


def _of_rounds(spec: FeedSpec, settings: Settings, asked: Collection[str] | None) -> list[Delivery]:
    """The waiting files of the rounds; one whose day nothing tells became known when the hub first saw it."""
    from sources.parquet import read_ledger

    files = waiting(spec, settings)
    if asked is None:
        return files
    ledger = read_ledger(settings.home, spec.key)
    seen = {name: day.date() for name, day in zip(ledger["file_name"], ledger["known_from"], strict=True)}
    today = now().date()
    days = [file.received_on or file.published_on or seen.get(file.path.name, today) for file in files]
    return [file for file, day in zip(files, days, strict=True) if rounds.of(day) in asked]


def fingerprint(settings: Settings, feed: str = "[a-z]*") -> str:
    """Which deliveries of a feed, or of all, have landed, in one hash; another one when anything landed differs."""
    ledger = sorted((settings.landing / "deliveries").glob(f"feed={feed}/*.parquet"))
    rows = sorted(settings.landing.glob(f"*/feed={feed}/*.parquet"))
    told = hashlib.sha256()
    for path in ledger:
        told.update(f"{path.name} ".encode() + path.read_bytes())
    for path in rows:
        told.update(f"{path.parent.parent.name} {path.name} {path.stat().st_size}".encode())
    return told.hexdigest()


def built_from(settings: Settings) -> str:
    """The fingerprint of what the last good warehouse was built from; '' when no warehouse is there."""
    note = _built_from(settings)
    return note.read_text() if note.exists() else ""


def note_built(settings: Settings, landed: str) -> None:
    """Keep beside the warehouse what it was built from."""
    write_whole(_built_from(settings), landed.encode())


def _built_from(settings: Settings) -> Path:
    return settings.warehouse.with_name("built_from")


def size(spec: FeedSpec, settings: Settings) -> int:
    """Bytes of the waiting files of a feed."""
    return sum(delivery.path.stat().st_size for delivery in waiting(spec, settings))


def unread_arrivals(settings: Settings) -> str:
    """Why the list of arrivals of the named folder cannot be used; '' where it can, or where there is none."""
    return arrivals.read_list(settings.feeds_dir)[1]


def unclaimed(settings: Settings) -> list[str]:
    """Files of the named folder that stand where a feed looks but are claimed by none, as <folder>/<file>.

    A file with an unexpected name would else be passed over without a word.
    """
    if settings.feeds_dir is None:
        return []
    from sources import landing

    specs = load_feeds().values()
    claimed = {path for spec in specs for path in landing.discover(spec, settings.feeds_dir)}
    looked_at = sorted({settings.feeds_dir / spec.folder for spec in specs})
    there = [path for folder in looked_at if folder.is_dir() for path in sorted(folder.iterdir())]
    left = [path for path in there if path.is_file() and path not in claimed and not path.name.endswith(".meta.csv")]
    return [f"{path.parent.name}/{path.name}" for path in left]


def make_illustrative(settings: Settings, watch: Watch = SILENT) -> int:
    """Write the illustrative deliveries while they stand in for real files; returns how many there are, else 0.

    What is there already stays, and who comes while they are written waits. Deliveries of another preset, or of another
    version of the hub, tell of another made-up England: what has landed of them is removed, so that a home holds one.
    """
    from sources.demo.schedule import presets

    with only_one(settings.home, "illustrative"):
        if not illustrative_is_used(settings):
            return 0
        preset = presets()[settings.preset]
        mark = settings.illustrative / "fingerprint"
        if not mark.exists() or mark.read_text() != demo.fingerprint(preset):
            for kept in (settings.landing, settings.home / "raw", settings.home / "quarantine"):
                shutil.rmtree(kept, ignore_errors=True)
            demo.write_edition(settings.illustrative, preset, progress=lambda feed: watch.doing(f"writing {feed}"))
        return len(arrivals.read_list(settings.illustrative)[0])


def illustrative_is_used(settings: Settings) -> bool:
    """Whether made-up data stands in: no folder named, an empty inbox and nothing real landed."""
    inbox_has_files = settings.inbox.is_dir() and any(path.is_file() for path in settings.inbox.rglob("*"))
    return settings.feeds_dir is None and not inbox_has_files and not real_has_landed(settings)


def named_has_landed(settings: Settings) -> bool:
    """Whether a file of the named folder has landed, be it a publisher's or one that `hub demo` wrote there."""
    from sources import landing
    from sources.parquet import read_ledger

    named = {path.name for spec in load_feeds().values() for path in landing.discover(spec, settings.feeds_dir)}
    ledger = read_ledger(settings.home)
    return bool(ledger.loc[ledger["status"] == "landed", "file_name"].isin(named).any())


def anything_landed(settings: Settings) -> bool:
    """Whether there is anything to build from."""
    from sources.parquet import read_ledger

    return bool((read_ledger(settings.home)["status"] == "landed").any())


def real_has_landed(settings: Settings) -> bool:
    """Whether any publisher's file ever landed in this home."""
    from sources.parquet import read_ledger

    ledger = read_ledger(settings.home)
    return bool(((ledger["status"] == "landed") & (ledger["edition"] == "published")).any())


def nothing_known(settings: Settings) -> str:
    """Why there is nothing to publish as at the day of `settings`, or ''; '' too where all that is known is asked."""
    if settings.as_at is None:
        return ""
    from sources import landing
    from sources.parquet import read_ledger

    ledger = read_ledger(settings.home)
    ledger = ledger[(ledger["status"] == "landed") & (ledger["edition"] == landing.edition_of(settings.home))]
    if ledger.empty:
        return f"Nothing was known on {settings.as_at}: nothing has landed yet."
    first = ledger["known_from"].min().date()
    if first <= settings.as_at:
        return ""
    return (
        f"Nothing was known on {settings.as_at}: the first delivery became known on {first}; name a day from then on."
    )
