"""Frames and rows -> the bytes of a CSV or workbook, the same bytes every time.

Belongs here: file formats. Does not belong here: what stands in the cells.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from numbers import Real
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

_QUOTED = re.compile('[",\\r\\n]')
PLAIN = (int, float)  # asking for these first saves most of the time that asking for Real takes
MOMENT = (2010, 3, 31, 0, 0, 0)  # a zip wants a date; any fixed one keeps the bytes the same
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OASIS, ODS = "urn:oasis:names:tc:opendocument:xmlns", "application/vnd.oasis.opendocument.spreadsheet"


def csv_bytes(rows: pd.DataFrame | Iterable[Sequence[object]], *, bom: bool = False) -> bytes:
    """A CSV with CRLF line ends, as most publishers write it."""
    head = csv_lines([list(rows.columns)]) if isinstance(rows, pd.DataFrame) else b""
    return (b"\xef\xbb\xbf" if bom else b"") + head + csv_lines(rows)


def csv_lines(rows: pd.DataFrame | Iterable[Sequence[object]]) -> bytes:
    """The lines of a CSV below its header."""
    if isinstance(rows, pd.DataFrame):
        return _joined([_column(rows.iloc[:, i]) for i in range(rows.shape[1])])
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _column(cells: pd.Series) -> list[str]:
    """A column as csv.writer would print it, in a quarter of the time."""
    texts = ["" if cell is None else str(cell) for cell in cells.tolist()]
    if not _QUOTED.search("".join(texts)):
        return texts
    quoted = {text: '"' + text.replace('"', '""') + '"' for text in set(texts) if _QUOTED.search(text)}
    return [quoted.get(text, text) for text in texts]


def _joined(columns: list[list[str]]) -> bytes:
    return "".join(f"{line}\r\n" for line in map(",".join, zip(*columns, strict=True))).encode()


def workbook_bytes(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """An xlsx whose bytes depend on its cells alone; numbers are numbers, None and NaN blank, all else text.

    Written here and not by openpyxl, which takes twenty times as long and stamps the hour into every file.
    """
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{MIME}.worksheet+xml"/>'
        for i, _ in enumerate(sheets, 1)
    )
    names = "".join(f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, 1))
    links = "".join(_link(i, "worksheet", f"worksheets/sheet{i}.xml") for i, _ in enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MIME}.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": _links(_link(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(links),
    }
    cell = _Remembered(_cell)
    for i, rows in enumerate(sheets.values(), 1):
        lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{SHEET}"><sheetData>{lines}</sheetData></worksheet>'
    return zip_bytes({name: (XML + part).encode() for name, part in parts.items()})


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


class _Remembered:
    """Prints cells, a text only once, however often it stands in a workbook; numbers that are equal may print apart."""

    def __init__(self, printer: Callable[[object], str]) -> None:
        self.printer, self.texts = printer, {}

    def __call__(self, cell: object) -> str:
        if type(cell) is not str:
            return self.printer(cell)
        if cell not in self.texts:
            self.texts[cell] = self.printer(cell)
        return self.texts[cell]


def _cell(cell: object) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' if cell else "<c/>"
    if cell is None or cell != cell:  # NaN
        return "<c/>"
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    return f"<c><v>{cell}</v></c>" if type(cell) in PLAIN or isinstance(cell, Real) else _cell(str(cell))


def ods_bytes(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """An OpenDocument spreadsheet whose bytes depend on its cells alone; cells as in `workbook_bytes`."""
    cell = _Remembered(_ods_cell)
    spaces = "".join(f' xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content{spaces} office:version="1.2"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entries = (("/", ODS), ("content.xml", "text/xml"))
    listed = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in entries)
    manifest = f'<m:manifest xmlns:m="{OASIS}:manifest:1.0">{listed}</m:manifest>'
    parts = {"META-INF/manifest.xml": manifest, "content.xml": content}
    return zip_bytes({"mimetype": ODS.encode()} | {name: (XML + part).encode() for name, part in parts.items()})


def _ods_cell(cell: object) -> str:
    if cell is None or cell == "" or cell != cell:  # NaN
        return "<table:table-cell/>"
    is_number = type(cell) in PLAIN or (isinstance(cell, Real) and not isinstance(cell, bool))
    kind = f'"float" office:value="{cell}"' if is_number else '"string"'
    text = str(cell) if is_number else escape(str(cell))
    return f"<table:table-cell office:value-type={kind}><text:p>{text}</text:p></table:table-cell>"


def zip_bytes(files: dict[str, bytes]) -> bytes:
    """A zip archive of files in the order given, without a clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
