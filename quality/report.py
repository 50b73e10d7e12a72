"""What became of one delivery, told once for the command line, Dagster and the warehouse.

Belongs here: the outcome record. Does not belong here: how it is printed or stored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from quality.issues import SEVERITIES, Issue


@dataclass
class Report:
    """The outcome of landing one file: status is `landed`, `unchanged` or `quarantined`; `rows` are of all kinds.

    `known_from` is the day its figures became known; `coverage` counts its figures by indicator and period.
    """

    feed: str
    file_name: str
    delivery_id: str = ""
    sha256: str = ""
    status: str = "quarantined"
    rows: int = 0
    issues: list[Issue] = field(default_factory=list)
    preview: list[dict[str, object]] = field(default_factory=list)
    known_from: date | None = None
    coverage: dict[tuple[str, str], int] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Occurrences of issues by severity; every severity is present."""
        found: Counter[str] = Counter()
        for issue in self.issues:
            found[issue.severity] += issue.occurrences
        return {severity: found[severity] for severity in SEVERITIES}

    def reasons(self) -> list[str]:
        """The sentences of the errors: why a delivery was quarantined."""
        return [str(issue) for issue in self.issues if issue.severity == "error"]

    def warnings(self) -> list[str]:
        """The sentences of the first warnings."""
        return [str(issue) for issue in self.issues if issue.severity == "warning"][:10]

    def as_json(self) -> dict[str, object]:
        """One line for scripts: feed, file, sha256, rows, issues by severity, status, what errors and warnings say."""
        return {
            "feed": self.feed,
            "file": self.file_name,
            "delivery_id": self.delivery_id,
            "sha256": self.sha256,
            "rows": self.rows,
            "issues": self.counts(),
            "status": self.status,
            "reasons": self.reasons(),
            "warnings": self.warnings(),
        }
