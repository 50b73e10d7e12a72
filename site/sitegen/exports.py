"""Files a Government Office takes away: its matrix and its review packs, as one ODS and two CSV.

Belongs here: the columns, the marks in place of figures, and what the notes say. Does not belong here: the format of an
ODS file (ods.py). Files follow the Government Analysis Function's guidance on spreadsheets: one table a sheet, notes
first, a mark in square brackets where there is no figure.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen import ods
from sitegen.folder import Folder
from sitegen.formulas import safe
from sitegen.hub import Hub
from sitegen.lookup import Tables
from sitegen.twins import csv_text
from sitegen.views import Files

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
OF_STATUS = {"provisional": "[p]", "revised": "[r]"}

MATRIX = """
    select m.region_code, m.area_code, a.area_name, m.indicator_code, m.part, i.title as indicator, m.commitment_type,
        m.round_label, m.computed_status, m.previous_status, m.status_move, m.direction, p.target_basis, p.target_value,
        p.target_state, p.target_period_label, p.actual_value, k.shorthand, p.actual_status, p.actual_period_label,
        m.data_age_months, m.variance_percent, m.variance_change, m.forecast_chance, m.card_state, r.rule_words,
        p.direction_reason = 'definition_changed' or m.computed_status = 'broken' as is_break, m.edition
    from (select * from marts.go_region_matrix qualify round_ends_on = max(round_ends_on) over ()) m
    join marts.fct_performance p using (area_code, indicator_code, part, commitment_type, round_label)
    join marts.dim_area a using (area_code)
    join marts.dim_indicator i on m.indicator_code = i.indicator_code and m.part = i.part and i.is_current
    left join marts.dim_mark k on k.mark = p.actual_mark
    left join marts.assurance_rule r on r.rule_of = 'go_region_matrix' and r.rule_id = m.at_risk_rule_id
    order by region_code, area_name, area_code, indicator_code, part, commitment_type"""
REVIEW = """
    select a.region_code, v.area_code, a.area_name, v.review_year, v.round_label, v.item_number, v.section, v.kind,
        coalesce(j.assessment_title, v.assessment) as assessment, v.theme,
        coalesce(j.judgement_title, v.judgement) as judgement,
        v.indicator_code, v.part, i.title as indicator, v.commitment_type, s.partnership_name, o.organisation_name,
        v.computed_status, v.direction, v.target_period_label, v.target_basis, v.target_value, v.previous_target_value,
        v.actual_period_label, v.actual_value, v.variance_percent, v.data_age_months, v.counted, v.assessed,
        v.on_target, v.statement, v.stated_on, v.edition
    from (select * from marts.review_item qualify round_ends_on = max(round_ends_on) over ()) v
    join marts.dim_area a using (area_code)
    left join marts.dim_indicator i on v.indicator_code = i.indicator_code and i.is_current
        and (v.part = i.part or v.part is null and i.is_headline)
    left join marts.dim_partnership s on v.partnership_code = s.partnership_code
    left join marts.dim_organisation o on v.organisation_code = o.organisation_code
    left join marts.dim_inspection_judgement j on v.assessment = j.assessment and v.judgement = j.judgement
    where a.region_code is not null
    order by region_code, area_name, area_code, item_number"""
# Heading and column of the query. What is null and not listed in UNKNOWN does not apply.
MATRIX_COLUMNS = {
    "Area code": "area_code", "Area": "area_name", "Indicator code": "indicator_code", "Part": "part",
    "Indicator": "indicator", "Commitment type": "commitment_type", "Round": "round_label",
    "Status": "computed_status", "Status before": "previous_status", "Move": "status_move", "Direction": "direction",
    "Target basis": "target_basis", "Target": "target_value", "Target state": "target_state",
    "Target for": "target_period_label", "Figure": "actual_value", "Figure marks": "marks",
    "Figure for": "actual_period_label", "Age in months": "data_age_months", "Distance in percent": "variance_percent",
    "Change of distance": "variance_change", "Chance of the target": "forecast_chance", "Report card": "card_state",
    "At risk by rule": "rule_words", "Edition": "edition",
}  # fmt: skip
REVIEW_COLUMNS = {
    "Area code": "area_code", "Area": "area_name", "Review": "review_year", "Round": "round_label",
    "Item": "item_number", "Section": "section", "Kind": "kind", "Indicator code": "indicator_code", "Part": "part",
    "Indicator": "indicator", "Commitment type": "commitment_type", "Partnership": "partnership_name",
    "Organisation": "organisation_name", "Status": "computed_status", "Direction": "direction",
    "Target for": "target_period_label", "Target basis": "target_basis", "Target": "target_value",
    "Target before": "previous_target_value", "Figure for": "actual_period_label", "Figure": "actual_value",
    "Distance in percent": "variance_percent", "Age in months": "data_age_months", "Counted": "counted",
    "Assessed": "assessed", "On target": "on_target", "Statement": "statement", "Stated on": "stated_on",
    "Assessment": "assessment", "About": "theme", "Judgement": "judgement", "Edition": "edition",
}  # fmt: skip
UNKNOWN = ("actual_value", "actual_period_label", "data_age_months", "variance_percent", "variance_change",
           "forecast_chance")  # fmt: skip


class Exports:
    """The files of each office that has commitments."""

    def __init__(self, tables: Tables):
        """Name what the files hold."""
        self.matrix, self.review = tables.by(MATRIX, "region_code"), tables.by(REVIEW, "region_code")

    def files(self, hub: Hub, folder: Folder) -> Iterator[Files]:
        """Yield the three files of every office that has commitments."""
        for region in hub.regions:
            if region.region_code in self.matrix:
                stem = hub.links.office(region.region_code)[:-5]
                yield Files("export", f"{stem}-assurance.ods", partial(self.write, hub, folder, region, stem))

    def write(self, hub: Hub, folder: Folder, region, stem: str) -> int:
        """Write the files of one office; return how many."""
        matrix, review = (of.get(region.region_code, []) for of in (self.matrix, self.review))
        tables = {
            "matrix": [(*MATRIX_COLUMNS,), *_cells(matrix, MATRIX_COLUMNS, _marked)],
            "review": [(*REVIEW_COLUMNS,), *_cells(review, REVIEW_COLUMNS, _marked_item)],
        }
        for name, rows in tables.items():
            folder.put(f"{stem}-{name}.csv", csv_text(rows[0], rows[1:]))
        sheets = [ods.Sheet("Notes", _notes(hub, region))]
        sheets += [ods.Sheet(name.capitalize(), rows) for name, rows in tables.items()]
        ods.write(Path(folder.place(f"{stem}-assurance.ods")), sheets)
        return len(tables) + 1


def _cells(rows: list, columns: dict[str, str], marked) -> Iterator[tuple]:
    """The columns of rows, with marks for nulls."""
    for found in rows:
        row = marked(found._asdict())
        yield tuple("[z]" if row[name] is None else safe(row[name]) for name in columns.values())


def figure_marks(row: dict) -> str:
    """What qualifies a figure, in brackets: its publisher's mark, whether it may still change, a break."""
    found = (row["shorthand"], OF_STATUS.get(row["actual_status"]), "[b]" if row["is_break"] else None)
    return " ".join(filter(None, found))


def _marked(row: dict) -> dict:
    """A row of the matrix with marks where something is missing, and what qualifies its figure beside it."""
    marks = "" if row["actual_value"] is None else figure_marks(row)
    unknown = {name: "[x]" for name in UNKNOWN if row[name] is None}
    if row["actual_value"] is None:
        unknown["actual_value"] = row["shorthand"] or "[x]"
    if row["target_value"] is None and row["target_state"] not in (None, "withdrawn"):
        unknown["target_value"] = "[x]"
    return row | unknown | {"marks": marks}


def _marked_item(row: dict) -> dict:
    """An item of a review: what its section has and is missing is not available; all else does not apply."""
    missing = {"progress": (*UNKNOWN, "target_value"), "unresolved": ("target_value",), "change": ("target_value",)}
    if row["kind"] == "judgement":
        missing = {"inspectorate": ("statement",)}
    return row | {name: "[x]" for name in missing.get(row["section"], ()) if row.get(name, "") is None}


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
