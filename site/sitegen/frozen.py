"""Frozen releases as the pages show them: what their manifests say, and what changed from one to the next.

Belongs here: reading the folders of frozen releases. Does not belong here: making them, words, HTML.
"""

import hashlib
import json
from functools import cached_property
from pathlib import Path

from sitegen.atom import Pair
from sitegen.changes import Changes


class Release:
    """One frozen release: its manifest, and its changes against the one before it."""

    def __init__(self, folder: Path):
        """Read the manifest in the folder of a release."""
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.name: str = self.manifest["name"]

    def __repr__(self) -> str:
        """What tells this release from others: its manifest, which has the sha256 of its files, and its changes."""
        changes = self.folder / "changes.csv"
        told = hashlib.sha256(changes.read_bytes()).hexdigest() if changes.exists() else ""
        return f"Release({self.manifest!r}, {told!r})"

    @cached_property
    def pair(self) -> Pair | None:
        """The release before and this one, with what changed; None for the first."""
        if not self.manifest["supersedes"]:
            return None
        changes = Changes.of_csv(self.folder / "changes.csv")
        return Pair(self.manifest["supersedes"], self.name, self.manifest["as_at"], changes)
