"""How well a row of headers fits a layout: names, patterns, and what is missing or extra.

Belongs here: comparing names. Does not belong here: which row is tried, or what is done about a misfit (table).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sources.readers.grid import Grid
from sources.registry import Layout, Names


@dataclass
class Fit:
    """How well a header row fits a layout: role -> {period: column}, and what is missing or extra."""

    start: int
    names: list[str]
    found: dict[str, dict[str, int]]
    missing: list[str]
    extra: list[str]


def header_names(rows: list[list[str]]) -> list[str]:
    """One name a column: white space collapsed, stacked rows joined by ` | `, blanks named after their neighbour."""
    width = max(map(len, rows))
    stacked = [[squeeze(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
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


def squeeze(text: str) -> str:
    """A cell with its white space collapsed."""
    return re.sub(r"\s+", " ", text).strip()


def plain(names: Names, period: str = "<period>") -> str:
    """A wanted header as a person reads it, also where it is written as a regex."""
    if not names[0].startswith("/"):
        return names[0]
    text = re.sub(r"\(\?P<period>[^()]*\)", period, names[0][1:-1])
    text = re.sub(r"\([^()]*\)\?|\\Z|\\b|\.\*|[\^$]", "", text)
    return re.sub(r"\\(.)", r"\1", text).strip()


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    if name.startswith("/") and name.endswith("/"):
        return re.compile(name[1:-1], re.IGNORECASE)
    return re.compile(re.escape(squeeze(name)) + r"\Z", re.IGNORECASE)


def match_header(start: int, names: list[str], layout: Layout, grid: Grid) -> Fit:
    """How the header in row `start` fits a layout: which roles are found where, what is missing and what is extra."""
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
    missing = [plain(wanted) for role, wanted in layout.columns.items() if role not in found]
    missing += _period_gaps(found, layout)
    ignored = [_pattern(name) for name in layout.ignored]
    extra = [
        name
        for i, name in enumerate(names)
        if i not in used and not any(p.match(name) for p in ignored) and not _empty_column(name, i, start, layout, grid)
    ]
    return Fit(start, names, found, missing, list(dict.fromkeys(extra)))


def _period_gaps(found: dict[str, dict[str, int]], layout: Layout) -> list[str]:
    """A wide layout's required columns must all be there for each period."""
    required = {role: periods for role, periods in found.items() if role in layout.columns and "" not in periods}
    expected = layout.period.expected if layout.period else ()
    every = sorted({period for periods in required.values() for period in periods}.union(expected))
    return [
        plain(layout.columns[role], period)
        for role, periods in required.items()
        for period in every
        if period not in periods
    ]


def _empty_column(name: str, i: int, start: int, layout: Layout, grid: Grid) -> bool:
    body = grid.rows[start + layout.header_rows :]
    return name.startswith("(blank") and not any(i < len(row) and row[i].strip() for row in body)
