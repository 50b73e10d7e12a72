"""Land a delivery: fetch, archive, read, check, and write Parquet; the ledger row comes last.

Belongs here: the one way from a file to landed rows, and that a crash at any moment leaves nothing half done.
Does not belong here: how a file is read (readers, canonical) or judged fit (quality).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from quality.issues import Issue, Refused, count_and_sample, refuse
from quality.report import Report
from sources import again, archive
from sources.areas import areas_of, load_areas
from sources.corrections import correction_rows, load_corrections
from sources.definitions import units
from sources.parquet import COLUMNS, EMPTY, ENTRIES, read_ledger, write_parquet
from sources.registry import FeedSpec, load_feeds
from sources.transport import Unchanged, beside_of, fetch, remember, there

ILLUSTRATIVE = "Illustrative data"  # in words, so that every row of every download says it


def land(
    spec: FeedSpec,
    source: str | Path,
    home: Path,
    *,
    published_on: date | None = None,
    received_on: date | None = None,
    edition: str = "published",
    companion: Path | None = None,
    reread: bool = False,
) -> Report:
    """Land one file through its feed's description.

    A file whose name says `illustrative` is made up, and labelled so, however it comes in. Its figures are known from
    `received_on`, else `published_on`, else today. Bad input never raises: the report then says `quarantined` and why.
    The same bytes again are `unchanged`, unless they are to be `reread` as their feed is described today; when they
    cannot be, that is told, and what had landed stays.

    Raises:
        NotKept: nothing can be written to the home.
    """
    report = Report(spec.key, archive.plain_file_name(Path(str(source)).name))
    edition = ILLUSTRATIVE if "illustrative" in report.file_name.lower() else edition
    try:
        return _land(spec, source, home, published_on, received_on, edition, companion, report, reread)
    except archive.NotKept:  # no file's fault, and the next one would fare no better
        raise
    except Exception as error:  # whatever comes, one file must not stop the others
        report.issues, report.status, report.rows = _fault(error, report.file_name), "quarantined", 0
        return report


def _fault(error: Exception, file: str) -> list[Issue]:
    said = f"the file could not be landed ({type(error).__name__}: {str(error)[:200]})."
    return refuse("fault", said, "This is a fault of the hub's; keep the file and report it.", file=file).issues


def _land(
    spec: FeedSpec,
    source: str | Path,
    home: Path,
    published_on: date | None,
    received_on: date | None,
    edition: str,
    companion: Path | None,
    report: Report,
    reread: bool,
) -> Report:
    try:
        received = fetch(source, home, spec.key, companion, published_on)
    except Unchanged as same:
        report.file_name, report.sha256 = same.file, same.sha256
        report.delivery_id = delivery_id(spec.key, same.sha256)
        return again.unchanged(report, home)
    except Refused as refused:
        report.issues = refused.issues
        return report
    report.file_name, report.sha256 = received.file, received.sha256
    report.delivery_id = delivery_id(spec.key, received.sha256)
    before = again.landed_before(home, spec.key, report.delivery_id)
    if before and not reread:
        remember(home, spec.key, received)
        return again.resent_or_redated(again.unchanged(report, home), home, published_on, received_on)
    with _kept(home):
        archive.store(home, spec.key, received)
    days = again.known_days(received.published_on, received_on, _first_seen(home, spec.key, report.delivery_id))
    landed, issues = _read(home, spec, received, days["known_from"])
    issues += again.clock_moved_back(home, spec.key, received.file, days)
    report.issues = count_and_sample(issues)
    report.status = "quarantined" if any(issue.severity == "error" for issue in issues) else "landed"
    if report.status == "landed":
        report.rows = sum(len(landed[kind]) for kind in again.RECORDS if kind in landed)
        report.preview = again.preview(landed)
    elif before:
        return report
    with _kept(home):
        _write(home, spec, received, report, landed, {"edition": edition, **days})
    return report


@contextmanager
def _kept(home: Path) -> Iterator[None]:
    """A full or read-only disk is told as such, and not as a fault of the file."""
    import duckdb

    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise archive.NotKept(home, error) from error


def delivery_id(feed: str, sha256: str) -> str:
    """Name of a delivery: its feed and the first twelve hex digits of its hash."""
    return f"{feed}-{sha256[:12]}"


def discover(spec: FeedSpec, feeds_dir: Path | None, home: Path | None = None) -> list[Path]:
    """Files a feed claims in <feeds_dir>/<folder>/ and in the inbox folder HUB_HOME/inbox/<key>/, sorted by name.

    An inbox folder is the feed's own, so that everything in it is claimed. Of a feeds folder, a feed that lives by
    metadata alone claims only files that have theirs beside them.
    """
    found: list[Path] = []
    if feeds_dir is not None and (feeds_dir / spec.folder).is_dir():
        patterns = [re.compile(pattern, re.IGNORECASE) for pattern in spec.files]
        for path in sorted((feeds_dir / spec.folder).iterdir()):
            described = spec.reader != "ees" or spec.layouts or there(beside_of(path))
            if path.is_file() and described and any(pattern.search(path.name) for pattern in patterns):
                found.append(path)
    if home is not None and (home / "inbox" / spec.key).is_dir():
        found += [path for path in sorted((home / "inbox" / spec.key).iterdir()) if path.is_file()]
    return [path for path in found if not path.name.endswith(".meta.csv") and not path.name.startswith(".")]


def prepare(home: Path) -> None:
    """Write what the warehouse always finds: a typed empty file of each kind, the feeds and the corrections."""
    for kept in ("landing", "raw", "quarantine"):
        archive.sweep(home / kept)
    again.complete_receipts(home)
    feeds = [_described(spec, set(COLUMNS["feeds"])) for spec in load_feeds().values()]
    ours = {"feeds": pd.DataFrame(feeds), "corrections": correction_rows(load_corrections())}
    for kind, frame in EMPTY.items():
        if kind not in ours:  # written anew each time: it gives files landed by an older hub the columns they lack
            write_parquet(frame(), kind, home / "landing" / kind / "feed=_none" / "empty.parquet")
    for kind, rows in ours.items():
        write_parquet(rows, kind, home / "landing" / kind / "feed=_all" / f"{kind}.parquet")


def _described(spec: FeedSpec, columns: set[str]) -> dict[str, object]:
    """A feed as a landed row; its months and years are numbers joined by commas."""
    due = {name: ",".join(map(str, getattr(spec, name))) for name in ("due_months", "due_years")}
    return {**spec.model_dump(include=columns), "feed": spec.key, **due}


def edition_of(home: Path) -> str:
    """`published` as soon as one real file has landed: illustrative rows are never mixed with real ones."""
    ledger = read_ledger(home)
    real = ledger[(ledger["status"] == "landed") & (ledger["edition"] == "published")]
    return "published" if len(real) or ledger.empty else ILLUSTRATIVE


def _first_seen(home: Path, feed: str, delivery: str) -> datetime:
    """When the hub first saw these bytes: a refused file that lies there at every build came once."""
    ledger = read_ledger(home, feed, delivery)
    return ledger["received_at"].iloc[0].to_pydatetime() if len(ledger) else archive.now()


def _read(
    home: Path, spec: FeedSpec, received: archive.Received, known_from: date
) -> tuple[dict[str, pd.DataFrame], list[Issue]]:
    from sources.reading import read

    try:
        landed, issues = read(spec, received, areas_of(home))
    except Refused as refused:
        return {}, refused.issues
    except Exception as error:  # kept apart from writing, so that the bytes and the reason are quarantined
        return {}, _fault(error, received.file)
    from quality.checks import check, check_entries

    issues += check_entries({kind: landed[kind] for kind in landed if kind in ENTRIES}, received.file)
    if "observations" in landed:
        due = load_areas().details.query("valid_to == ''").set_index("area_code")[["area_type", "region_code"]]
        of = units(known_from, landed["measures"])
        issues += check(landed["observations"], landed["measures"], of, due, received.file)
    return landed, issues


def _write(
    home: Path,
    spec: FeedSpec,
    received: archive.Received,
    report: Report,
    landed: dict[str, pd.DataFrame],
    told: dict[str, object],
) -> None:
    name = f"feed={spec.key}/{report.delivery_id}.parquet"
    about = {"feed": spec.key, "delivery_id": report.delivery_id}
    landing = home / "landing"
    if report.status == "landed":
        for kind in (*again.RECORDS, "measures"):
            if len(rows := landed.get(kind, ())):
                write_parquet(rows.assign(**about), kind, landing / kind / name)
            else:  # what an older description had found
                (landing / kind / name).unlink(missing_ok=True)
        archive.release(home, spec.key, received.sha256)
    else:
        archive.quarantine(home, spec.key, received, report.issues)
    write_parquet(again.issue_rows(report.issues, about), "issues", landing / "issues" / name)
    row = {
        **about,
        "file_name": received.file,
        "source_url": received.url,
        "sha256": received.sha256,
        "bytes": len(received.content),
        "status": report.status,
        "rows": report.rows,
        **told,
    }
    again.note(home, pd.DataFrame([row]))
    if report.status == "landed":
        remember(home, spec.key, received)
