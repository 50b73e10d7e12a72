"""Feeds land side by side: each whole feed in one process, several feeds at a time.

Belongs here: which feeds of a run are begun, and handing out what became of each. Does not belong here: landing a feed
(deliveries.py). Feeds do not touch each other's files, and of one feed a later file is read after an earlier one, so
the outcome is that of landing one after another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool

from orchestration.lib import deliveries
from orchestration.settings import Settings
from quality.report import Report
from sources.registry import FeedSpec
from sources.workers import workers


class LandingStopped(Exception):
    """A landing process ended before it was done; says what to do."""


class SideBySide:
    """Lands the feeds of one run after another, each run's in as many processes as there are cores for."""

    def __init__(self, settings: Settings) -> None:
        """For the feeds of `settings`; nothing begins before the first report is asked for."""
        self._settings = settings
        self._run = ""
        self._begun: dict[str, Future[list[Report]]] = {}
        self._workers: Executor | None = None

    def reports(
        self,
        spec: FeedSpec,
        together: Iterable[FeedSpec],
        *,
        run: str = "",
        asked: Collection[str] | None = None,
        pull: bool = False,
    ) -> list[Report]:
        """What became of the feed's files; the first call of a `run` begins with every feed that lands `together`.

        A feed that is asked for again in the same run begins again by itself. `asked` and `pull` are those of
        `deliveries.land`.

        Raises:
            LandingStopped: a landing process was stopped from outside.
        """
        if run != self._run:
            self._begun.clear()  # what a run that broke off had begun
        if spec.key not in self._begun:
            self._begin([spec] if run and run == self._run else list(together), asked, pull)
            self._run = run
        try:
            return self._begun.pop(spec.key).result()
        except BrokenProcessPool:
            self._begun.clear()
            raise LandingStopped(
                "a landing process was stopped from outside, most likely because memory ran out. "
                "What has landed stays: build again, and the rest is landed."
            ) from None
        finally:
            if not self._begun:
                self._workers.shutdown()

    def _begin(self, feeds: list[FeedSpec], asked: Collection[str] | None, pull: bool) -> None:
        if not self._begun:
            self._workers = workers(len(feeds))
        largest_first = sorted(feeds, key=lambda spec: -deliveries.size(spec, self._settings))
        self._begun |= {
            spec.key: self._workers.submit(deliveries.land, spec, self._settings, asked, pull=pull)
            for spec in largest_first
        }
