"""What landed deliveries cover: how many figures of which indicators and periods, and when these became known.

Belongs here: reading that off landed files, for all deliveries of a feed at once. Does not belong here: whether it is
what was due (dbt), how it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quality.report import Report
from sources.parquet import count_figures, read_ledger


def cover(reports: Sequence[Report], home: Path) -> None:
    """Put into each report of one feed its day of knowledge, and its figures by indicator and period."""
    told = {report.delivery_id: report for report in reports if report.delivery_id}
    if not told:
        return
    feed = reports[0].feed
    ledger = read_ledger(home, feed)
    for delivery, day in zip(ledger["delivery_id"], ledger["known_from"], strict=True):
        if delivery in told:
            told[delivery].known_from = day.date()
    landed = [home / "landing" / "observations" / f"feed={feed}" / f"{delivery}.parquet" for delivery in told]
    for delivery, indicator, period, figures in count_figures(landed):
        told[delivery].coverage[indicator, period] = figures
