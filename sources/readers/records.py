"""The records below a header: which are data, which are notes, and which are broken.

Belongs here: what can be said of a record by its length alone. Does not belong here: what its columns are (table).
"""

from __future__ import annotations

from collections import Counter

from quality.issues import Issue, refuse
from sources.readers.grid import Grid


def whole_records(grid: Grid, first: int, width: int, file: str) -> tuple[list[tuple[int, list[str]]], list[Issue]]:
    """Records below the header, filled up to its width; blank ones are separators, ragged ones are issues.

    Some publishers leave out trailing blank cells on every record: the usual width is the measure, not the header's.
    """
    body, issues = [], []
    records = [(i, row) for i, row in enumerate(grid.rows[first:], first) if any(cell.strip() for cell in row)]
    usual = min(width, Counter(len(row) for _, row in records).most_common(1)[0][0]) if records else width
    records, notes = _notes_below(grid, records, usual)
    for i, row in records:
        if len(row) < usual and not grid.sheet:
            message = f"the record has {len(row)} cells, the others {usual}"
            if i == records[-1][0]:
                said = f"the file breaks off: {message} in its last record."
                raise refuse("truncated", said, "Fetch the file again from the publisher.", file=file, row=i + 1)
            issues.append(_ragged(file, grid.sheet, i, message))
        elif any(cell.strip() for cell in row[width:]):
            issues.append(_ragged(file, grid.sheet, i, f"the record has {len(row)} cells, the header {width}"))
        else:
            body.append((i + 1, row[:width] + [""] * (width - len(row))))
    if notes:
        said = "1 record below" if len(notes) == 1 else f"{len(notes)} records below"
        issues.append(Issue("info", "notes_below", f"{said} the table are notes, not data.", "", file, grid.sheet,
                            notes[0] + 1, occurrences=len(notes)))  # fmt: skip
    if not grid.ended and body and not notes:
        said = "the file has no line end after its last record; if it was cut short there, its last cell is incomplete."
        issues.append(Issue("warning", "no_line_end", said, "Compare the last record with the publisher's.", file, "",
                            body[-1][0]))  # fmt: skip
    return body, issues


def _notes_below(
    grid: Grid, records: list[tuple[int, list[str]]], usual: int
) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """Records of one whole cell at a CSV's foot are notes; a last one without a line end is a broken record instead."""
    notes: list[int] = []
    while not grid.sheet and usual > 1 and records and len(records[-1][1]) == 1 and (grid.ended or notes):
        notes.insert(0, records[-1][0])
        records = records[:-1]
    return records, notes


def _ragged(file: str, sheet: str, i: int, message: str) -> Issue:
    return Issue(
        "warning",
        "ragged_record",
        f"{message}; the record was kept out.",
        "Look for a stray comma or quotation mark.",
        file=file,
        sheet=sheet,
        row=i + 1,
    )
