"""The seal of a release: SHA256SUMS over its files, and an Ed25519 signature over SHA256SUMS.

Both can be checked without the hub: `sha256sum -c SHA256SUMS`, and `openssl pkeyutl -verify -pubin -inkey KEY -rawin
-in SHA256SUMS -sigfile SIGNATURE`.

Belongs here: hashes, keys and signatures. Does not belong here: what the files hold (manifest.py).
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

SUMS, SIGNATURE = "SHA256SUMS", "SIGNATURE"
HOW_TO_MAKE = """Make a key, outside the checkout, and keep it secret; hand the public one to whoever verifies:
  openssl genpkey -algorithm ed25519 -out hub-key.pem
  openssl pkey -in hub-key.pem -pubout -out hub-key.pub.pem"""


class UnusableKey(Exception):
    """A key file cannot be used; says which and why in a sentence."""


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def files(folder: Path) -> list[str]:
    """Every file of a release but the seal itself, as sorted paths relative to it; links count as files."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted({path.relative_to(folder).as_posix() for path in found} - {SUMS, SIGNATURE})


def sums(folder: Path) -> str:
    """What SHA256SUMS says of the files that are there: a line each, in the form of `sha256sum`."""
    return "".join(f"{sha256(folder / name)}  {name}\n" for name in files(folder))


def read_sums(folder: Path) -> dict[str, str]:
    """Hash by file as SHA256SUMS lists them.

    Raises:
        ValueError: a line that is none of its form; says which.
    """
    listed: dict[str, str] = {}
    for number, line in enumerate((folder / SUMS).read_text(encoding="utf-8").splitlines(), start=1):
        hash_, gap, name = line.partition("  ")
        inside = name and not name.startswith("/") and ".." not in Path(name).parts
        if len(hash_) != 64 or not gap or not inside or name in listed:
            raise ValueError(f"line {number} is not '<sha256>  <a file below the release, once>'")
        listed[name] = hash_
    return listed


def private_key(path: Path) -> Ed25519PrivateKey:
    """The signing key in a PEM file.

    Raises:
        UnusableKey: not there, not a key, locked with a password, or of another kind.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as problem:
        raise UnusableKey(f"The key {path} cannot be read: {problem.strerror}.\n{HOW_TO_MAKE}") from None
    except TypeError:
        raise UnusableKey(f"The key {path} is locked with a password; name an unlocked copy.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableKey(f"{path} is no private key in PEM form.\n{HOW_TO_MAKE}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(f"The key {path} is not an Ed25519 key.\n{HOW_TO_MAKE}")
    return key


def public_key(path: Path) -> str:
    """The public key in a PEM file, as manifests name it: 32 bytes in base64.

    Raises:
        UnusableKey: not there, not a public key, or of another kind.
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as problem:
        raise UnusableKey(f"The key {path} cannot be read: {problem.strerror}.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableKey(f"{path} is no public key in PEM form.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UnusableKey(f"The key {path} is not an Ed25519 key.")
    return named(key)


def named(key: Ed25519PublicKey) -> str:
    """A public key as manifests name it."""
    return b64encode(key.public_bytes_raw()).decode()


def write(folder: Path, key: Ed25519PrivateKey | None) -> None:
    """Write SHA256SUMS, and with a key SIGNATURE (64 bytes)."""
    said = sums(folder).encode()
    (folder / SUMS).write_bytes(said)
    if key:
        (folder / SIGNATURE).write_bytes(key.sign(said))


def is_signed_by(folder: Path, key: str) -> bool:
    """Whether SIGNATURE is this public key's over SHA256SUMS as it stands."""
    try:
        signer = Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True))
        signer.verify((folder / SIGNATURE).read_bytes(), (folder / SUMS).read_bytes())
    except (InvalidSignature, ValueError):
        return False
    return True
