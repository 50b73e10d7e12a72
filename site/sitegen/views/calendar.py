"""The release calendar: which deliveries were expected and came, and which come next; as a page and as iCalendar.

Days come from the data: the calendar ends twelve months after the day the published file is as at.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sitegen import format, words
from sitegen.hub import Hub
from sitegen.views import Page

STATUS = {"on_time": "On time", "late": "Late", "missing": "Did not come", "expected": "Expected"}


class Expected(NamedTuple):
    """A delivery a feed is due: its title, the last day it is due on, what came of it, and the delivery that came."""

    feed: str
    title: str
    due_on: date
    status: str
    delivery: object | None


def expected(hub: Hub) -> list[Expected]:
    """Every expected delivery the published file knows of, the latest due first."""
    found = hub.coming.rows[::-1] + hub.arrivals.rows
    return [
        Expected(row.feed, hub.feeds[row.feed].title, row.due_on, row.status, hub.deliveries.get(row.delivery_id))
        for row in found
    ]


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the calendar page with what is expected, and for each year what was expected and what came."""
    due = expected(hub)
    past = [item for item in due if item.status != "expected"]
    came = sorted(hub.deliveries.values(), key=lambda row: (str(row.received_at), row.delivery_id), reverse=True)
    years = sorted(
        {item.due_on.year for item in past} | {row.received_at.year for row in came if row.received_at}, reverse=True
    )
    listed = [{"year": year, "path": f"releases/calendar-{year}.html"} for year in years]
    context = {
        "as_at": format.day(as_at(hub)),
        "coming": [_view(item) for item in reversed(due) if item.status == "expected"],
        "counts": {
            words.say(STATUS, s): sum(item.status == s for item in past) for s in ("on_time", "late", "missing")
        },
        "years": listed,
    }
    coming = [item._asdict() | {"delivery": None} for item in reversed(due) if item.status == "expected"]
    yield Page("calendar", "releases/calendar.html", "calendar.html", context, rows=coming)
    for item in listed:
        year = item["year"]
        of_year = {
            "year": year,
            "past": [_view(item) for item in past if item.due_on.year == year],
            "arrived": [
                {"row": row, "title": hub.feeds[row.feed].title if row.feed in hub.feeds else row.feed}
                for row in came
                if row.received_at and row.received_at.year == year
            ],
        }
        yield Page("calendar_year", item["path"], "calendar_year.html", of_year, rows=[
            row["row"] for row in of_year["arrived"]
        ])  # fmt: skip


def as_at(hub: Hub) -> date | None:
    """The last day something became known on."""
    return max((row.known_from for row in hub.deliveries.values() if row.status == "landed"), default=None)


def _view(item: Expected) -> dict:
    came = item.delivery
    return {
        "title": item.title,
        "due": format.day(item.due_on),
        "status": words.say(STATUS, item.status),
        "file": came.file_name if came else "",
        "delivery": came.delivery_id if came else "",
        "received": format.day(came.received_at) if came else "",
    }


def ics(hub: Hub) -> str:
    """The calendar as iCalendar (RFC 5545): an event of a whole day for every expected delivery."""
    stamp = f"{as_at(hub) or date(1970, 1, 1):%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Local Performance Hub//Release calendar//EN"]
    for item in sorted(expected(hub), key=lambda item: (item.due_on, item.feed)):
        came = f" {item.delivery.file_name} came on {format.day(item.delivery.received_at)}." if item.delivery else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{item.feed}-{item.due_on:%Y-%m}@local-performance-hub",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{item.due_on:%Y%m%d}",
            f"SUMMARY:{_escaped(f'{words.say(STATUS, item.status)}: {item.title}')}",
            f"DESCRIPTION:{_escaped(f'Due by {format.day(item.due_on)}.{came}')}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, as the standard asks, never cut within a character."""
    pieces, piece = [], ""
    for mark in line:
        if len((piece + mark).encode()) > (74 if pieces else 75):
            pieces, piece = [*pieces, piece], ""
        piece += mark
    return "\r\n ".join([*pieces, piece])
