"""Small hand-made workbooks of the feeds that are no observations, as tests send them.

Belongs here: headers and a few good rows. Does not belong here: what must come of them (the tests).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sources.demo.files import workbook_bytes

TARGETS = [
    "LAA code", "LAA", "Indicator", "Part", "Target type", "Target basis", "Comparator", "Baseline period", "Baseline",
    "2008/09", "2009/10", "2010/11", "Lead partnership", "Lead organisation", "Reward eligible", "Decision",
    "Decided on",
]  # fmt: skip
SHEETS = {
    "Partnerships": ["Partnership code", "Partnership", "Type", "LAA code", "Parent code", "Lead organisation",
                     "Lead post", "From", "To"],
    "Organisations": ["Organisation code", "Organisation", "Type", "LAA code"],
    "Responsibilities": ["Partnership code", "Indicator", "Part", "Organisation", "Post", "From", "To"],
    "Plans": ["Plan code", "Type", "Title", "LAA code", "Parent plan", "Owner organisation", "From", "To"],
    "Plan links": ["Plan code", "Indicator", "Partnership code", "Organisation", "Post", "From", "To"],
    "Register": ["Partnership code", "Round", "Returns due", "Due on", "Received on"],
    "Returns": ["Partnership code", "LAA code", "Indicator", "Part", "Round", "Self-assessed status",
                "Direction of travel", "Commentary", "Cause", "Board decision", "Board decided on"],
    "Actions": ["Partnership code", "LAA code", "Indicator", "Part", "Round", "Action number", "Action", "Owner post",
                "Due on", "State"],
}  # fmt: skip
REVIEWS = [
    "LAA code", "LAA", "Indicator", "Part", "Target type", "Round", "Office view", "Reason of the office",
    "Agreed status", "Reason agreed", "Agreed on",
]  # fmt: skip
JUDGEMENTS = [
    "Area code", "Area", "Inspectorate", "Assessment", "About", "National indicator", "Judgement",
    "What the report says", "Published on",
]  # fmt: skip
SENT = {
    "lsp_partnerships": ("Partnerships", "Organisations", "Responsibilities", "Plans", "Plan links"),
    "lsp_returns": ("Register", "Returns", "Actions"),
}
HARTLEPOOL, OLD = "E06000001", "00EB"
TARGET = {
    "LAA code": OLD, "LAA": "Hartlepool", "Indicator": "NI 154", "Target type": "Designated", "Target basis": "Level",
    "Baseline period": "2007/08", "Baseline": 300, "2008/09": 310, "2009/10": 320, "2010/11": 330.5,
    "Lead partnership": "LSP-00EB", "Lead organisation": "ORG-00EB", "Reward eligible": "Yes",
    "Decision": "Signed 30 June 2008", "Decided on": "2008-06-30",
}  # fmt: skip
PARTNERSHIP = {
    "Partnership code": "LSP-00EB", "Partnership": "Hartlepool Partnership", "Type": "Local strategic partnership",
    "LAA code": OLD, "Lead organisation": "ORG-00EB", "Lead post": "Head of Partnerships", "From": "2008-04-01",
}  # fmt: skip
THEMATIC = {
    **PARTNERSHIP, "Partnership code": "LSP-00EB-1", "Partnership": "Housing Partnership", "Type":
    "Thematic partnership", "Parent code": "LSP-00EB",
}  # fmt: skip
ORGANISATION = {
    "Organisation code": "ORG-00EB", "Organisation": "Hartlepool Borough Council", "Type": "Council", "LAA code": OLD,
}  # fmt: skip
RESPONSIBILITY = {
    "Partnership code": "LSP-00EB-1", "Indicator": "NI 154", "Organisation": "ORG-00EB",
    "Post": "Head of Housing Strategy", "From": "2008-04-01",
}  # fmt: skip
PLEDGE = {
    "Plan code": "CSP-00EB-1", "Type": "Community strategy pledge", "Title": "A decent home for all",
    "LAA code": OLD, "Parent plan": "LAA E06000001", "Owner organisation": "ORG-00EB", "From": "2008-04-01",
}  # fmt: skip
LINK = {**RESPONSIBILITY, "Plan code": "CSP-00EB-1"}
REGISTER = {
    "Partnership code": "LSP-00EB-1", "Round": "2009/10 Q2", "Returns due": 1, "Due on": "2009-11-04",
    "Received on": "2009-11-02",
}  # fmt: skip
RETURN = {
    "Partnership code": "LSP-00EB-1", "LAA code": OLD, "Indicator": "NI 154", "Round": "2009/10 Q2",
    "Self-assessed status": "Near target", "Commentary": "Starts are slow.", "Cause": "Lending to builders",
    "Board decision": "Accept", "Board decided on": "2009-11-12",
}  # fmt: skip
ACTION = {
    "Partnership code": "LSP-00EB-1", "LAA code": OLD, "Indicator": "NI 154", "Round": "2009/10 Q2",
    "Action number": 1, "Action": "Bring two sites forward", "Owner post": "Head of Planning", "Due on": "2010-03-31",
    "State": "In progress",
}  # fmt: skip
REVIEW = {
    "LAA code": OLD, "LAA": "Hartlepool", "Indicator": "NI 154", "Target type": "Designated", "Round": "2009/10 Q2",
    "Office view": "Off target", "Reason of the office": "Two sites have stalled.", "Agreed status": "Near target",
    "Reason agreed": "One site starts in March", "Agreed on": "2009-11-16",
}  # fmt: skip
JUDGEMENT = {
    "Area code": OLD, "Area": "Hartlepool", "Inspectorate": "Audit Commission", "Assessment": "Area assessment",
    "About": "Affordable homes", "National indicator": "NI 154", "Judgement": "Red flag",
    "What the report says": "Two sites have stalled.", "Published on": "2009-12-09",
}  # fmt: skip
PARTNERSHIPS = {
    "Partnerships": [PARTNERSHIP, THEMATIC], "Organisations": [ORGANISATION], "Responsibilities": [RESPONSIBILITY],
    "Plans": [PLEDGE], "Plan links": [LINK],
}  # fmt: skip
RETURNS = {"Register": [REGISTER], "Returns": [RETURN], "Actions": [ACTION]}


def targets(*rows: dict[str, object], headers: Sequence[str] = TARGETS, sheet: str = "North East") -> bytes:
    """A workbook of targets with one sheet."""
    return workbook_bytes({sheet: _sheet(headers, rows)})


def reviews(*rows: dict[str, object], sheet: str = "North East") -> bytes:
    """A workbook of Government Offices' views with one sheet."""
    return workbook_bytes({sheet: _sheet(REVIEWS, rows)})


def judgements(*rows: dict[str, object], sheet: str = "Audit Commission") -> bytes:
    """A workbook of inspectorates' judgements with one sheet."""
    return workbook_bytes({sheet: _sheet(JUDGEMENTS, rows)})


def sent(feed: str, rows: dict[str, list[dict[str, object]]], leave_out: str = "") -> bytes:
    """A partnership's workbook with all sheets of its feed (but one, where named)."""
    return workbook_bytes({
        name: _sheet(SHEETS[name], rows.get(name, [])) for name in SENT[feed] if name != leave_out
    })  # fmt: skip


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a workbook into a folder."""
    path = folder / name
    path.write_bytes(content)
    return path


def _sheet(headers: Sequence[str], rows: Sequence[dict[str, object]]) -> list[list[object]]:
    title = [["Illustrative data: made up for a test"], ["Sent on 30 June 2008"], []]
    return [*title, list(headers), *([row.get(header, "") for header in headers] for row in rows)]
