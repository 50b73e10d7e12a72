"""Frozen releases: a published state under a name, kept whole and never changed.

frozen/<name>/   hub.duckdb, csv/, parquet/, site/, changes.csv, manifest.json, SHA256SUMS, SIGNATURE when signed

Every public release holds the link `releases` to this folder, so that published/releases/<name>/ is the way to one.

Belongs here: where frozen releases stand and how one is put together. Does not belong here: the facts in its manifest
(manifest.py), hashes and keys (seal.py), what is public now (releases.py).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from orchestration.lib import diff, manifest, pages, releases, seal
from orchestration.lib.locks import only_one
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings

NAME = re.compile(r"[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*")  # no `..`: the page of a pair is named <a>..<b>
LONGEST, TAKEN = 60, {"published", "index", "calendar", "atom"}
DATA = ("hub.duckdb", "csv", "parquet")
CHANGES = "changes.csv"
TOLD = ("name", "number", "supersedes", "reason", "signed", "code", "inputs")


class NotFrozen(Exception):
    """A release cannot be frozen or found; says why and what to do."""


def every(settings: Settings) -> list[Path]:
    """Folders of the frozen releases, in the order they were frozen.

    Raises:
        NotFrozen: the manifest of one cannot be read.
    """
    return sorted(_whole(settings), key=_number)


def find(settings: Settings, name: str) -> Path:
    """The folder that holds the hub.duckdb of a frozen release, of `published`, or of a path.

    Raises:
        NotFrozen: there is none; names those there are.
    """
    for folder in (settings.published if name == "published" else settings.frozen / name, Path(name)):
        if (folder / "hub.duckdb").is_file():
            return folder
    names = ", ".join(folder.name for folder in every(settings)) or "none is frozen yet"
    raise NotFrozen(f"There is no release {name!r}. There is: {names}; `published` is the one that is public now.")


def freeze(
    settings: Settings, name: str, key: Path | None = None, signed_by: str = "", reason: str = "", watch: Watch = SILENT
) -> Path:
    """Freeze the public release as `name`, and show pages that list it; returns its folder.

    `key` is a PEM file to sign with; `reason` says why it takes the place of the one before.

    Raises:
        NotFrozen: nothing is published, or the name is taken or cannot be one.
        UnusableKey: the key cannot be used.
    """
    signer = seal.private_key(key) if key else None
    with only_one(settings.home, "release"):
        earlier = every(settings)
        _check(settings, name, earlier)
        public = settings.published.resolve()
        if manifest.noted_code(public)["sha256"] != manifest.code()["sha256"]:
            raise NotFrozen("The hub has changed since this was published: run `hub build`, so that one code made all.")
        inputs = manifest.facts(public / "hub.duckdb")["inputs"]
        about = {
            "name": name,
            "number": len(earlier) + 1,
            "supersedes": earlier[-1].name if earlier else "",
            "reason": reason,
            "signed": {"by": signed_by, "public_key": seal.named(signer.public_key())} if signer else None,
            "code": manifest.noted_code(public),
            "inputs": manifest.with_companions(inputs, settings.home / "raw"),
        }
        settings.frozen.mkdir(exist_ok=True)
        work = settings.frozen / ".preparing"
        shutil.rmtree(work, ignore_errors=True)
        assemble(public, work, about, earlier, watch)
        watch.advance("sums")
        seal.write(work, signer)
        for path in work.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        frozen = work.rename(settings.frozen / name)
        _show(settings, public, frozen / "site")
    return frozen


def assemble(data: Path, out: Path, about: dict, earlier: list[Path], watch: Watch = SILENT) -> None:
    """Put a release together in the new folder `out`, all but its seal.

    `data` holds hub.duckdb, csv/ and parquet/; `about` is what its manifest says that no file of it does (TOLD);
    `earlier` are the releases frozen before it, whose pages its site has.
    """
    out.mkdir(parents=True)
    for name in DATA:
        watch.advance(name)
        copy = shutil.copytree if (data / name).is_dir() else shutil.copy2
        copy(data / name, out / name)
    if earlier:
        watch.advance("changes")
        with diff.compare(earlier[-1] / "hub.duckdb", out / "hub.duckdb") as changes:
            diff.write_csv(changes, out / CHANGES)
    facts = manifest.facts(out / "hub.duckdb")
    known = [{"name": folder.name, "sha256sums": seal.sha256(folder / seal.SUMS)} for folder in earlier]
    manifest.write(
        out, {**about, **{name: fact for name, fact in facts.items() if name not in about}, "earlier": known}
    )
    watch.advance("site")
    pages.make(out, frozen=[*earlier, out])


def _check(settings: Settings, name: str, earlier: list[Path]) -> None:
    if not settings.published.exists():
        raise NotFrozen("Nothing is published yet, so there is nothing to freeze: run `hub build` first.")
    if not NAME.fullmatch(name) or len(name) > LONGEST or name.lower() in TAKEN:
        raise NotFrozen(
            f"{name!r} cannot name a release: letters and digits with single dots, hyphens and underscores between, "
            f"at most {LONGEST} characters, and not {', '.join(sorted(TAKEN))}."
        )
    if name.lower() in {folder.name.lower() for folder in earlier} or (settings.frozen / name).exists():
        raise NotFrozen(f"There is a release {name!r} already, and a release is never changed: choose another name.")


def _number(folder: Path) -> int:
    try:
        return manifest.read(folder)["number"]
    except (ValueError, KeyError) as problem:
        raise NotFrozen(f"The release {folder} is damaged ({problem}); `hub verify {folder.name}` says more.") from None


def _whole(settings: Settings) -> list[Path]:
    if not settings.frozen.is_dir():
        return []
    return [folder for folder in settings.frozen.iterdir() if (folder / seal.SUMS).is_file() and folder.name[0] != "."]


def _show(settings: Settings, public: Path, site: Path) -> None:
    """Show the same data again with the pages that list the new release."""
    preparing = releases.begin(settings)
    options = {"copy_function": releases.link, "symlinks": True, "dirs_exist_ok": True}
    shutil.copytree(public, preparing, ignore=shutil.ignore_patterns("site"), **options)
    shutil.copytree(site, preparing / "site", **options)
    releases.set_ready(settings)
    releases.show(settings)
