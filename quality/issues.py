"""The one shape of a finding: what is wrong, where, and what to do about it.

Belongs here: the Issue record and how a list of them is kept short. Does not belong here: the checks that raise them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

SEVERITIES = ("error", "warning", "info")
SAMPLE = 25  # cells shown for one kind of finding; the rest are counted, so that one bad column cannot flood a report


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding about a delivery.

    `error` blocks the whole delivery, `warning` keeps a cell or row out or asks for a look, `info` says what was
    left out on purpose. `row` is the 1-based record of a CSV or row of a sheet. `occurrences` counts the alike
    findings this one stands for.
    """

    severity: str
    check: str
    message: str
    remedy: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    occurrences: int = 1

    def __str__(self) -> str:
        """The finding as one sentence with its place and remedy."""
        place = ", ".join(
            text
            for text in (
                self.file,
                f"sheet {self.sheet!r}" if self.sheet else "",
                f"row {self.row}" if self.row is not None else "",
                f"column {self.column!r}" if self.column else "",
            )
            if text
        )
        return f"{place + ': ' if place else ''}{self.message}{' ' + self.remedy if self.remedy else ''}"


class Refused(Exception):
    """A delivery cannot be read at all; carries the issues that say why."""

    def __init__(self, *issues: Issue) -> None:
        """Keep the issues; the message is their sentences."""
        super().__init__(" ".join(str(issue) for issue in issues))
        self.issues = list(issues)


def refuse(check: str, message: str, remedy: str = "", **place: object) -> Refused:
    """A Refused with one error, to be raised."""
    return Refused(Issue("error", check, message, remedy, **place))


def count_and_sample(issues: Iterable[Issue], sample: int = SAMPLE) -> list[Issue]:
    """Keep the first `sample` findings of each kind (check, sheet, column); the last kept one counts the rest."""
    kinds: dict[tuple[str, str, str, str], list[Issue]] = {}
    for issue in issues:
        kinds.setdefault((issue.severity, issue.check, issue.sheet, issue.column), []).append(issue)
    kept: list[Issue] = []
    for found in kinds.values():
        rest = sum(issue.occurrences for issue in found[sample:])
        kept += found[:sample]
        if rest:
            last = found[sample]
            kept.append(replace(last, message=f"{last.message} ({rest:,} alike from here on)", occurrences=rest))
    return sorted(kept, key=lambda issue: (SEVERITIES.index(issue.severity), issue.check, issue.sheet, issue.row or 0))
