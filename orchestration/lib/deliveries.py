"""Which files come in through a feed, and as which edition.

Belongs here: choosing between publishers' files (a named folder, the inbox) and the illustrative edition.
Does not belong here: finding them in a folder or reading them (sources).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestration.settings import Settings
from sources import landing
from sources.parquet import read_ledger
from sources.registry import FeedSpec


@dataclass(frozen=True)
class Delivery:
    """One file to land; edition is `published` for a publisher's file, `illustrative` for made-up data."""

    path: Path
    edition: str


def waiting(spec: FeedSpec, settings: Settings) -> list[Delivery]:
    """The files this feed claims: publishers' own, or the illustrative ones while those are in use."""
    if illustrative_is_used(settings):
        return [Delivery(path, "illustrative") for path in landing.discover(spec, settings.illustrative)]
    real = landing.discover(spec, settings.feeds_dir, settings.home)
    return [Delivery(path, "published") for path in real]


def illustrative_is_used(settings: Settings) -> bool:
    """Whether made-up data stands in: no folder named, an empty inbox and nothing real landed."""
    inbox_has_files = settings.inbox.is_dir() and any(path.is_file() for path in settings.inbox.rglob("*"))
    return settings.feeds_dir is None and not inbox_has_files and not real_has_landed(settings)


def real_has_landed(settings: Settings) -> bool:
    """Whether any publisher's file ever landed in this home."""
    ledger = read_ledger(settings.home)
    return bool(((ledger["status"] == "landed") & (ledger["edition"] == "published")).any())
