"""What a person sees during `hub build`, and the summary after it.

Belongs here: drawing. Does not belong here: any decision.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from orchestration.lib.deliveries import unclaimed, unread_arrivals
from orchestration.lib.watch import Watch
from orchestration.settings import Settings
from quality.report import Report

REASONS_SHOWN = 3
UNCLAIMED_SHOWN = 5
COUNTED = ("files", "landed", "unchanged", "quarantined", "rows landed", "errors", "warnings", "notes")
LOG_WIDTH = 120  # on no terminal: a log has no width of its own


class Screen(Watch):
    """One line a stage while it runs, one when it is done; then a table a feed and what was made of them.

    On no terminal (a log, CI) only the finished lines are printed.
    """

    def __init__(self, console: Console | None = None) -> None:
        """Draw on `console`, by default standard output."""
        self.console = console or Console(highlight=False, width=None if sys.stdout.isatty() else LOG_WIDTH)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description:<10}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[what]}"),
            console=self.console,
            transient=True,
        )
        self._task = None
        self._done = 0
        self._reports: list[Report] = []
        self.problems: list[str] = []
        self._lines: list[tuple[str, str]] = []

    def __enter__(self) -> Screen:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing, whatever happened."""
        self._progress.stop()

    @contextmanager
    def stage(self, name: str, what: str) -> Iterator[None]:
        """Draw one stage; its finished line says how many steps it had and how long it took."""
        self._task, self._done, started = self._progress.add_task(name, total=None, what=what), 0, monotonic()
        try:
            yield
        finally:
            self._progress.remove_task(self._task)
            self.console.print(f"{name:<10} {self._done:>6,} steps  {monotonic() - started:>7.1f} s")

    def expect(self, total: int) -> None:
        """The stage's bar gets its length."""
        self._progress.update(self._task, total=total)

    def advance(self, what: str, done: int | None = None) -> None:
        """One step further, or so many steps in all."""
        self._done = self._done + 1 if done is None else done
        self._progress.update(self._task, completed=self._done, what=escape(what))

    def doing(self, what: str) -> None:
        """Name what is under way; the bar stays where it is."""
        self._progress.update(self._task, what=escape(what))

    def reported(self, report: Report) -> None:
        """Keep a file's outcome for the summary."""
        self._reports.append(report)
        self._progress.update(self._task, what=escape(report.file_name))

    def problem(self, sentence: str) -> None:
        """Keep what went wrong for the end, where it is not scrolled away."""
        self.problems.append(sentence)

    def made_warehouse(self, run: object) -> None:
        """Keep the counts of tables and tests."""
        passed, warned, failed = (run.checks[outcome] for outcome in ("passed", "warned", "failed"))
        tests = f"{passed:,} tests passed, {warned:,} warned, {failed:,} failed"
        self._lines.append(("warehouse", f"{len(run.made):,} tables and views, {tests}"))

    def made_release(self, name: str, metadata: dict[str, object]) -> None:
        """Keep the sizes of the public data or site."""
        if metadata:
            things = ("tables", "rows", "pages")
            counts = [f"{metadata[thing]:,} {thing}" for thing in things if thing in metadata]
            self._lines.append((name, ", ".join([*counts, f"{metadata['bytes'] / 1e6:,.1f} MB"])))

    def summary(self, settings: Settings, published: bool, seconds: float) -> None:
        """The table of the feeds, what was made, and what needs a look."""
        self.console.print(self._feeds_table())
        for name, line in self._lines:
            self.console.print(f"{name:<10} {line}")
        for report in self._reports:
            if report.status == "quarantined":
                self._print_quarantined(report)
        left = unclaimed(settings)
        if left:
            shown = ", ".join(left[:UNCLAIMED_SHOWN]) + (", ..." if len(left) > UNCLAIMED_SHOWN else "")
            self.console.print(f"[dim]Not read:[/] {len(left)} files no feed claims: {escape(shown)}", soft_wrap=True)
        if unread := unread_arrivals(settings):
            self.console.print(f"[bold yellow]Not used:[/] {escape(unread)}", soft_wrap=True)
        for sentence in self.problems:
            self.console.print(f"[bold red]Failed:[/] {escape(sentence)}", soft_wrap=True)
        shown = settings.published / "site" / "index.html"
        end = f"Published: {shown}" if published else "Nothing new was published; what was public before still is"
        self.console.print(f"{escape(end)} ({seconds:.1f} s)", soft_wrap=True)

    def _feeds_table(self) -> Table:
        table = Table(title="What came in")
        table.add_column("feed", no_wrap=True)
        for heading in COUNTED:
            table.add_column(heading, justify="right")
        for feed in dict.fromkeys(report.feed for report in self._reports):
            reports = [report for report in self._reports if report.feed == feed]
            status = Counter(report.status for report in reports)
            rows = sum(report.rows for report in reports if report.status == "landed")
            issues = sum((Counter(report.counts()) for report in reports), Counter())
            numbers = (
                len(reports),
                *(status[name] for name in ("landed", "unchanged", "quarantined")),
                rows,
                *(issues[name] for name in ("error", "warning", "info")),
            )
            table.add_row(feed, *(f"{number:,}" for number in numbers))
        return table

    def _print_quarantined(self, report: Report) -> None:
        self.console.print(f"[bold yellow]Quarantined:[/] {escape(report.feed)}: {escape(report.file_name)}")
        reasons = report.reasons()
        for reason in reasons[:REASONS_SHOWN]:
            self.console.print(f"  - {escape(reason)}", soft_wrap=True)
        if len(reasons) > REASONS_SHOWN:
            self.console.print(f"  - and {len(reasons) - REASONS_SHOWN} more; see marts.quality_issue")
