"""Find the header, match its columns to a layout's roles, and cut the grid into one row a record and period.

Belongs here: everything decided by column name. Does not belong here: areas, numbers, marks (canonical).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from quality.issues import Issue, Refused, refuse
from sources.readers.grid import Grid
from sources.registry import Layout, Names

SEARCHED_ROWS = 60  # titles and notes above a header; the deepest header held stands in row 15
PERIOD, ROW = "period", "__row"


@dataclass
class Table:
    """Text cells by role, one row a record and (for wide files) period, and where they came from.

    `headers[(role, period)]` is the publisher's header of that cell; `frame["__row"]` its record number.
    """

    layout: Layout
    sheet: str
    frame: pd.DataFrame
    headers: dict[tuple[str, str], str]
    issues: list[Issue] = field(default_factory=list)


@dataclass
class _Fit:
    """How well a header row fits a layout: role -> {period: column}, and what is missing or extra."""

    start: int
    names: list[str]
    found: dict[str, dict[str, int]]
    missing: list[str]
    extra: list[str]


def read_tables(grids: list[Grid], layouts: tuple[Layout, ...], file: str) -> list[Table]:
    """One table for each grid that a layout fits.

    Raises:
        Refused: no sheet fits; names the missing and the extra columns of the nearest fit.
    """
    tables, nearest = [], []
    for grid in grids:
        candidates = [layout for layout in layouts if _named(layout.sheet, grid.sheet)]
        fits = [(layout, _find_header(grid, layout)) for layout in candidates]
        good = next(((layout, fit) for layout, fit in fits if fit and not fit.missing and not fit.extra), None)
        if good:
            tables.append(_cut(grid, *good, file))
        else:
            nearest += [(grid, layout, fit) for layout, fit in fits if fit and (layout.sheet or not grid.sheet)]
            nearest += [(grid, layout, fit) for layout, fit in fits if fit and grid.sheet and not layout.sheet]
    if nearest and (not tables or any(layout.sheet for _, layout, _ in nearest)):
        raise _misfit(min(nearest, key=lambda n: (len(n[2].missing), len(n[2].extra))), file)
    if not tables:
        raise _no_header(grids, layouts, file)
    return tables


def _named(pattern: str, sheet: str) -> bool:
    return not pattern or re.search(pattern, sheet.strip(), re.IGNORECASE) is not None


def _misfit(near: tuple[Grid, Layout, _Fit], file: str) -> Refused:
    grid, layout, fit = near
    said = []
    if fit.missing:
        said.append("missing column" + ("s " if len(fit.missing) > 1 else " ") + ", ".join(map(repr, fit.missing)))
    if fit.extra:
        said.append("extra column" + ("s " if len(fit.extra) > 1 else " ") + ", ".join(map(repr, fit.extra)))
    return refuse(
        "columns",
        f"{'; '.join(said)} (compared with the layout {layout.name!r}).",
        "Check that this is the right file; if the publisher changed it, describe the new layout in the feed's YAML.",
        file=file,
        sheet=grid.sheet,
        row=fit.start + layout.header_rows,
        column=(fit.missing + fit.extra)[0],
    )


def _no_header(grids: list[Grid], layouts: tuple[Layout, ...], file: str) -> Refused:
    wanted = ", ".join(repr(_plain(names)) for names in layouts[0].columns.values())
    if any(layout.sheet for layout in layouts) and len(grids) > 1:
        sheets = ", ".join(repr(grid.sheet) for grid in grids)
        return refuse("sheet", f"no sheet holds the expected columns {wanted}; the sheets are {sheets}.", file=file)
    first = next((row for grid in grids for row in grid.rows if any(row)), [])
    if len([cell for cell in first if cell]) == 1 and re.search(r"[;\t|]", first[0]):
        split = {";": "semicolons", "\t": "tabs", "|": "bars"}[re.search(r"[;\t|]", first[0]).group()]
        return refuse(
            "separator", f"cells are separated by {split}, not commas.", "Save it as CSV (commas).", file=file
        )
    return refuse(
        "columns",
        f"no header row was found: all columns are missing ({wanted}); the file begins {', '.join(first)[:80]!r}.",
        "Check that this is the right file for this feed.",
        file=file,
    )


def _find_header(grid: Grid, layout: Layout) -> _Fit | None:
    best: _Fit | None = None
    for start in range(min(SEARCHED_ROWS, len(grid.rows) - layout.header_rows + 1)):
        if not any(cell.strip() for cell in grid.rows[start]):
            continue
        fit = _match(start, header_names(grid.rows[start : start + layout.header_rows]), layout, grid)
        if fit.found and (best is None or len(fit.missing) < len(best.missing)):
            best = fit
        if best and not best.missing:
            break
    # one chance word (a title cell that equals one header) is no header row
    return best if best and len(best.missing) <= len(layout.columns) / 2 else None


def header_names(rows: list[list[str]]) -> list[str]:
    """One name a column: white space collapsed, stacked rows joined by ` | `, blanks named after their neighbour."""
    width = max(map(len, rows))
    stacked = [[_squeeze(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    for upper in stacked[:-1]:
        spanning = ""
        for i in range(width):
            spanning = upper[i] or spanning
            upper[i] = spanning if stacked[-1][i] else upper[i]
    names: list[str] = []
    for i in range(width):
        parts = [row[i] for row in stacked if row[i]]
        last = next((name for name in reversed(names) if not name.startswith("(blank")), "")
        names.append(" | ".join(parts) if parts else f"(blank after {last})" if last else "(blank first)")
    return names


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _plain(names: Names) -> str:
    return names[0].strip("/") if names[0].startswith("/") else names[0]


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    if name.startswith("/") and name.endswith("/"):
        return re.compile(name[1:-1], re.IGNORECASE)
    return re.compile(re.escape(_squeeze(name)) + r"\Z", re.IGNORECASE)


def _match(start: int, names: list[str], layout: Layout, grid: Grid) -> _Fit:
    found: dict[str, dict[str, int]] = {}
    used: set[int] = set()
    for role, wanted in {**layout.columns, **layout.optional}.items():
        for want in wanted:
            for i, name in enumerate(names):
                hit = _pattern(want).match(name) if i not in used else None
                if hit:
                    period = hit.groupdict().get("period") or ""
                    if period in found.get(role, {}):
                        continue
                    found.setdefault(role, {})[period] = i
                    used.add(i)
                    if not period:
                        break
            if role in found:
                break
    missing = [_plain(wanted) for role, wanted in layout.columns.items() if role not in found]
    missing += _period_gaps(found, layout)
    ignored = [_pattern(name) for name in layout.ignored]
    extra = [
        name
        for i, name in enumerate(names)
        if i not in used and not any(p.match(name) for p in ignored) and not _empty_column(name, i, start, layout, grid)
    ]
    return _Fit(start, names, found, missing, list(dict.fromkeys(extra)))


def _period_gaps(found: dict[str, dict[str, int]], layout: Layout) -> list[str]:
    """A wide layout's required columns must all be there for each period."""
    required = {role: periods for role, periods in found.items() if role in layout.columns and "" not in periods}
    every = sorted({period for periods in required.values() for period in periods})
    return [
        f"{_plain(layout.columns[role])} for {period}"
        for role, periods in required.items()
        for period in every
        if period not in periods
    ]


