"""`hub release`, `hub verify`, `hub diff`: what a person sees of frozen releases.

Belongs here: sentences and exit codes. Does not belong here: freezing, verifying, comparing (lib/).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from orchestration.commands.screen import Screen
from orchestration.lib import diff as difference
from orchestration.lib import frozen, manifest, rebuild, seal
from orchestration.lib import verify as verifying
from orchestration.settings import CHECKOUT, Settings


def release(settings: Settings, name: str, key: Path | None, signed_by: str, reason: str) -> int:
    """Freeze the public release as `name`; returns 0, or 1 when it cannot be."""
    if key and key.resolve().is_relative_to(CHECKOUT):
        print(f"The key {key} lies in the checkout, where it could be committed.\n{seal.HOW_TO_MAKE}", file=sys.stderr)
        return 1
    try:
        with Screen() as screen, screen.stage("release", "copying"):
            folder = frozen.freeze(settings, name, key, signed_by, reason, screen)
    except (frozen.NotFrozen, seal.UnusableKey) as problem:
        print(problem, file=sys.stderr)
        return 1
    told = manifest.read(folder)
    print(f"Frozen: {settings.published / 'releases' / name}")
    print(f"  as at {told['as_at']}, {len(told['inputs'])} deliveries, {sum(told['rows'].values()):,} rows")
    print(
        f"  signed with the key {told['signed']['public_key']}"
        if told["signed"]
        else f"  not signed. {seal.HOW_TO_MAKE}"
    )
    return 0


def verify(settings: Settings, place: str, public_key: Path | None, again: bool) -> int:
    """Check a release, with `again` by making it again; returns 0, 1 (every problem is named) or 2 (there is none)."""
    folder = (Path(place) if Path(place).is_dir() else settings.frozen / place).resolve()
    if not folder.is_dir():
        print(f"There is no folder {place}, and no release of that name.", file=sys.stderr)
        return 2
    try:
        wrong = verifying.problems(folder, seal.public_key(public_key) if public_key else "")
        if again and not wrong:
            wrong = _rebuilt(settings, folder)
    except (seal.UnusableKey, rebuild.NotRebuilt) as problem:
        wrong = [str(problem)]
    if wrong:
        print("\n".join(wrong))
        print(f"{folder.name} does not hold: {len(wrong)} of the above.", file=sys.stderr)
        return 1
    print(_whole(folder, bool(public_key), again))
    return 0


def _rebuilt(settings: Settings, folder: Path) -> list[str]:
    work = tempfile.TemporaryDirectory(prefix="hub-rebuild-")
    with work, Screen() as screen, screen.stage("rebuild", "landing"):
        return rebuild.differences(settings, folder, Path(work.name), screen)


def _whole(folder: Path, known: bool, again: bool) -> str:
    told = manifest.read(folder)
    signed = told["signed"]
    who = f"signed with {signed['public_key']}{' by ' + signed['by'] if signed['by'] else ''}" if signed else "unsigned"
    whose = "" if known or not signed else ", whose key was not checked (--public-key)"
    made = ", and made again from the files as received it is the same to the byte" if again else ""
    return f"Release {told['name']} is whole: {len(seal.files(folder)):,} files, {who}{whose}{made}."


def diff(settings: Settings, old: str, new: str, csv: Path | None, atom: Path | None) -> int:
    """Say what changed from one release to another; returns 0, or 2 when one is not there."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from sitegen import atom as feeds
    from sitegen import changes as words

    try:
        folders = [frozen.find(settings, name) for name in (old, new)]
    except frozen.NotFrozen as problem:
        print(problem, file=sys.stderr)
        return 2
    with difference.compare(*(folder / "hub.duckdb" for folder in folders)) as con:
        found = words.Changes(con)
        print(found.sentence())
        rows = found.samples(10)
        if rows:
            table = Table(*(words.SHOWN), title=f"{old} to {new}: the first ten of each kind")
            for row in rows:
                table.add_row(*(escape(words.shown(row, name)) for name in words.SHOWN))
            Console(width=None if sys.stdout.isatty() else 200).print(table)
        if csv:
            difference.write_csv(con, csv)
        if atom:
            day = str(manifest.facts(folders[1] / "hub.duckdb")["as_at"])
            pair = feeds.Pair(old, new, day, found)
            print(f"{feeds.write([pair], atom):,} Atom feeds in {atom}")
    return 0
