"""What each piece of a site was made from, kept beside the site: one made from the same is not made again.

Belongs here: the file of notes, and what a site made by other code or of other rows still shares with it. Does not
belong here: rows (lookup.py), the making (build.py).
"""

import hashlib
import json
import sys
from collections.abc import Hashable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sitegen import render
from sitegen.data import Published
from sitegen.folder import Folder
from sitegen.hub import Hub
from sitegen.lookup import Asked, Digests, Lookup, Tables, sha
from sitegen.views import Piece

PASSED_ON = (Hub, Published, Lookup, Folder)  # what these say when a piece is made is noted, or is the whole site's


class Made(NamedTuple):
    """One piece as it was made: what it was given, what it asked for, its files, and how many of each kind of page."""

    said: str
    asked: list[Asked]
    files: list[str]
    counts: dict[str, int]


class Notes(NamedTuple):
    """What a whole site was made from: code, fixed rows, digests, what all pages share, and every piece by name."""

    code: str
    fixed: str
    digests: Digests
    shared: list[Asked]
    made: dict[str, Made]

    def write(self, path: Path) -> None:
        """Write the file, each thing asked for once; a file of this name is replaced, for it may have other names."""
        numbers = _numbered(self.digests)
        held, number = len(numbers), numbers.setdefault
        shared = [number(asked, len(numbers)) for asked in self.shared]
        made = [
            [name, said, [number(one, len(numbers)) for one in asked], files, counts]
            for name, (said, asked, files, counts) in self.made.items()
        ]
        told = {
            "code": self.code,
            "fixed": self.fixed,
            "tables": self.digests.tables,
            "lookups": [list(digests.items()) for digests in self.digests.lookups],
            "asked": list(numbers)[held:],
            "shared": shared,
            "made": made,
        }
        path.unlink(missing_ok=True)
        path.write_text(json.dumps(told, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")

    def unchanged(self, tables: Tables) -> dict[str, Made]:
        """The pieces that asked only for what is still the same; none if anything that all share is not."""
        changed = tables.changed()
        if self.fixed != tables.told() or not changed.isdisjoint(self.shared):
            return {}
        return {name: one for name, one in self.made.items() if changed.isdisjoint(one.asked)}


def _numbered(digests: Digests) -> dict[Asked, int]:
    """A number for every key that has rows."""
    keys = ((number, key) for number, held in enumerate(digests.lookups) for key in held)
    return {one: place for place, one in enumerate(keys)}


def path_of(site: Path) -> Path:
    """Where the notes of a site lie: beside its folder, so that they are no part of what is shown."""
    return site.with_name(f"{site.name}.notes.json")


def read(site: Path | None, code: str) -> Notes | None:
    """The notes of a site that this code made; None where there are none that can be read."""
    try:
        told = json.loads(path_of(site).read_text("utf-8"))
    except (AttributeError, OSError, ValueError):
        return None
    if told["code"] != code:
        return None
    digests = Digests(told["tables"], [{_key(key): digest for key, digest in held} for held in told["lookups"]])
    asked = [*_numbered(digests), *((number, _key(key)) for number, key in told["asked"])]
    made = {
        name: Made(said, [asked[number] for number in numbers], files, counts)
        for name, said, numbers, files, counts in told["made"]
    }
    return Notes(code, told["fixed"], digests, [asked[number] for number in told["shared"]], made)


def _key(told: object) -> Hashable:
    """A key as lookups have it."""
    return tuple(told) if type(told) is list else told


def code() -> str:
    """A text that changes with the code, the templates, the static files, and the versions of what they use."""
    told = hashlib.sha256(sys.version.encode())
    for folder in {render.HERE, Path(__file__).resolve().parent.parent}:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            told.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    installed = {path.name for folder in sys.path for path in Path(folder or ".").glob("*.dist-info")}
    told.update(repr(sorted(installed)).encode())
    return told.hexdigest()


def said(piece: Piece) -> str:
    """What a piece was given by who found it, as a short text; what it will ask for is noted when it is made.

    Raises:
        TypeError: it is given a function without a name, of which nobody can tell what it brings along.
    """
    return sha([_said(part) for part in piece])


def _said(part: object) -> object:
    if isinstance(part, partial):
        return [_said(part.func), *(_said(item) for item in part.args), sorted(part.keywords.items())]
    if isinstance(part, PASSED_ON):
        return type(part).__name__
    if callable(part):
        if "<" in part.__qualname__:
            raise TypeError(f"{part.__qualname__} of {part.__module__} is no function with a name")
        return part.__module__, part.__qualname__
    return part
