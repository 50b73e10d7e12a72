"""Frames and rows -> the bytes of a CSV or workbook, the same bytes every time.

Belongs here: file formats. Does not belong here: what stands in the cells.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pandas as pd

MOMENT = (2010, 3, 31, 0, 0, 0)  # a zip wants a date; any fixed one keeps the bytes the same
STAMP = b"2010-03-31T00:00:00Z"


def csv_bytes(rows: pd.DataFrame | list[list[object]], *, bom: bool = False) -> bytes:
    """A CSV with CRLF line ends, as most publishers write it."""
    table = [list(rows.columns), *rows.to_numpy().tolist()] if isinstance(rows, pd.DataFrame) else rows
    out = io.StringIO()
    csv.writer(out).writerows(table)
    return (b"\xef\xbb\xbf" if bom else b"") + out.getvalue().encode()


def workbook_bytes(sheets: dict[str, list[list[object]]]) -> bytes:
    """An xlsx whose bytes depend on its cells alone (no clock)."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    raw, fixed = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", STAMP, old.read(name))
            new.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def small_hidden(count: int, mark: str = "x") -> int | str:
    """Counts of 1 to 5 are hidden, as the publishers of children's statistics do."""
    return mark if 1 <= count <= 5 else int(count)
