"""What a page shows, for programs: its rows as CSV and as JSON, of the same name beside it.

Belongs here: the two formats. Does not belong here: which rows a page shows (views/); the files of pages with very many
figures, which SQL writes (files.py).
"""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from sitegen.formulas import safe
from sitegen.views import Page


def write(page: Page, edition: str) -> Iterator[tuple[str, str]]:
    """Yield the name and content of each file beside a page: none where it shows no rows.

    JSON is `{"page", "edition", "columns", "rows"}`, or what the page's `data` makes; CSV has the columns of the rows
    and the edition.
    """
    stem = page.path.removesuffix(".html")
    data = page.data(page.context) if page.data else None
    rows = [_flat(item) for item in data["figures"]] if data else page.rows
    if data is None and not rows:
        return
    columns, table = _table(rows, page.columns)
    if "edition" not in columns:
        columns, table = [*columns, "edition"], [(*row, edition) for row in table]
    yield f"{stem}.csv", csv_text(columns, table)
    if data is None:
        data = {"page": page.path, "edition": edition, "columns": columns, "rows": table}
    yield f"{stem}.json", json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def csv_text(columns: Sequence[str], table: Sequence[Sequence[object]]) -> str:
    """Rows as CSV under their columns; None is an empty field, and no text is taken for a formula."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(columns)
    out.writerows([_one_line_end(safe(cell)) if type(cell) is str else cell for cell in row] for row in table)
    return text.getvalue()


def _one_line_end(text: str) -> str:
    """A text whose lines end as those of the file do; the writer of CSV quotes no other."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _table(rows: Sequence, chosen: tuple[str, ...]) -> tuple[list[str], list[tuple]]:
    """The chosen columns, or all, of rows that are named tuples or dictionaries, and the rows as tuples of these."""
    if not rows:
        return list(chosen), []
    if isinstance(rows[0], dict):
        columns = list(chosen) or list(dict.fromkeys(name for row in rows for name in row))
        return columns, [tuple(row.get(name) for name in columns) for row in rows]
    columns = list(chosen or rows[0]._fields)
    take = attrgetter(*columns) if len(columns) > 1 else lambda row: (getattr(row, columns[0]),)
    return columns, list(map(take, rows))


def _flat(item: dict) -> dict:
    """A figure of a proof without what is a list or a record in it: JSON has these."""
    return {name: value for name, value in item.items() if value is None or isinstance(value, (str, int, float, date))}
