"""Described tables with one row a figure: CSVs, workbooks of such sheets, and pairs with metadata.

Belongs here: these three shapes. Does not belong here: what stands under a header (described).
`tidy_csv` prints small areas too, below all others. All print numbers, marks, statuses and, where their YAML has a
place for one, a mark beside a number; quirks: `renamed_column`, and `old_codes` but for the pairs and children's social
care, which have codes of other kinds.
"""

from __future__ import annotations

import pandas as pd

from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes, csv_lines, workbook_bytes
from sources.demo.formats.described import columns, header
from sources.demo.formats.ees_pair import Variable, pair, places
from sources.demo.formats.printing import beside_areas, file_name, located
from sources.registry import Layout

LABELS = {
    "value": "Value of the indicator", "numerator": "Numerator", "denominator": "Denominator",
    "lower_ci": "Lower 95% confidence limit", "upper_ci": "Upper 95% confidence limit",
    "survey_base": "Unweighted number of answers", "design_effect": "Design effect of the survey",
}  # fmt: skip
FILTERS = {"ni": "National Indicator", "part": "Part of the indicator", "status": "Version of the figure"}
YEARS = {
    "academic_year": "Academic year", "financial_year": "Financial year", "calendar_year": "Calendar year",
}  # fmt: skip


def tidy_csv(delivery: Delivery) -> dict[str, bytes]:
    """One CSV."""
    layout = delivery.feed.layouts[0]
    cells = columns(located(delivery), delivery, layout)
    below = (columns(beside_areas(small, delivery), delivery, layout, cells) for small in delivery.small())
    table = _headed(cells, delivery, layout)
    lines = [csv_lines(_headed(more, delivery, layout)) for more in below]
    return {file_name(delivery, delivery.feed.key): b"".join([csv_bytes(table), *lines])}


def underlying_data(delivery: Delivery) -> dict[str, bytes]:
    """One CSV, named as the department names the underlying data of a Statistical First Release."""
    table = _table(located(delivery), delivery, delivery.feed.layouts[0])
    return {file_name(delivery, f"SFR_{delivery.feed.key.removeprefix('dcsf_')}"): csv_bytes(table)}


def trusts_and_councils(delivery: Delivery) -> dict[str, bytes]:
    """A workbook with primary care trusts on one sheet and all other areas on another; an empty sheet is left out."""
    rows = located(delivery)
    trust = rows["area_type"] == "primary_care_trust"
    sheets = {}
    for layout, here in zip(delivery.feed.layouts, (trust, ~trust), strict=True):
        if here.any():
            table = _table(rows[here], delivery, layout)
            top = [["Illustrative data"], [f"{delivery.feed.title}, published {delivery.month}"], []]
            sheets[layout.sheet.strip("^$")] = [*top, list(table.columns), *table.to_numpy(dtype="object").tolist()]
    return {file_name(delivery, delivery.feed.key, "xlsx"): workbook_bytes(sheets)}


def described_pair(delivery: Delivery) -> dict[str, bytes]:
    """A data CSV and its metadata for each kind of period: the publisher never mixes them in a file."""
    rows = located(delivery)
    kinds = rows["period_basis"].map(YEARS | {"quarter": "Financial quarter"})
    if kinds.isna().any():
        raise ValueError(f"a pair holds no periods of the kind {rows['period_basis'][kinds.isna()].iloc[0]}")
    files: dict[str, bytes] = {}
    for kind, same in rows.groupby(kinds):
        stem = f"{delivery.feed.key}_{kind.lower().replace(' ', '_')}"
        files |= _pair(same.reset_index(drop=True), delivery, kind, stem)
    return files


def _pair(rows: pd.DataFrame, delivery: Delivery, kind: str, stem: str) -> dict[str, bytes]:
    identifier: str | pd.Series = kind
    if kind == "Financial quarter":
        identifier = "Financial year " + rows["period_label"].str[-2:]
    placed = places(rows.assign(period_label=rows["period_label"].str[:7]), delivery, identifier)
    layout = delivery.feed.layouts[0]
    cells = columns(rows, delivery, layout)
    cells["part"] = rows["part"]  # a filter is never blank
    nothing = delivery.text_of("not_applicable")
    cells |= {role: cells[role].where(cells[role] != "", nothing) for role in LABELS if role in cells}
    names = {role: header({**layout.columns, **layout.optional}[role], delivery) for role in cells}
    variables = [
        Variable(names[role], "Filter" if role in FILTERS else "Indicator", (FILTERS | LABELS)[role]) for role in cells
    ]
    filled = placed.loc[:, (placed != "").any()]
    return pair(delivery, stem, filled.assign(**{names[role]: cells[role] for role in cells}), variables)


def _table(rows: pd.DataFrame, delivery: Delivery, layout: Layout) -> pd.DataFrame:
    return _headed(columns(rows, delivery, layout), delivery, layout)


def _headed(cells: dict[str, pd.Series], delivery: Delivery, layout: Layout) -> pd.DataFrame:
    wanted = {**layout.columns, **layout.optional}
    table = pd.DataFrame({header(wanted[role], delivery): cells[role] for role in cells})
    return table.assign(**{name: "" for name in layout.ignored if not name.startswith("/")})
