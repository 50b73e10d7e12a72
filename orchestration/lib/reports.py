"""What Dagster is told about the files that came in through a feed.

Belongs here: Report -> metadata and check results. Does not belong here: deciding what is fit (quality).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import dagster as dg

from quality.report import Report

SHOWN = 20  # findings shown in the UI; all of them stand in marts.quality_issue
PERIODS_SHOWN = 16  # the newest, in the matrix of what is covered


def metadata(reports: Sequence[Report]) -> dict[str, object]:
    """Rows, statuses, issues by severity, what is covered, hashes and the first rows of a feed's files."""
    issues = Counter()
    for report in reports:
        issues.update(report.counts())
    statuses = Counter(report.status for report in reports)
    preview = next((report.preview for report in reports if report.preview), [])
    files = [
        {"file": r.file_name, "status": r.status, "rows": r.rows, **r.counts(), "sha256": r.sha256} for r in reports
    ]
    return {
        "dagster/row_count": sum(report.rows for report in reports),
        "files": len(reports),
        **{f"files_{status}": statuses[status] for status in ("landed", "unchanged", "quarantined")},
        **{f"issues_{severity}": issues[severity] for severity in ("error", "warning", "info")},
        "periods": ", ".join(sorted({period for report in reports for _, period in report.coverage})) or "none",
        "coverage": dg.MetadataValue.md(_coverage(reports)),
        "deliveries": dg.MetadataValue.md(markdown_table(files)),
        "preview": dg.MetadataValue.md(markdown_table(preview[:10])),
    }


def rounds(by_round: Mapping[str, Sequence[Report]]) -> dict[str, object]:
    """What a run of several rounds brought to each; the one that Dagster shows first may have had nothing."""
    if len(by_round) < 2:
        return {}
    rows = [
        {"round": label, "files": len(of_round), "rows": sum(report.rows for report in of_round)}
        for label, of_round in by_round.items()
    ]
    return {"rounds_of_run": dg.MetadataValue.md(markdown_table(rows))}


def _coverage(reports: Sequence[Report]) -> str:
    """Figures by indicator and period, the newest periods; of what several files carry, the fullest."""
    figures: dict[str, dict[str, int]] = {}
    for report in reports:
        for (indicator, period), count in report.coverage.items():
            row = figures.setdefault(indicator, {})
            row[period] = max(count, row.get(period, 0))
    periods = sorted({period for row in figures.values() for period in row})[-PERIODS_SHOWN:]
    return markdown_table(
        {"indicator": indicator, **{period: row.get(period) for period in periods}}
        for indicator, row in sorted(figures.items())
    )


def checks(reports: Sequence[Report]) -> list[dg.AssetCheckResult]:
    """`no_errors` fails when a delivery was quarantined (and stops the run); `no_warnings` only warns."""
    return [
        _check("no_errors", "error", dg.AssetCheckSeverity.ERROR, reports),
        _check("no_warnings", "warning", dg.AssetCheckSeverity.WARN, reports),
    ]


def _check(name: str, severity: str, level: dg.AssetCheckSeverity, reports: Sequence[Report]) -> dg.AssetCheckResult:
    found = [issue for report in reports for issue in report.issues if issue.severity == severity]
    failed = bool(found) or (severity == "error" and any(report.status == "quarantined" for report in reports))
    sentences = "\n".join(f"- {issue}" for issue in found[:SHOWN])
    return dg.AssetCheckResult(
        check_name=name,
        passed=not failed,
        severity=level,
        metadata={
            "count": sum(issue.occurrences for issue in found),
            "findings": dg.MetadataValue.md(sentences or "none"),
        },
    )


def markdown_table(rows: Iterable[dict[str, object]]) -> str:
    """Rows of one shape as a Markdown table; `none` for no rows."""
    rows = list(rows)
    if not rows:
        return "none"
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
    lines += ["| " + " | ".join(_cell(value) for value in row.values()) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
