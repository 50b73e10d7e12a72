"""Get a delivery: a local file, an inbox folder, or http(s) with conditional requests, retries and limits.

Belongs here: how bytes arrive. Does not belong here: what they say.
"""

from __future__ import annotations

import json
import time
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote

from quality.issues import refuse
from sources.archive import Received, plain_file_name, write_whole

LIMIT = 512 * 1024 * 1024  # bytes; the largest file publishers here offer is a third of it
ATTEMPTS, SECONDS = 4, 60.0
DOWNLOAD_SECONDS = 600.0  # a server that trickles for ever must end too


class Unchanged(Exception):
    """The server says that the file is what we already hold; carries its sha256 and file name."""

    def __init__(self, sha256: str, file: str) -> None:
        """Keep what is already held."""
        super().__init__(f"{file} is unchanged at its source")
        self.sha256, self.file = sha256, file


def fetch(
    source: str | Path, home: Path, feed: str, companion: Path | None = None, published_on: date | None = None
) -> Received:
    """The bytes behind a path or URL.

    Raises:
        Refused: not found, too large, or the server failed again and again.
        Unchanged: the server answered 304 to our conditional request.
    """
    if str(source).lower().startswith(("http://", "https://")):
        meta = companion.read_bytes() if companion and companion.is_file() else None
        return _download(str(source), _remembered(home).get(f"{feed} {source}", {}), meta, published_on)
    path = Path(source)
    name = plain_file_name(path.name)
    if path.is_dir():
        raise refuse("not_found", "this is a folder, not a file.", "Name the files in it.", file=name)
    if not there(path):
        raise refuse("not_found", "there is no such file.", "Check the path.", file=name)
    if path.stat().st_size > LIMIT:
        raise refuse("too_large", f"the file is larger than {LIMIT // 2**20} MB.", file=name)
    beside = companion or beside_of(path)
    meta = beside.read_bytes() if there(beside) else None
    return Received(path.read_bytes(), name, "", meta, published_on)


def there(path: Path) -> bool:
    """Whether a file is there; a name too long for the file system is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def beside_of(path: Path) -> Path:
    """Where a data file's metadata stands by convention: x.csv -> x.meta.csv."""
    return path.with_name(path.name.removesuffix(".csv") + ".meta.csv")


def remember(home: Path, feed: str, received: Received) -> None:
    """Keep the server's tags of a file that has landed, so that it need not be sent again.

    Only then: tags kept earlier would hide a file that was refused, or a landing that crashed, behind a 304 for ever.
    """
    if received.url:
        known = _remembered(home) | {f"{feed} {received.url}": {**received.tags, "sha256": received.sha256}}
        write_whole(home / "raw" / "http.json", json.dumps(known, indent=1, sort_keys=True).encode())


def addresses(home: Path, feed: str) -> list[str]:
    """Every address from which a file of the feed was fetched and landed, in order."""
    return sorted(key.split(" ", 1)[1] for key in _remembered(home) if key.split(" ", 1)[0] == feed)


def _remembered(home: Path) -> dict[str, dict[str, str]]:
    try:
        return json.loads((home / "raw" / "http.json").read_text())
    except (FileNotFoundError, ValueError):  # without it, files are only fetched once more
        return {}


def _download(url: str, tags: dict[str, str], companion: bytes | None, published_on: date | None) -> Received:
    import httpx
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise refuse("not_found", f"this is no web address ({error}).", "Check the address.", file=url) from error
    # what is encoded in an address may name folders: only the last part is a file's name
    file = plain_file_name(unquote(address.path).replace("\\", "/").rpartition("/")[2]) or address.host
    headers = {"User-Agent": "local-performance-hub"}
    headers |= {
        ask: tags[tag] for ask, tag in (("If-None-Match", "etag"), ("If-Modified-Since", "modified")) if tags.get(tag)
    }
    again = Retrying(
        retry=retry_if_exception_type((httpx.TransportError, _ServerTrouble)),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential_jitter(multiplier=0.2, max=10),
        reraise=True,
    )
    try:
        response, content = again(_get, url, headers, file)
    except (httpx.TransportError, httpx.TooManyRedirects, httpx.InvalidURL, _ServerTrouble) as error:
        said = f"the server did not answer properly in {ATTEMPTS} attempts ({type(error).__name__}: {error})."
        raise refuse("unreachable", said, "Try again later; what was published before stays.", file=file) from error
    if response.status_code == httpx.codes.NOT_MODIFIED:
        raise Unchanged(tags["sha256"], file)
    if response.status_code != httpx.codes.OK:
        said = f"the server answered {response.status_code} {response.reason_phrase}."
        raise refuse("not_found", said, "Look up the file's new address on the contact page.", file=file)
    modified = response.headers.get("last-modified", "")
    known = {"etag": response.headers.get("etag", ""), "modified": modified}
    return Received(content, file, url, companion, published_on or _day(modified), known)


def _day(modified: str) -> date | None:
    """The day a Last-Modified header names; servers write odd things there."""
    try:
        return parsedate_to_datetime(modified).date()
    except (TypeError, ValueError):
        return None


class _ServerTrouble(Exception):
    """A 5xx or 429 answer: worth another attempt."""


def _get(url: str, headers: dict[str, str], file: str) -> tuple[object, bytes]:
    import httpx

    with httpx.stream("GET", url, headers=headers, follow_redirects=True, timeout=SECONDS) as response:
        if response.status_code >= 500 or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise _ServerTrouble(f"{response.status_code} {response.reason_phrase}")
        chunks, size, deadline = [], 0, time.monotonic() + DOWNLOAD_SECONDS
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > LIMIT:
                raise refuse("too_large", f"the file is larger than {LIMIT // 2**20} MB.", file=file)
            if time.monotonic() > deadline:
                raise refuse("too_slow", f"the download took longer than {DOWNLOAD_SECONDS:.0f} s.", file=file)
            chunks.append(chunk)
        return response, b"".join(chunks)
