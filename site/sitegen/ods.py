"""OpenDocument spreadsheets, written as their rows come; equal rows give equal bytes.

Belongs here: the file format. Does not belong here: what is in a sheet (exports.py).
"""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)
HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMES}'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2">'
    '<office:automatic-styles><style:style style:name="head" style:family="table-cell"><style:text-properties'
    ' fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:spreadsheet>'
)
FOOT = "</office:spreadsheet></office:body></office:document-content>\n"
WRITTEN_ON = (1980, 1, 1, 0, 0, 0)  # the first day a zip can name, so that the day of the build is not in the file
BATCH = 500
ILLEGAL = {number: None for number in range(32) if number not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


class Sheet(NamedTuple):
    """A named table: its first row is the head, bold and repeated on every printed page."""

    name: str
    rows: Iterable[Sequence[object]]


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write sheets to a file: texts, numbers and dates by their types, None as an empty cell, nothing as a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        # readers tell the format by this entry, which must be first and not compressed
        archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), TYPE)
        archive.writestr(_entry("META-INF/manifest.xml"), MANIFEST)
        with archive.open(_entry("content.xml"), "w") as content:
            content.write(HEAD.encode())
            for sheet in sheets:
                _write_sheet(content, sheet)
            content.write(FOOT.encode())


def _entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, WRITTEN_ON)
    entry.compress_type = method
    entry.create_system = 3  # the same from every system
    return entry


def _write_sheet(content, sheet: Sheet) -> None:
    """Write one table, some hundred rows at a time."""
    content.write(f"<table:table table:name={quoteattr(sheet.name)}><table:table-column/>".encode())
    rows = iter(sheet.rows)
    head = _row(next(rows, ()), ' table:style-name="head"')
    lines = [f"<table:table-header-rows>{head}</table:table-header-rows>"]
    for row in rows:
        lines.append(_row(row))
        if len(lines) == BATCH:
            content.write("".join(lines).encode())
            lines = []
    content.write(("".join(lines) + "</table:table>").encode())


def _row(values: Sequence[object], style: str = "") -> str:
    """One row; one without cells has an empty one, for the format asks for it."""
    return f"<table:table-row>{''.join(_cell(value, style) for value in values or (None,))}</table:table-row>"


def _cell(value: object, style: str) -> str:
    """One cell by its type."""
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (
            f'<table:table-cell{style} office:value-type="float" office:value="{value!r}"><text:p>{value!r}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(value, date):
        return (
            f'<table:table-cell{style} office:value-type="date" office:date-value="{value.isoformat()}"><text:p>'
            f"{value.isoformat()}</text:p></table:table-cell>"
        )
    lines = str(value).translate(ILLEGAL).splitlines()
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return f'<table:table-cell{style} office:value-type="string">{text}</table:table-cell>'
