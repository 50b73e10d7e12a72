"""Open a delivery: bytes -> grids of text cells, or a refusal a person understands.

Belongs here: encodings, CSV records, workbook sheets, and files that are not what they claim to be.
Does not belong here: which row is the header or what a column means (table).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from quality.issues import Issue, refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLANK = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks and white space
ASK_AGAIN = "Fetch the file again from the publisher, and check that it opens."
UNPACKED_LIMIT = 1024 * 1024 * 1024  # bytes of a workbook once unpacked; the largest here unpacks to a tenth of it
GET_DATA = "Download the data file (CSV, ODS or Excel) from the publisher's page."
# What comes instead of a table: check, how it begins, what it is, what to do.
NOT_TABLES = (
    (
        "html_instead_of_data",
        re.compile(
            rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
            rb"<(?:!doctype html|html|head|body|meta|title|script|table|div|h1|p)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        "a web page (HTML), not data: the link probably led to an error or log-in page",
        GET_DATA,
    ),
    ("not_a_table", re.compile(rb"<\?xml|<[a-zA-Z]+:?[a-zA-Z]*[ >]"), "an XML document, not a table", GET_DATA),
    ("not_a_table", re.compile(rb"%PDF-"), "a PDF document, not a table", GET_DATA),
    ("not_a_table", re.compile(rb"\{\s*[\"}]|\[\s*[{\[\]]"), "JSON, not a table", GET_DATA),
    ("not_a_table", re.compile(rb"\x1f\x8b"), "a gzip archive, not a table", "Unpack it first."),
    ("not_a_table", re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "a picture, not a table", GET_DATA),
)  # fmt: skip


@dataclass
class Grid:
    """Text cells of one CSV or sheet. `rows[i]` is record `i + 1`; `sheet` is empty for a CSV.

    `ended` is false for a CSV whose last record has no line end: it may have been cut short there.
    """

    sheet: str
    rows: list[list[str]]
    ended: bool = True
    issues: list[Issue] = field(default_factory=list)


def read_grids(content: bytes, file: str) -> list[Grid]:
    """Every sheet of a workbook, or the one grid of a CSV.

    Raises:
        Refused: empty, HTML, password-protected, broken off or not a table at all; the sentence says which.
    """
    if not content.strip(BLANK):
        raise refuse("empty_file", "the file is empty.", ASK_AGAIN, file=file)
    for check, shape, is_what, remedy in NOT_TABLES:
        if shape.match(content[:4096].lstrip(BLANK)):
            raise refuse(check, f"this is {is_what}.", remedy, file=file)
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
                unpacked = sum(part.file_size for part in archive.infolist())
                if unpacked > UNPACKED_LIMIT:
                    said = f"it unpacks to {unpacked / 2**20:,.0f} MB, more than {UNPACKED_LIMIT // 2**20:,} MB."
                    raise refuse("too_large", said, "Ask the publisher for a plain copy.", file=file)
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
    with _cells_of_any_size(len(text)):
        rows, fault = _records(text)
    if fault:
        record = len(rows) + 1
        if "unexpected end" in fault:
            said = f"the file breaks off inside a quoted cell, in record {record}."
            raise refuse("truncated", said, ASK_AGAIN, file=file, row=record)
        with _cells_of_any_size(len(text)):
            rows = list(csv.reader(io.StringIO(text, newline="")))
        said = f"a quotation mark stands in the midst of a cell of record {record}; it was read as text."
        issues.append(Issue("warning", "stray_quote", said, "Compare it with the publisher's.", file, "", record))
    if text.count("\n") > len(rows):
        _refuse_run_together(rows, file)
    return Grid("", rows, text.endswith(("\n", "\r")), issues)


@contextmanager
def _cells_of_any_size(limit: int) -> Iterator[None]:
    """Lift the csv module's limit for a while: it is one for the whole process, and dbt reads its seeds in it too."""
    usual = csv.field_size_limit(limit + 1)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _records(text: str) -> tuple[list[list[str]], str]:
    """Records up to the first fault, and the fault."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return rows, str(error)
    return rows, ""


def _refuse_run_together(rows: list[list[str]], file: str) -> None:
    """A quotation mark never closed swallows the records behind it: whole records then stand as lines in one cell."""
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    for record, row in enumerate(rows, 1):
        for cell in row:
            if "\n" in cell and any(line.count(",") == usual - 1 for line in cell.split("\n")[1:-1]):
                said = f"a quotation mark in record {record} is not closed: the records after it run together."
                raise refuse("stray_quote", said, "Close the quotation mark, or take it out.", file=file, row=record)