def _empty_column(name: str, i: int, start: int, layout: Layout, grid: Grid) -> bool:
    body = grid.rows[start + layout.header_rows :]
    return name.startswith("(blank") and not any(i < len(row) and row[i].strip() for row in body)


def _cut(grid: Grid, layout: Layout, fit: _Fit, file: str) -> Table:
    first = fit.start + layout.header_rows
    body, issues = _whole_records(grid, fit, first, file)
    cells = pd.DataFrame([row for _, row in body], columns=range(len(fit.names)), dtype="str")
    rows = pd.Series([number for number, _ in body], dtype="int64")
    fixed = {role: periods[""] for role, periods in fit.found.items() if "" in periods}
    wide = {role: periods for role, periods in fit.found.items() if "" not in periods}
    base = pd.DataFrame({role: cells[i] for role, i in fixed.items()}, dtype="str")
    base[ROW] = rows
    title = " \n ".join(_squeeze(cell) for row in grid.rows[: fit.start] for cell in row if cell.strip())
    for role, pattern in layout.from_title.items():
        hit = re.search(pattern, title, re.IGNORECASE)
        if hit is None:
            raise refuse("title", f"the title does not say {role}: {title[:120]!r}.", file=file, sheet=grid.sheet)
        base[role] = hit.group(1)
    headers = {(role, ""): fit.names[i] for role, i in fixed.items()}
    if wide:
        pieces = []
        for period in dict.fromkeys(period for periods in wide.values() for period in periods):
            here = {role: cells[periods[period]] for role, periods in wide.items() if period in periods}
            headers.update({(role, period): fit.names[wide[role][period]] for role in here})
            pieces.append(base.assign(**here, **{PERIOD: period}))
        base = pd.concat(pieces, ignore_index=True)
    for role in (*layout.columns, *layout.optional):
        if role not in base:
            base[role] = ""
    base = base.fillna("")
    for role in layout.fill_down:
        base[role] = base[role].where(base[role].str.strip() != "").ffill().fillna("")
    return Table(layout, grid.sheet, base, headers, [*grid.issues, *issues])


def _whole_records(grid: Grid, fit: _Fit, first: int, file: str) -> tuple[list[tuple[int, list[str]]], list[Issue]]:
    """Records below the header, filled up to its width; blank ones are separators, ragged ones are issues.

    Some publishers leave out trailing blank cells on every record: the usual width is the measure, not the header's.
    """
    width, body, issues = len(fit.names), [], []
    records = [(i, row) for i, row in enumerate(grid.rows[first:], first) if any(cell.strip() for cell in row)]
    usual = min(width, Counter(len(row) for _, row in records).most_common(1)[0][0]) if records else width
    for i, row in records:
        if len(row) < usual and not grid.sheet:
            message = f"the record has {len(row)} cells, the others {usual}"
            if i == records[-1][0]:
                raise refuse(
                    "truncated",
                    f"the file breaks off: {message} in its last record.",
                    "Fetch the file again from the publisher.",
                    file=file,
                    row=i + 1,
                )
            issues.append(_ragged(file, grid.sheet, i, message))
        elif any(cell.strip() for cell in row[width:]):
            issues.append(_ragged(file, grid.sheet, i, f"the record has {len(row)} cells, the header {width}"))
        else:
            body.append((i + 1, row[:width] + [""] * (width - len(row))))
    return body, issues


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
