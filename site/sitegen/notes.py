"""What each piece of a site was made from, kept beside the site: one made from the same is not made again.

Belongs here: the file of notes, and what a site made by other code or of other rows still shares with it. Does not
belong here: rows (lookup.py), the making (build.py).
"""

import hashlib
import json
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sitegen import render
from sitegen.data import Published
from sitegen.folder import Folder
from sitegen.hub import Hub
from sitegen.lookup import Asked, Lookup, Tables, sha
from sitegen.views import Piece

PASSED_ON = (Hub, Published, Lookup, Folder)  # what these say when a piece is made is noted, or is the whole site's


class Made(NamedTuple):
    """One piece as it was made: what it was given, what it asked for, its files, and how many of each kind of page."""

    said: str
    asked: list[Asked]
    files: list[str]
    counts: dict[str, int]


class Notes(NamedTuple):
    """What a whole site was made from: code and fixed rows as a text, what all pages share, and every piece by name."""

    code: str
    shared: list[Asked]
    digests: dict[Asked, object]
    made: dict[str, Made]

    def write(self, path: Path) -> None:
        """Write the file, each thing asked for once; a file of this name is replaced, for it may have other names."""
        numbers: dict[Asked, int] = {}
        number = numbers.setdefault
        shared = [number(asked, len(numbers)) for asked in self.shared]
        made = [
            [name, said, [number(one, len(numbers)) for one in asked], files, counts]
            for name, (said, asked, files, counts) in self.made.items()
        ]
        asked = [(*one, self.digests[one]) for one in numbers]
        path.unlink(missing_ok=True)
        told = {"code": self.code, "shared": shared, "asked": asked, "made": made}
        path.write_text(json.dumps(told, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")

    def unchanged(self, code: str, tables: Tables) -> dict[str, Made]:
        """The pieces that asked only for what is still the same; none if code or anything that all share is not."""
        if self.code != code:
            return {}
        changed = {one for one, digest in self.digests.items() if tables.digest(one) != digest}
        if not changed.isdisjoint(self.shared):
            return {}
        return {name: one for name, one in self.made.items() if changed.isdisjoint(one.asked)}


def path_of(site: Path) -> Path:
    """Where the notes of a site lie: beside its folder, so that they are no part of what is shown."""
    return site.with_name(f"{site.name}.notes.json")


def read(site: Path | None) -> Notes | None:
    """The notes of a site; None where there are none that can be read."""
    try:
        told = json.loads(path_of(site).read_text("utf-8"))
    except (AttributeError, OSError, ValueError):
        return None
    digests = {(number, tuple(key) if type(key) is list else key): digest for number, key, digest in told["asked"]}
    asked = list(digests)
    made = {
        name: Made(said, [asked[number] for number in numbers], files, counts)
        for name, said, numbers, files, counts in told["made"]
    }
    return Notes(told["code"], [asked[number] for number in told["shared"]], digests, made)


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
