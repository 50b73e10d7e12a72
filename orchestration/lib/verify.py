"""Whether a frozen release is still what was frozen: files, manifest, signature. Needs no network and no home.

Belongs here: finding what does not match and saying it. Does not belong here: making the release again (rebuild.py).
"""

from __future__ import annotations

from pathlib import Path

from orchestration.lib import manifest, seal


def problems(folder: Path, key: str = "") -> list[str]:
    """Everything that does not match, a sentence each, files named first; none for a whole release.

    `key` is the public key it must be signed with, as manifests name it; without one it is checked against its own.
    """
    try:
        listed = seal.read_sums(folder)
    except FileNotFoundError:
        return [f"{seal.SUMS}: missing, so nothing of this release can be checked"]
    except ValueError as problem:
        return [f"{seal.SUMS}: {problem}"]
    wrong = _files(folder, listed)
    return [*wrong.values(), *_manifest(folder, wrong), *_signature(folder, key)]


def _files(folder: Path, listed: dict[str, str]) -> dict[str, str]:
    """A sentence for each file that is missing, extra or different."""
    there = set(seal.files(folder))
    wrong = {}
    for name in sorted(there | set(listed)):
        if name not in there:
            wrong[name] = f"{name}: missing"
        elif (folder / name).is_symlink():
            wrong[name] = f"{name}: a link, where a file is expected"
        elif name not in listed:
            wrong[name] = f"{name}: extra, not listed in {seal.SUMS}"
        elif (found := seal.sha256(folder / name)) != listed[name]:
            wrong[name] = f"{name}: different, sha256 {found} where {seal.SUMS} has {listed[name]}"
    return wrong


def _manifest(folder: Path, wrong: dict[str, str]) -> list[str]:
    """Where the manifest and hub.duckdb, if it is unharmed, do not say the same."""
    if "hub.duckdb" in wrong or not (folder / "hub.duckdb").is_file():
        return []
    try:
        said = manifest.read(folder)
    except ValueError as problem:
        return [] if manifest.MANIFEST in wrong else [str(problem)]
    found = manifest.facts(folder / "hub.duckdb")
    told = [{k: v for k, v in row.items() if k != "companion_sha256"} for row in said.get("inputs", [])]
    said = {**said, "inputs": {row.get("delivery_id"): row for row in told}}
    found["inputs"] = {row["delivery_id"]: row for row in found["inputs"]}
    return [
        f"{manifest.MANIFEST}: {difference}"
        for name, value in found.items()
        for difference in _differences(name, said.get(name), value)
    ]


def _differences(name: str, said: object, found: object) -> list[str]:
    """Where two values differ, led to through tables by name: `rows fct_target is 3, but hub.duckdb has 4`."""
    if isinstance(said, dict) and isinstance(found, dict):
        keys = sorted({*said, *found})
        return [more for key in keys for more in _differences(f"{name} {key}", said.get(key), found.get(key))]
    return [] if said == found else [f"{name} is {said!r}, but hub.duckdb has {found!r}"]


def _signature(folder: Path, key: str) -> list[str]:
    try:
        signed = manifest.read(folder).get("signed")
    except ValueError:
        return []
    there = (folder / seal.SIGNATURE).is_file()
    if not signed:
        wanted = [f"{seal.SIGNATURE}: missing, the release is not signed"] if key else []
        return [f"{seal.SIGNATURE}: extra, the manifest says that nobody signed"] if there else wanted
    if not there:
        return [f"{seal.SIGNATURE}: missing, the manifest says that {_signer(signed)} signed"]
    if key and key != signed.get("public_key"):
        return [f"{seal.SIGNATURE}: made with the key {signed.get('public_key')}, not with {key}"]
    if not seal.is_signed_by(folder, signed.get("public_key") or ""):
        return [f"{seal.SIGNATURE}: wrong, it is not the signature of {seal.SUMS} as it stands"]
    return []


def _signer(signed: dict) -> str:
    return signed.get("by") or "somebody"
