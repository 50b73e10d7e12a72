"""Make files nobody has seen out of the publishers' real ones: the tools of the bad-input and layout tests.

Belongs here: reading a real file into rows, changing rows, writing them in a publisher's formats.
Does not belong here: what must come of it (the tests).
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
from python_calamine import CalamineWorkbook

from quality.report import Report
from sources.landing import land
from sources.readers.grid import cell_text
from sources.registry import load_feeds

Rows = list[list[str]]
KEY = ("indicator_code", "part", "area_code", "period_label", "dimensions")
ODS = "urn:oasis:names:tc:opendocument:xmlns:"


def read_csv(path: Path) -> Rows:
    """Records of a real CSV as text."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def read_book(path: Path) -> dict[str, Rows]:
    """Sheets of a real workbook as text, by name."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: [
            [cell_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        ]
        for name in book.sheet_names
    }


def thin(rows: Rows, head: int, keep: int = 150) -> Rows:
    """The head and about `keep` records spread over the file."""
    return rows[:head] + rows[head :: max(1, (len(rows) - head) // keep)]


def as_csv(rows: Rows, separator: str = ",", newline: str = "\n") -> str:
    """Rows as CSV text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=newline).writerows(rows)
    return out.getvalue()


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", **form: str) -> Path:
    """Write rows as CSV."""
    path.write_bytes(as_csv(rows, **form).encode(encoding))
    return path


def _typed(cell: str) -> object:
    bare = cell.replace(".", "", 1).removeprefix("-")
    return (
        float(cell) if bare.isdigit() and (len(cell) == 1 or not cell.startswith("0") or "." in cell) else cell or None
    )


def write_xlsx(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets as XLSX; numbers become number cells, as publishers' spreadsheets have them."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_typed(cell) for cell in row])
    book.save(path)
    return path


def write_ods(path: Path, sheets: dict[str, Rows]) -> Path:
    """Write sheets as ODS (the few elements a reader needs)."""

    def cell(text: str) -> str:
        value = _typed(text)
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, float):
            shown = f'<table:table-cell office:value-type="float" office:value="{text}">'
        else:
            shown = '<table:table-cell office:value-type="string">'
        return f"{shown}<text:p>{escape(text)}</text:p></table:table-cell>"

    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(f'xmlns:{name}="{ODS}{name}:1.0"' for name in ("office", "table", "text"))
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def landed(feed: str, path: Path, home: Path, **how: object) -> Report:
    """Land a file that must land."""
    report = land(load_feeds()[feed], path, home, **how)
    assert report.status == "landed", report.reasons()
    return report


def refused(feed: str, path: Path, home: Path, **how: object) -> str:
    """Land a file that must be refused; the sentences that say why."""
    report = land(load_feeds()[feed], path, home, **how)
    assert report.status == "quarantined", (report.status, report.rows)
    reasons = " ".join(report.reasons())
    assert reasons, "a refusal says why"
    return reasons


def facts(home: Path, report: Report, columns: str = "value, mark") -> dict[tuple, tuple]:
    """What a delivery says, by key: the same for every arrangement of the same numbers."""
    path = home / "landing" / "observations" / f"feed={report.feed}" / f"{report.delivery_id}.parquet"
    with duckdb.connect() as con:
        rows = con.execute(f"select {', '.join(KEY)}, {columns} from read_parquet('{path}')").fetchall()
    found = {row[: len(KEY)]: row[len(KEY) :] for row in rows}
    assert len(found) == len(rows), "a key landed twice"
    return found


def issues(report: Report, check: str) -> list:
    """The issues of one kind."""
    return [issue for issue in report.issues if issue.check == check]
