import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from orchestration.lib import seal


def pem(key, lock=None):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock or NoEncryption())


@pytest.fixture
def release(tmp_path):
    folder = tmp_path / "release"
    (folder / "site" / "a b").mkdir(parents=True)
    (folder / "site" / "a b" / "é.html").write_text("page")
    (folder / "hub.duckdb").write_bytes(b"\0data")
    return folder


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(pem(Ed25519PrivateKey.generate()))
    return path


def test_sums_are_sorted_relative_and_read_by_sha256sum(release):
    seal.write(release, None)
    names = [line.split("  ")[1] for line in (release / seal.SUMS).read_text().splitlines()]
    assert names == ["hub.duckdb", "site/a b/é.html"]
    done = subprocess.run(["sha256sum", "-c", "--strict", seal.SUMS], cwd=release, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_same_key_gives_the_same_signature_and_any_change_breaks_it(release, key):
    signer = seal.private_key(key)
    public = seal.named(signer.public_key())
    seal.write(release, signer)
    signature = (release / seal.SIGNATURE).read_bytes()
    assert len(signature) == 64
    assert seal.is_signed_by(release, public)
    seal.write(release, signer)
    assert (release / seal.SIGNATURE).read_bytes() == signature
    assert not seal.is_signed_by(release, seal.named(Ed25519PrivateKey.generate().public_key()))
    (release / seal.SUMS).write_text((release / seal.SUMS).read_text().replace("hub", "hut"))
    assert not seal.is_signed_by(release, public)


@pytest.mark.parametrize("wrong", ["", "no base64!", "AAAA"])
def test_what_is_no_key_signed_nothing(release, key, wrong):
    seal.write(release, seal.private_key(key))
    assert not seal.is_signed_by(release, wrong)


def test_a_public_key_file_is_named_as_the_private_one_names_it(key, tmp_path):
    signer = seal.private_key(key)
    path = tmp_path / "key.pub"
    path.write_bytes(signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert seal.public_key(path) == seal.named(signer.public_key())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"hello", "no private key in PEM form"),
        (pem(generate_private_key(SECP256R1())), "not an Ed25519 key"),
        (pem(Ed25519PrivateKey.generate(), BestAvailableEncryption(b"x")), "locked with a password"),
    ],
)
def test_an_unusable_key_is_said_plainly(tmp_path, content, said):
    path = tmp_path / "some.pem"
    if content:
        path.write_bytes(content)
    with pytest.raises(seal.UnusableKey, match=said):
        seal.private_key(path)
    with pytest.raises(seal.UnusableKey):
        seal.public_key(path)


@pytest.mark.parametrize("line", ["nonsense", f"{'0' * 64}  ../outside", f"{'0' * 64}  /etc/passwd", f"{'0' * 64} one"])
def test_sums_that_lead_elsewhere_or_nowhere_are_refused(release, line):
    seal.write(release, None)
    with (release / seal.SUMS).open("a") as out:
        out.write(line + "\n")
    with pytest.raises(ValueError, match="line 3"):
        seal.read_sums(release)
