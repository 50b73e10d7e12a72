"""Bytes that came before: what the hub holds of them, their days put right, and a re-sent file told.

Belongs here: everything about a delivery that landed already. Does not belong here: its first landing (landing).
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd

from quality.issues import Issue
from quality.report import Report
from sources import archive
from sources.archive import now
from sources.parquet import EMPTY, ENTRIES, read_ledger, read_parquet, write_parquet

PREVIEW = ["indicator_code", "part", "area_code", "area_text", "period_label", "dimensions", "value", "mark",
           "source_row", "source_text"]  # fmt: skip
RECORDS = ("observations", *ENTRIES)
SHOWN = 10  # rows of a preview

# names of an Issue's fields in Parquet: words that SQL keeps for itself are avoided there
ISSUE_COLUMNS = {
    "check": "check_name", "file": "file_name", "row": "row_number", "column": "column_name", "value": "cell_value",
}  # fmt: skip


def landed_before(home: Path, feed: str, delivery: str) -> bool:
    """Whether these bytes landed; a refused file is tried again each time it comes."""
    ledger = read_ledger(home, feed, delivery)
    return bool(len(ledger)) and ledger["status"].iloc[0] == "landed"


def unchanged(report: Report, home: Path) -> Report:
    """What the hub already holds of these bytes: the day they became known, their count, findings and preview."""
    name = f"feed={report.feed}/{report.delivery_id}.parquet"
    landed = {kind: read_parquet([home / "landing" / kind / name], kind, SHOWN) for kind in RECORDS}
    found = read_parquet([home / "landing" / "issues" / name], "issues").drop(columns=["feed", "delivery_id"])
    found = found.rename(columns={theirs: ours for ours, theirs in ISSUE_COLUMNS.items()})
    records = found.astype("object").where(found.notna(), None).to_dict("records")
    report.issues = [Issue(**issue | {"row": issue["row"] and int(issue["row"])}) for issue in records]
    report.status = "unchanged"
    before = read_ledger(home, report.feed, report.delivery_id).iloc[0]
    report.rows, report.known_from = int(before["rows"]), before["known_from"].date()
    report.preview = preview(landed)
    return report


def preview(landed: dict[str, pd.DataFrame]) -> list[dict[str, object]]:
    """The first rows of the first kind of record there is."""
    for kind in RECORDS:
        if len(landed.get(kind, ())):
            shown = PREVIEW if kind == "observations" else [*ENTRIES[kind], "source_sheet", "source_row"]
            return landed[kind][shown].head(SHOWN).to_dict("records")
    return []


def resent_or_redated(report: Report, home: Path, published_on: date | None, received_on: date | None) -> Report:
    """A later file with the same bytes is told; days newly told of the delivery are put into its ledger row."""
    path = home / "landing" / "deliveries" / f"feed={report.feed}/{report.delivery_id}.parquet"
    ledger = read_parquet([path], "deliveries")
    before = ledger.iloc[0]
    if before["file_name"] != report.file_name:
        _tell_resent(report, home, before, received_on)
        if received_on and received_on >= before["received_at"].date():
            return report
    told = {"published_on": published_on, "received_on": received_on}
    days = known_days(**told, moment=before["received_at"].to_pydatetime())
    new = {name: day for name, day in days.items() if day and pd.Timestamp(day) != before[name]}
    if not any(told.values()) or not new:
        return report
    note(home, ledger.assign(**new))
    name, words = ("published_on", "publication") if "published_on" in new else ("received_at", "receipt")
    was = f"{before[name]:%Y-%m-%d}" if pd.notna(before[name]) else "no day"
    said = f"the day of {words} was put right: {pd.Timestamp(days[name]):%Y-%m-%d} (before: {was})."
    report.issues = [*report.issues, Issue("info", "redated", said, "", report.file_name)]
    return report


def _tell_resent(report: Report, home: Path, before: pd.Series, received_on: date | None) -> None:
    came = f", received on {received_on}," if received_on else ""
    said = f"this file{came} holds the same bytes as {before['file_name']}; nothing was landed twice."
    issue = Issue("info", "resent", said, "", report.file_name)
    report.issues = [*report.issues, issue]
    write_resent(home, report.feed, report.delivery_id, issue)
    told = {"feed": report.feed, "sha256": report.sha256, "resent": {report.file_name: said}}
    archive.note_receipt(home, archive.receipt(home, report.feed, report.sha256) | told)


def write_resent(home: Path, feed: str, delivery: str, issue: Issue) -> None:
    """Write one finding a name, once, beside the findings of the delivery's first day."""
    name = hashlib.sha256(issue.file.encode()).hexdigest()[:12]
    path = home / "landing" / "issues" / f"feed={feed}" / f"{delivery}-resent-{name}.parquet"
    if not path.exists():
        write_parquet(issue_rows([issue], {"feed": feed, "delivery_id": delivery}), "issues", path)


def note(home: Path, ledger: pd.DataFrame) -> None:
    """Write the ledger row of a delivery, and before it the receipt that stays with the archived bytes."""
    row = ledger.iloc[0]
    moment, *days = (pd.Timestamp(row[name]) for name in ("received_at", "published_on", "known_from"))
    told = {
        name: row[name] for name in ("feed", "delivery_id", "file_name", "source_url", "sha256", "status", "edition")
    }
    told |= {"received_at": f"{moment:%Y-%m-%dT%H:%M:%S}"}
    told |= {
        name: None if pd.isna(day) else f"{day:%Y-%m-%d}"
        for name, day in zip(("published_on", "known_from"), days, strict=True)
    }
    archive.note_receipt(home, told)
    write_parquet(
        ledger, "deliveries", home / "landing" / "deliveries" / f"feed={row['feed']}" / f"{row['delivery_id']}.parquet"
    )


def complete_receipts(home: Path) -> None:
    """Write the receipts that an older hub did not leave beside what it archived."""
    ledger = read_ledger(home)
    there = {path.stem for path in (home / "raw").glob("*/*.json")}
    for position in range(len(ledger)):
        if ledger["sha256"].iloc[position] not in there:
            note(home, ledger.iloc[[position]])


def known_days(published_on: date | None, received_on: date | None, moment: datetime) -> dict[str, date | None]:
    """What the ledger says of a delivery's days; known from the day of receipt where the list of arrivals names it.

    `moment` is when the hub first saw it.
    """
    return {
        "received_at": datetime.combine(received_on, time()) if received_on else moment,
        "published_on": published_on,
        "known_from": received_on or published_on or moment.date(),
    }


def clock_moved_back(home: Path, feed: str, file: str, days: dict[str, date | None]) -> list[Issue]:
    """A warning when the feed's last delivery was received after this one: revisions would be out of order."""
    here = pd.Timestamp(days["received_at"])
    if here < pd.Timestamp(now().date()):  # a day that was told is no clock's
        return []
    last = read_ledger(home, feed)["received_at"].max()
    if pd.isna(last) or last <= here:
        return []
    said = f"it was received at {here:%Y-%m-%d %H:%M}, before a delivery that came earlier ({last:%Y-%m-%d %H:%M})."
    return [Issue("warning", "clock_moved_back", said, "Set the clock of this machine right.", file)]


def issue_rows(issues: list[Issue], about: dict[str, str]) -> pd.DataFrame:
    """Issues as landed rows; `about` names their feed and delivery."""
    frame = pd.DataFrame([asdict(issue) for issue in issues]).rename(columns=ISSUE_COLUMNS)
    return (frame if len(frame) else EMPTY["issues"]()).assign(**about)
