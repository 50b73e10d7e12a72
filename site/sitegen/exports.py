"""Files a Government Office takes away: its matrix and its review packs, as one ODS and two CSV.

Belongs here: the columns, the marks in place of figures, and what the notes say. Does not belong here: the format of an
ODS file (ods.py). Files follow the Government Analysis Function's guidance on spreadsheets: one table a sheet, notes
first, a mark in square brackets where there is no figure.
"""

import csv
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from sitegen import ods
from sitegen.hub import Hub

# What the Government Analysis Function's guidance lists; a mark the hub never writes is not listed.
SHORTHAND = {
    "[b]": "break: the figure follows another definition than the one before or than its target",
    "[c]": "confidential: held back so that nobody can be identified",
    "[e]": "estimated by the publisher",
    "[low]": "above nought, but rounds to nought",
    "[p]": "provisional",
    "[r]": "revised",
    "[u]": "unreliable: the publisher warns of it, or withheld it",
    "[x]": "not available",
    "[z]": "not applicable",
}
OF_MARK = {
    "suppressed": "[c]", "rounds_to_zero": "[low]", "not_applicable": "[z]", "did_not_exist": "[z]",
    "withheld_quality": "[u]", "low_reliability": "[u]", "estimated": "[e]",
}  # fmt: skip
OF_STATUS = {"provisional": "[p]", "revised": "[r]"}
NO_TARGET = {None: "[z]", "withdrawn": "[z]"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

MATRIX = """
    select m.region_code, m.area_code, a.area_name, m.indicator_code, m.part, i.title as indicator, m.commitment_type,
        m.round_label, m.computed_status, m.previous_status, m.status_move, m.direction, p.target_value, p.target_state,
        p.target_period_label, p.actual_value, p.actual_mark, p.actual_status, p.actual_period_label, m.data_age_months,
        m.variance_percent, m.variance_change, m.forecast_chance, m.card_state, m.at_risk_rule_id, r.rule_words,
        p.direction_reason = 'definition_changed' or m.computed_status = 'broken' as is_break, m.edition
    from (select * from marts.go_region_matrix qualify round_ends_on = max(round_ends_on) over ()) m
    join marts.fct_performance p using (area_code, indicator_code, part, commitment_type, round_label)
    join marts.dim_area a using (area_code)
    join marts.dim_indicator i on m.indicator_code = i.indicator_code and m.part = i.part and i.is_current
    left join marts.assurance_rule r on r.rule_of = 'go_region_matrix' and r.rule_id = m.at_risk_rule_id
    order by m.region_code, a.area_name, m.area_code, m.indicator_code, m.part, m.commitment_type"""
REVIEW = """
    select a.region_code, v.area_code, a.area_name, v.review_year, v.round_label, v.item_number, v.section, v.kind,
        v.indicator_code, v.part, i.title as indicator, v.commitment_type, s.partnership_name, o.organisation_name,
        v.computed_status, v.direction, v.target_period_label, v.target_value, v.previous_target_value,
        v.actual_period_label, v.actual_value, v.variance_percent, v.data_age_months, v.counted, v.assessed,
        v.on_target, v.statement, v.stated_on, v.edition
    from (select * from marts.review_item qualify round_ends_on = max(round_ends_on) over ()) v
    join marts.dim_area a using (area_code)
    left join marts.dim_indicator i on v.indicator_code = i.indicator_code and v.part = i.part and i.is_current
    left join marts.dim_partnership s on v.partnership_code = s.partnership_code
    left join marts.dim_organisation o on v.organisation_code = o.organisation_code
    where a.region_code is not null
    order by a.region_code, a.area_name, v.area_code, v.item_number"""
MATRIX_HEAD = (
    "Area code", "Area", "Indicator code", "Part", "Indicator", "Commitment type", "Round", "Status", "Status before",
    "Move", "Direction", "Target", "Target state", "Target for", "Figure", "Figure marks", "Figure for",
    "Age in months", "Distance in percent", "Change of distance", "Chance of the target", "Report card",
    "At risk by rule", "Edition",
)  # fmt: skip
REVIEW_HEAD = (
    "Area code", "Area", "Review", "Round", "Item", "Section", "Kind", "Indicator code", "Part", "Indicator",
    "Commitment type", "Partnership", "Organisation", "Status", "Direction", "Target for", "Target", "Target before",
    "Figure for", "Figure", "Distance in percent", "Age in months", "Counted", "Assessed", "On target", "Statement",
    "Stated on", "Edition",
)  # fmt: skip


def write(con: duckdb.DuckDBPyConnection, hub: Hub, out: Path) -> int:
    """Write the three files of every office that has commitments; return how many."""
    matrix, review = _by_region(con, MATRIX, _matrix_row), _by_region(con, REVIEW, _review_row)
    written = 0
    for region in hub.regions:
        code = region.region_code
        if code not in matrix:
            continue
        stem = hub.links.office(code)[:-5]
        tables = {"matrix": [MATRIX_HEAD, *matrix[code]], "review": [REVIEW_HEAD, *review.get(code, [])]}
        for name, rows in tables.items():
            write_csv(out / f"{stem}-{name}.csv", rows)
        sheets = [ods.Sheet("Notes", _notes(hub, region))]
        sheets += [ods.Sheet(name.capitalize(), rows) for name, rows in tables.items()]
        ods.write(out / f"{stem}-assurance.ods", sheets)
        written += len(tables) + 1
    return written


def write_csv(path: Path, rows: list) -> None:
    """Write rows as CSV; None is an empty field."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def safe(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; all else is left as it is."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(DANGEROUS) else value


def _by_region(con: duckdb.DuckDBPyConnection, query: str, row_of) -> dict[str, list]:
    """Run a query, of which the first column is the region, and make its rows of each region."""
    answer = con.execute(query)
    names = [column[0] for column in answer.description]
    found = {}
    for region, rows in groupby(answer.fetchall(), key=itemgetter(0)):
        found[region] = [tuple(map(safe, row_of(dict(zip(names, row, strict=True))))) for row in rows]
    return found


def figure_marks(row: dict) -> str:
    """What qualifies a figure, in brackets: its publisher's mark, whether it may still change, a break."""
    found = (OF_MARK.get(row["actual_mark"]), OF_STATUS.get(row["actual_status"]), "[b]" if row["is_break"] else None)
    return " ".join(filter(None, found))


def _matrix_row(row: dict) -> tuple:
    figure = row["actual_value"]
    missing = OF_MARK.get(row["actual_mark"], "[x]")
    return (
        row["area_code"], row["area_name"], row["indicator_code"], row["part"], row["indicator"],
        row["commitment_type"], row["round_label"], row["computed_status"], row["previous_status"], row["status_move"],
        row["direction"], NO_TARGET.get(row["target_state"], "[x]") if row["target_value"] is None
        else row["target_value"], row["target_state"] or "[z]", row["target_period_label"] or "[z]",
        missing if figure is None else figure, "" if figure is None else figure_marks(row),
        row["actual_period_label"] or "[x]", _or(row["data_age_months"], "[x]"), _or(row["variance_percent"], "[x]"),
        _or(row["variance_change"], "[x]"), _or(row["forecast_chance"], "[x]"), row["card_state"] or "[z]",
        row["rule_words"] or "[z]", row["edition"],
    )  # fmt: skip


def _review_row(row: dict) -> tuple:
    """Of a section only its own columns are filled; the others do not apply."""
    commitment = row["section"] in ("progress", "unresolved", "change")
    absent = "[x]" if row["section"] == "progress" else "[z]"
    target = NO_TARGET[None] if not commitment else "[x]"
    return (
        row["area_code"], row["area_name"], row["review_year"], row["round_label"], row["item_number"], row["section"],
        row["kind"], row["indicator_code"] or "[z]", row["part"] or "[z]", row["indicator"] or "[z]",
        row["commitment_type"] or "[z]", row["partnership_name"] or "[z]", row["organisation_name"] or "[z]",
        row["computed_status"] or "[z]", row["direction"] or "[z]", row["target_period_label"] or "[z]",
        _or(row["target_value"], target), _or(row["previous_target_value"], "[z]"),
        row["actual_period_label"] or absent, _or(row["actual_value"], absent), _or(row["variance_percent"], absent),
        _or(row["data_age_months"], absent), _or(row["counted"], "[z]"), _or(row["assessed"], "[z]"),
        _or(row["on_target"], "[z]"), row["statement"] or "[z]", _or(row["stated_on"], "[z]"), row["edition"],
    )  # fmt: skip


def _or(value: object, mark: str) -> object:
    return mark if value is None else value


def _notes(hub: Hub, region) -> Iterator[tuple]:
    """The first sheet: what the file holds, of when, and what its marks mean."""
    yield (f"{region.government_office}: assurance of {region.region_name}",)
    yield ("Round", f"{hub.judged.round.round_label}, on what was known on {hub.judged.round.round_ends_on}")
    if hub.illustrative:
        yield ("Illustrative data", "The figures are made up to show how the hub works. They say nothing of any place.")
    yield ("Sheet Matrix", "One row a commitment: how it stood, what moved since the round before, what is at risk")
    yield ("Sheet Review", "One row an item of the newest annual review of each agreement")
    yield ("Columns", "Described in the tables go_region_matrix, fct_performance and review_item of the published file")
    yield ("Texts", "A text that a spreadsheet would take for a formula has an apostrophe before it")
    yield ("Ranking", "Targets differ from area to area, so no column ranks areas")
    yield ("Mark", "Meaning")
    yield from SHORTHAND.items()
