"""Tables as a feed's own description has them: what stands under the header of each role.

Belongs here: from cells to columns, for the feeds whose layout is the hub's own reading (no real file is held): their
YAML names the headers, so that description and format cannot part. Does not belong here: which shape a table takes
(tidy, across) or the formats of real files (the other modules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from sources.areas import read_seed
from sources.cells import ZERO
from sources.demo.delivery import Delivery
from sources.demo.formats.printing import SUFFIXES, codes, printed
from sources.indicators import HEADLINE
from sources.periods import parse_period
from sources.readers.header import plain
from sources.registry import Layout, Names, PeriodRule

FIGURES = ("value", "numerator", "denominator", "lower_ci", "upper_ci", "survey_base", "design_effect")
FLAGGED = ("flag", "note")  # roles in which a mark may stand beside a number
LEVEL_WORDS = {"national": "National", "region": "Region", "area": "LA"}
TYPE_WORDS = {"national": "England", "region": "Region", "area": "Counties & UAs"}
KINDS = {"academic_year": "Academic year", "calendar_year": "Calendar year", "financial_year": "Financial year"}
WIDE = "(?P<period>"


def header(names: Names, delivery: Delivery, period: str = "") -> str:
    """A role's header; with the quirk `renamed_column` the second one its feed accepts, where there is one."""
    chosen = names[1:2] if "renamed_column" in delivery.quirks and len(names) > 1 else names[:1]
    return plain(chosen, period)


def columns(rows: pd.DataFrame, delivery: Delivery, layout: Layout, roles: Iterable[str] = ()) -> dict[str, pd.Series]:
    """Role -> cells (text and numbers) of the `roles` given, else of every role of the layout that these rows fill.

    Raises:
        ValueError: the layout has no place for something that stands in the cells.
    """
    wanted = {**layout.columns, **layout.optional}
    found = {role: _cells(role, rows, delivery, layout) for role in roles or wanted}
    bare = [role for role in layout.optional if not roles and not _filled(role, rows, found[role])]
    kept = {role: cells for role, cells in found.items() if role not in bare}
    flagged = (rows["mark"] != "") & rows["value"].notna()
    if flagged.any() and not set(FLAGGED) & set(kept):
        raise ValueError(f"feed {delivery.feed.key} prints no mark beside a number ({rows['mark'][flagged].iloc[0]})")
    lost = [name for name in FIGURES if name not in (roles or wanted) and rows[name].notna().any()]
    lost += ["dimensions"] if (rows["dimensions"] != "").any() else []
    if lost:
        raise ValueError(f"feed {delivery.feed.key} has no column for {', '.join(lost)}")
    return kept


def _filled(role: str, rows: pd.DataFrame, cells: pd.Series) -> bool:
    if role in FIGURES:
        return bool(rows[role].notna().any())
    return bool((rows["status"] != "final").any()) if role == "status" else bool((cells != "").any())


def _cells(role: str, rows: pd.DataFrame, delivery: Delivery, layout: Layout) -> pd.Series:
    if role in FIGURES:
        return figures(rows, role, delivery)
    if role in MAKERS:
        return MAKERS[role](rows)
    if role in FLAGGED:
        marks = rows["mark"].where(rows["value"].notna(), "")
        return marks.map({mark: delivery.text_of(mark) if mark else "" for mark in marks.unique()})
    if role == "code":
        trusts = rows["area_type"] == "primary_care_trust"
        return codes(rows, delivery).where(~trusts, rows["pct"])
    if role == "ni":
        before, after = layout.measures[0].indicator.split("{ni}")
        known = rows["indicator_code"].unique()
        return rows["indicator_code"].map({code: code.removeprefix(before).removesuffix(after) for code in known})
    if role in ("period_text", "year"):
        return period_texts(rows, layout.period, suffixed=not layout.status)
    if role == "title":
        titles = read_seed("framework/indicators").set_index("indicator_code")["title"]
        return rows["indicator_code"] + ": " + rows["indicator_code"].map(titles)
    raise ValueError(f"no format knows the role {role!r} of feed {delivery.feed.key}")


def figures(rows: pd.DataFrame, name: str, delivery: Delivery) -> pd.Series:
    """Numbers and marks as printed; with the publisher's own sign for a zero where it has one."""
    cells = printed(rows, name, delivery)
    zero = next((text for text, mark in delivery.feed.marks.items() if mark == ZERO), None)
    return cells if zero is None else cells.mask(rows[name] == 0, zero)


def period_texts(rows: pd.DataFrame, rule: PeriodRule, *, suffixed: bool) -> pd.Series:
    """Labels a rule of this kind reads back as what they are; with the word for the status where no column has it.

    Raises:
        ValueError: the rule would take the period for another.
    """
    same_basis = rows["period_label"].groupby(rows["period_basis"], sort=False)
    cells = pd.concat(
        labels.map({label: _period_text(label, basis, rule) for label in labels.unique()})
        for basis, labels in same_basis
    ).reindex(rows.index)
    return cells + rows["status"].map(SUFFIXES | {"final": ""}) if suffixed else cells


def _period_text(label: str, basis: str, rule: PeriodRule) -> str:
    if rule.quarter and basis == "quarter":
        return label.rpartition(" Q")[0]
    for text in (label, f"{KINDS.get(basis, '')} {label}"):
        period = parse_period(text, rule.basis)
        if period and (period.label, period.basis) == (label, basis):
            return text
    raise ValueError(f"a period of the kind {basis} ({label}) cannot be printed where {rule.basis} is read")


def part_text(rows: pd.DataFrame) -> pd.Series:
    """Parts as people write them: County matters; nothing for the headline."""
    parts = rows["part"].unique()
    return rows["part"].map({p: "" if p == HEADLINE else p.replace("_", " ").capitalize() for p in parts})


def _quarter(rows: pd.DataFrame) -> pd.Series:
    return rows["period_label"].str[-2:].where(rows["period_basis"] == "quarter", "")


def _always(word: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: pd.Series(word, index=rows.index)


def _below_england(word: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: _always(word)(rows).where(rows["level"] != "national", "")


MAKERS = {
    "name": lambda rows: rows["area_name"],
    "gss": lambda rows: rows["area_code"],
    "dcsf": lambda rows: rows["dcsf"],
    "pct": lambda rows: rows["pct"],
    "level": lambda rows: rows["level"].map(LEVEL_WORDS),
    "type": lambda rows: rows["level"].map(TYPE_WORDS).mask(rows["area_type"] == "primary_care_trust", "PCTs"),
    "part": part_text,
    "category_type": lambda rows: part_text(rows).where(rows["part"] == HEADLINE, "Part"),
    "quarter": _quarter,
    "status": lambda rows: rows["status"].str.capitalize(),
    "parent_code": _below_england("E92000001"),
    "parent_name": _below_england("England"),
    "sex": _always("Persons"),
    "age": _always("All ages"),
}
