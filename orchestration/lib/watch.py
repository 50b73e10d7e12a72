"""How work tells a person how far it is.

Belongs here: what can be told. Does not belong here: how it is drawn (commands/build.py).
"""

from __future__ import annotations

from quality.report import Report


class Watch:
    """Hears how far the work is and does nothing with it: the Dagster UI has its own display."""

    def expect(self, total: int) -> None:
        """There are `total` steps in this stage."""

    def advance(self, what: str, done: int | None = None) -> None:
        """One more step is done, or `done` in all; `what` names the last one."""

    def doing(self, what: str) -> None:
        """Something is under way within the step."""

    def reported(self, report: Report) -> None:
        """One file was landed, found unchanged or quarantined."""


SILENT = Watch()
