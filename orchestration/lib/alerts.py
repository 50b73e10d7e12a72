"""What the people who run the hub are told: a failure, a late feed, a quarantined file, a status that changed.

alerts/alerts.json   every alert with the moment it was noted and whether the channel took it, newest first
alerts/alerts.atom   the newest of them as an Atom feed; published/alerts leads here

The channel is any that apprise knows, by its address: json:// and jsons:// post to a webhook, mailto:// and mailtos://
send mail.

Belongs here: finding alerts, keeping each once, and handing the new ones to the channel. Does not belong here: when
that is done (defs/automation.py, commands/build.py); what is late or has changed (dbt).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from orchestration.lib.locks import only_one
from orchestration.settings import Settings, UnusableSetting
from sitegen import atom
from sources.archive import now, write_whole

SHOWN = 500  # entries of the Atom feed
LATE = """
    select feed, cast(due_on as varchar), title from marts.fct_arrival join marts.dim_feed using (feed)
    where status = 'missing' order by due_on, feed"""
# only the newest judged round: older ones were told when they were the newest
CHANGED = """
    with judged as (
        select
            area_code, area_name, round_label, round_ends_on, indicator_code, part, commitment_type, computed_status,
            lag(computed_status) over (
                partition by area_code, indicator_code, part, commitment_type order by round_ends_on
            ) as before
        from marts.fct_performance join marts.dim_area using (area_code)
        where is_assessed
    )
    select area_code, area_name, round_label, indicator_code, part, before, computed_status from judged
    where computed_status <> before and round_ends_on = (select max(round_ends_on) from marts.fct_performance)
    order by all"""


@dataclass(frozen=True)
class Alert:
    """One thing to tell: its kind, what it is about (each is told once), a sentence, and more in lines of text."""

    kind: Literal["failure", "late", "quarantine", "status"]
    about: str
    sentence: str
    text: str = ""

    @property
    def id(self) -> str:
        """The same for what was told before."""
        return f"{self.kind}:{self.about}"


def found(settings: Settings) -> list[Alert]:
    """Everything there is to tell of what landed and what is published, told before or not."""
    return [*_quarantined(settings), *_published(settings)]


def tell(settings: Settings, alerts: Iterable[Alert]) -> int:
    """Keep the alerts that are new, and hand to the channel all that it has not taken yet; returns how many are new.

    Raises:
        UnusableSetting: HUB_ALERTS is no address of a channel.
    """
    with only_one(settings.home, "alerts"):
        before = kept(settings)
        known = {row["id"] for row in before}
        new = {alert.id: alert for alert in alerts if alert.id not in known}
        at = f"{now():%Y-%m-%dT%H:%M:%SZ}"
        rows = [{"id": id_, **asdict(alert), "at": at, "told": False} for id_, alert in new.items()] + before
        if new:
            _keep(settings, rows)
        waiting = [row for row in rows if not row["told"]]
        if settings.alerts and waiting and _send(settings.alerts, waiting):
            for row in waiting:
                row["told"] = True
            _keep(settings, rows)
    return len(new)


def kept(settings: Settings) -> list[dict[str, object]]:
    """Every alert so far, newest first."""
    path = settings.alerts_folder / "alerts.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def _keep(settings: Settings, rows: list[dict[str, object]]) -> None:
    folder = settings.alerts_folder
    write_whole(folder / "alerts.json", json.dumps(rows, indent=1, ensure_ascii=False).encode())
    write_whole(folder / "alerts.atom", _atom(rows[:SHOWN]).encode())


def _send(channel: str, rows: list[dict[str, object]]) -> bool:
    import apprise  # a third of a second: only when there is something to send

    to = apprise.Apprise()
    if not to.add(channel):
        raise UnusableSetting("HUB_ALERTS is no address of a channel, such as json://host/path or mailto://host?to=...")
    title = rows[0]["sentence"] if len(rows) == 1 else f"{len(rows)} alerts of the performance hub"
    body = "\n\n".join("\n".join(filter(None, (row["sentence"], row["text"]))) for row in rows)
    return bool(to.notify(title=title, body=body))


def _quarantined(settings: Settings) -> list[Alert]:
    from sources.parquet import read_ledger

    ledger = read_ledger(settings.home)
    refused = ledger[ledger["status"] == "quarantined"].sort_values(["received_at", "delivery_id"])
    return [
        Alert(
            "quarantine",
            f"{row.feed}:{row.sha256}",
            f"{row.file_name} of {row.feed} was quarantined",
            "\n".join(_reasons(settings.home / "quarantine" / row.feed / row.sha256 / "reasons.json")),
        )
        for row in refused.itertuples()
    ]


def _reasons(path: Path) -> list[str]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def _published(settings: Settings) -> list[Alert]:
    import duckdb

    hub = settings.published / "hub.duckdb"
    if not hub.exists():
        return []
    with duckdb.connect(str(hub), read_only=True) as con:
        if con.execute("select max(as_at) from marts.dim_edition").fetchone() != (None,):
            return []  # what was late or changed on a day of the past is no news
        late, changed = con.execute(LATE).fetchall(), con.execute(CHANGED).fetchall()
    return [_late(*row) for row in late] + [
        _changed(*key, list(rows)) for key, rows in groupby(changed, key=lambda row: row[:3])
    ]


def _late(feed: str, due_on: str, title: str) -> Alert:
    return Alert("late", f"{feed}:{due_on}", f"{feed} is late: nothing came that was due by {due_on}", title)


def _changed(area: str, name: str, round_label: str, rows: list[tuple]) -> Alert:
    lines = [f"{indicator} ({part}): {_said(before)} -> {_said(after)}" for *_, indicator, part, before, after in rows]
    hash_ = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]  # other changes are told anew
    sentence = f"{name}: {len(lines)} targets changed status in {round_label}"
    return Alert("status", f"{area}:{round_label}:{hash_}", sentence, "\n".join(lines))


def _said(status: str) -> str:
    return status.replace("_", " ")


def _atom(rows: list[dict[str, object]]) -> str:
    urn = f"{atom.URN}:alerts"
    entries = [
        f"<entry>\n<id>{urn}:{atom.text(row['id'])}</id>\n<title>{atom.text(row['sentence'])}</title>\n"
        f"<updated>{row['at']}</updated>\n<category term={row['kind']!r}/>\n"
        f"<content type='text'>{atom.text(row['text'])}</content>\n</entry>\n"
        for row in rows
    ]
    return atom.feed(urn, "Alerts of the performance hub", rows[0]["at"], entries)
