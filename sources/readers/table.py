"""Find the header, match its columns to a layout's roles, and cut the grid into one row a record and period.

Belongs here: everything decided by column name. Does not belong here: areas, numbers, marks (canonical).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from quality.issues import Issue, Refused, refuse
from sources.readers.grid import Grid
from sources.readers.header import Fit, header_names, match_header, plain, squeeze
from sources.readers.records import whole_records
from sources.registry import Layout

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


def read_tables(grids: list[Grid], layouts: tuple[Layout, ...], file: str) -> list[Table]:
    """One table for each grid that a layout fits.

    Raises:
        Refused: no sheet fits; names the missing and the extra columns of the nearest fit.
    """
    tables, misfits = [], []
    # sheets are known by name where the publisher names them so; by their headers alone where no name fits
    by_name = any(_named(layout.sheet, grid.sheet) for grid in grids for layout in layouts)
    for grid in grids:
        candidates = [layout for layout in layouts if not by_name or _named(layout.sheet, grid.sheet)]
        fits = [(layout, fit) for layout in candidates if (fit := _find_header(grid, layout))]
        good = next(((layout, fit) for layout, fit in fits if not fit.missing and not fit.extra), None)
        if good:
            tables.append(_cut(grid, *good, file))
        elif fits:
            misfits.append((grid, *min(fits, key=_distance)))
    wrong = [near for near in misfits if not tables or not near[2].missing or (by_name and near[1].sheet)]
    if wrong:
        raise _misfit(min(wrong, key=lambda near: _distance(near[1:])), file)
    if not tables:
        raise _no_header(grids, layouts, file)
    if all(table.frame.empty for table in tables):
        said = "there is a header, but no record below it."
        raise refuse("no_records", said, "Fetch the file again; ask the publisher if it is still empty.", file=file)
    tables[0].issues += [_left_out(*near, file) for near in misfits]
    return tables


def _distance(near: tuple[Layout, Fit]) -> tuple[int, int]:
    return len(near[1].missing), len(near[1].extra)


def _left_out(grid: Grid, layout: Layout, fit: Fit, file: str) -> Issue:
    said = f"the sheet was not read: {_differences(fit)} (compared with the layout {layout.name!r})."
    return Issue("warning", "sheet_left_out", said, "Check that it holds no data.", file, grid.sheet, fit.start + 1)


def _named(pattern: str, sheet: str) -> bool:
    return not pattern or re.search(pattern, sheet.strip(), re.IGNORECASE) is not None


def _misfit(near: tuple[Grid, Layout, Fit], file: str) -> Refused:
    grid, layout, fit = near
    return refuse(
        "columns",
        f"{_differences(fit)} (compared with the layout {layout.name!r}).",
        "Check that this is the right file; if the publisher changed it, describe the new layout in the feed's YAML.",
        file=file,
        sheet=grid.sheet,
        row=fit.start + layout.header_rows,
        column=(fit.missing + fit.extra)[0],
    )


def _differences(fit: Fit) -> str:
    kinds = (("missing", fit.missing), ("extra", fit.extra))
    return "; ".join(
        f"{kind} column{'s' if len(names) > 1 else ''} {', '.join(map(repr, names))}" for kind, names in kinds if names
    )


def _no_header(grids: list[Grid], layouts: tuple[Layout, ...], file: str) -> Refused:
    wanted = ", ".join(repr(plain(names)) for names in layouts[0].columns.values())
    if any(layout.sheet for layout in layouts) and len(grids) > 1:
        sheets = ", ".join(repr(grid.sheet) for grid in grids)
        return refuse("sheet", f"no sheet holds the expected columns {wanted}; the sheets are {sheets}.", file=file)
    split = _other_separator(grids)
    if split:
        return refuse(
            "separator", f"cells are separated by {split}, not commas.", "Save it as CSV (commas).", file=file
        )
    first = next((row for grid in grids for row in grid.rows if any(row)), [])
    return refuse(
        "columns",
        f"no header row was found: all columns are missing ({wanted}); the file begins {', '.join(first)[:80]!r}.",
        "Check that this is the right file for this feed.",
        file=file,
    )


def _other_separator(grids: list[Grid]) -> str:
    """Semicolons, tabs or bars where most records of a CSV hold more of them than it has cells."""
    rows = [row for grid in grids if not grid.sheet for row in grid.rows[:SEARCHED_ROWS] if any(row)]
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if rows and sum(",".join(row).count(mark) >= max(1, len(row)) for row in rows) > len(rows) / 2:
            return name
    return ""


def _find_header(grid: Grid, layout: Layout) -> Fit | None:
    best: Fit | None = None
    for start in range(min(SEARCHED_ROWS, len(grid.rows) - layout.header_rows + 1)):
        if not any(cell.strip() for cell in grid.rows[start]):
            continue
        fit = match_header(start, header_names(grid.rows[start : start + layout.header_rows]), layout, grid)
        if fit.found and (best is None or len(fit.missing) < len(best.missing)):
            best = fit
        if best and not best.missing:
            break
    # one chance word (a title cell that equals one header) is no header row
    return best if best and len(best.missing) <= len(layout.columns) / 2 else None


def _cut(grid: Grid, layout: Layout, fit: Fit, file: str) -> Table:
    first = fit.start + layout.header_rows
    body, issues = whole_records(grid, first, len(fit.names), file)
    cells = pd.DataFrame([row for _, row in body], columns=range(len(fit.names)), dtype="str")
    rows = pd.Series([number for number, _ in body], dtype="int64")
    fixed = {role: periods[""] for role, periods in fit.found.items() if "" in periods}
    wide = {role: periods for role, periods in fit.found.items() if "" not in periods}
    base = pd.DataFrame({role: cells[i] for role, i in fixed.items()}, dtype="str")
    base[ROW] = rows
    title = " \n ".join(squeeze(cell) for row in grid.rows[: fit.start] for cell in row if cell.strip())
    for role, pattern in layout.from_title.items():
        hit = re.search(pattern, title, re.IGNORECASE)
        if hit is None:
            said = f"the title does not say which {role} the figures are for: {title[:160]!r}."
            raise refuse("title", said, "Check that it is the right file.", file=file, sheet=grid.sheet)
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
    return Table(layout, grid.sheet, base, headers, [*grid.issues, *issues])


def matches(frame: pd.DataFrame, when: dict[str, str]) -> pd.Series:
    """Rows whose cells match every pattern (whole cell, any case, outer space ignored)."""
    keep = pd.Series(True, index=frame.index)
    for role, pattern in when.items():
        keep &= frame[role].str.strip().str.fullmatch(pattern, case=False).fillna(False).astype(bool)
    return keep
