"""Open a delivery: bytes -> grids of text cells, or a refusal a person understands.

Belongs here: encodings, CSV records, workbook sheets, and files that are not what they claim to be.
Does not belong here: which row is the header or what a column means (table).
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from quality.issues import Issue, refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ASK_AGAIN = "Fetch the file again from the publisher, and check that it opens."


@dataclass
class Grid:
    """Text cells of one CSV or sheet. `rows[i]` is record `i + 1`; `sheet` is empty for a CSV."""

    sheet: str
    rows: list[list[str]]
    issues: list[Issue] = field(default_factory=list)


def read_grids(content: bytes, file: str) -> list[Grid]:
    """Every sheet of a workbook, or the one grid of a CSV.

    Raises:
        Refused: empty, HTML, password-protected, broken off or not a table at all; the sentence says which.
    """
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content.strip():
        raise refuse("empty_file", "the file is empty.", ASK_AGAIN, file=file)
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<?xml version")) and b"<html" in content[:4096].lower():
        raise refuse(
            "html_instead_of_data",
            "this is a web page (HTML), not data: the link probably led to an error or log-in page.",
            "Download the file itself from the publisher's page.",
            file=file,
        )
    if content.startswith(OLE) or content.startswith(b"PK"):
        return _workbook(content, file)
    return [_csv(content, file)]


def _workbook(content: bytes, file: str) -> list[Grid]:
    _refuse_protected(content, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        return [
            Grid(name, [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)])
            for name, sheet in sheets
        ]
    except Exception as error:  # calamine raises several kinds, some of them bare panics
        if "password" in str(error).lower():
            raise _protected(file) from error
        raise refuse(
            "broken_workbook", "the workbook cannot be opened: it is cut short or damaged.", ASK_AGAIN, file=file
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refuse(
            "broken_workbook", "the workbook cannot be opened: it is damaged.", ASK_AGAIN, file=file
        ) from error


def _protected(file: str) -> Exception:
    return refuse(
        "password_protected",
        "the workbook is protected by a password.",
        "Ask the publisher for a copy without one.",
        file=file,
    )


def _refuse_protected(content: bytes, file: str) -> None:
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise _protected(file)
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if "META-INF/manifest.xml" in archive.namelist():
                    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                        raise _protected(file)
                elif "[Content_Types].xml" not in archive.namelist():
                    raise refuse("not_a_table", "this is a zip archive, not a table.", "Unpack it first.", file=file)
        except (zipfile.BadZipFile, RuntimeError) as error:
            raise refuse(
                "broken_workbook", "the workbook cannot be opened: it is cut short or damaged.", ASK_AGAIN, file=file
            ) from error


def cell_text(cell: object) -> str:
    """A workbook's cell as the text a reader of the sheet would type: 2015.0 -> 2015, dates as ISO."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def decode(content: bytes, file: str) -> tuple[str, list[Issue]]:
    """Text of a file: UTF-8 with or without BOM, UTF-16 with BOM, else cp1252 with a warning (FORMATS rule 3)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        note = Issue(
            "warning",
            "encoding",
            f"the file is not UTF-8: byte 0x{content[error.start]:02x} on line {line}; it was read as Windows-1252.",
            "Ask the publisher for UTF-8.",
            file=file,
        )
        return content.decode("cp1252", errors="replace"), [note]


def _csv(content: bytes, file: str) -> Grid:
    text, issues = decode(content, file)
    if "\x00" in text:
        raise refuse("not_a_table", "this is neither a CSV nor a workbook: it holds binary data.", ASK_AGAIN, file=file)
    csv.field_size_limit(10_000_000)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise refuse(
                "truncated",
                f"the file breaks off inside a quoted cell, in record {len(rows) + 1}.",
                ASK_AGAIN,
                file=file,
                row=len(rows) + 1,
            ) from error
        rows = list(csv.reader(io.StringIO(text, newline="")))
    return Grid("", rows, issues)
