"""How the illustrative agreements are printed: sheets, headers, words and codes of the Government Offices' workbooks.

Belongs here: the layouts that the feeds of the Government Offices (go_), of the partnerships (lsp_) and of the
inspectorates describe. Does not belong here: which rows stand in a workbook (commitments).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sources.demo.files import workbook_bytes
from sources.demo.inspections import FEED, Sending
from sources.demo.refreshes import STATES, VALUES
from sources.demo.targets import YEARS, Version
from sources.registry import load_feeds

LABELS = [f"{year}/{(year + 1) % 100:02d}" for year in YEARS]
GSS_SINCE = 3  # the version from which Government Offices print the new codes
BASES = {"level": "Level", "percent_change": "Percentage change", "relative": "Relative to comparator",
         "significant_change": "Significant change", "rank": "Rank", "ordinal": "Grade"}  # fmt: skip
CELLS = {"placeholder": "TBC", "deferred": "Deferred", "withdrawn": "Withdrawn", "": "n/a"}
# sheet -> kind, and header -> canonical column
SHEETS = {
    "Partnerships": ("partnerships", {
        "Partnership code": "partnership_code", "Partnership": "partnership_name", "Type": "partnership_type",
        "LAA code": "code", "Parent code": "parent_code", "Lead organisation": "organisation_code",
        "Lead post": "post", "From": "valid_from", "To": "valid_to"}),
    "Organisations": ("organisations", {
        "Organisation code": "organisation_code", "Organisation": "organisation_name", "Type": "organisation_type",
        "LAA code": "code"}),
    "Responsibilities": ("responsibilities", {
        "Partnership code": "partnership_code", "Indicator": "indicator_code", "Part": "part",
        "Organisation": "organisation_code", "Post": "post", "From": "valid_from", "To": "valid_to"}),
    "Plans": ("plans", {
        "Plan code": "plan_code", "Type": "plan_type", "Title": "title", "LAA code": "code",
        "Parent plan": "parent_plan_code", "Owner organisation": "organisation_code", "From": "valid_from",
        "To": "valid_to"}),
    "Plan links": ("plan_links", {
        "Plan code": "plan_code", "Indicator": "indicator_code", "Partnership code": "partnership_code",
        "Organisation": "organisation_code", "Post": "post", "From": "valid_from", "To": "valid_to"}),
    "Register": ("return_register", {
        "Partnership code": "partnership_code", "Round": "round_label", "Returns due": "returns_due",
        "Due on": "due_on", "Received on": "received_on"}),
    "Returns": ("returns", {
        "Partnership code": "partnership_code", "LAA code": "code", "Indicator": "indicator_code", "Part": "part",
        "Round": "round_label", "Self-assessed status": "self_assessed_status",
        "Direction of travel": "self_assessed_direction", "Commentary": "commentary", "Cause": "cause",
        "Board decision": "board_decision", "Board decided on": "board_decided_on"}),
    "Actions": ("actions", {
        "Partnership code": "partnership_code", "LAA code": "code", "Indicator": "indicator_code", "Part": "part",
        "Round": "round_label", "Action number": "action_number", "Action": "action", "Owner post": "owner_post",
        "Due on": "due_on", "State": "state"}),
}  # fmt: skip
SAID_IN_FULL = (  # on_target is printed `On target`
    "partnership_type", "plan_type", "self_assessed_status", "self_assessed_direction", "state",
)  # fmt: skip


def targets_book(version: Version, rows: pd.DataFrame) -> bytes:
    """The targets of a version, a sheet a region; `rows` are its commitments with owners."""
    value = rows[VALUES].to_numpy(dtype=object)
    frozen = "Frozen " + rows[VALUES].astype(object).astype(str).replace(r"\.0$", "", regex=True)
    cells = rows[STATES].replace(CELLS).to_numpy(dtype=object)
    cells = np.where(rows[STATES] == "agreed", value, np.where(rows[STATES] == "frozen", frozen, cells))
    sheet = pd.DataFrame({
        "LAA code": rows["code" if version.number < GSS_SINCE else "area_code"], "LAA": rows["area_name"],
        "Indicator": rows["indicator_code"], "Part": rows["part"],
        "Target type": rows["commitment_type"].str.capitalize(), "Target basis": rows["target_basis"].map(BASES),
        "Comparator": rows["comparator_code"], "Baseline period": rows["base_label"], "Baseline": rows["base_value"],
        **{label: cells[:, year] for year, label in enumerate(LABELS)},
        "Lead partnership": rows["partnership_code"], "Lead organisation": rows["organisation_code"],
        "Reward eligible": np.where(rows["reward_eligible"], "Yes", "No"), "Decision": rows["decision"],
        "Decided on": rows["decided_on"].astype(str),
    })  # fmt: skip
    about = f"targets of the Local Area Agreements, {version.title}"
    regions = rows["region_name"]
    return workbook_bytes({
        region: _titles(about, f"Government Office: {region}", version.known_on) + _cells(sheet[regions == region])
        for region in regions.drop_duplicates()
    })  # fmt: skip


def records_book(about: str, on: date, frames: dict[str, pd.DataFrame], codes: pd.Series) -> bytes:
    """A workbook with a sheet a frame (by the names of SHEETS); `codes` are the printed codes of areas."""
    sheets = {}
    for sheet, rows in frames.items():
        _, headers = SHEETS[sheet]
        printed = rows.assign(code=rows["area_code"].map(codes).fillna("")) if "area_code" in rows else rows
        printed = printed[list(headers.values())].set_axis(list(headers), axis=1)
        for header, column in headers.items():
            if column in SAID_IN_FULL:
                printed[header] = printed[header].str.replace("_", " ").str.capitalize()
        sheets[sheet] = _titles(about, "Collected by the Government Offices", on) + _cells(printed)
    return workbook_bytes(sheets)


def reviews_book(round_label: str, on: date, rows: pd.DataFrame, codes: pd.Series) -> bytes:
    """The Government Offices' views on a round, a sheet a region."""
    said = rows[["office_view", "agreed_status"]].apply(lambda column: column.str.replace("_", " ").str.capitalize())
    sheet = pd.DataFrame({
        "LAA code": rows["area_code"].map(codes), "LAA": rows["area_name"], "Indicator": rows["indicator_code"],
        "Part": rows["part"], "Target type": rows["commitment_type"].str.capitalize(), "Round": rows["round_label"],
        "Office view": said["office_view"], "Reason of the office": rows["office_reason"],
        "Agreed status": said["agreed_status"], "Reason agreed": rows["agreed_reason"], "Agreed on": rows["agreed_on"],
    })  # fmt: skip
    about, regions = f"views on targets at risk, round {round_label}", rows["region_name"]
    return workbook_bytes({
        region: _titles(about, f"Government Office: {region}", on) + _cells(sheet[regions == region])
        for region in regions.drop_duplicates()
    })  # fmt: skip


def judgements_book(sending: Sending, rows: pd.DataFrame) -> bytes:
    """What inspectorates judged, a sheet an inspectorate, in the words that the feed's own description lists."""
    words = load_feeds()[FEED].layouts[0].words
    printed = {role: {code: word for word, code in said.items()} for role, said in words.items()}
    by = rows["organisation_code"].map(printed["organisation_code"])
    sheet = pd.DataFrame({
        "Area code": rows["code"], "Area": rows["area_name"], "Inspectorate": by,
        "Assessment": rows["assessment"].map(printed["assessment"]), "About": rows["theme"],
        "National indicator": rows["indicator_code"], "Judgement": rows["judgement"].map(printed["judgement"]),
        "What the report says": rows["summary"], "Published on": rows["published_on"],
    })  # fmt: skip
    return workbook_bytes({
        name: _titles(sending.title, f"Sent by: {name}", sending.published_on) + _cells(sheet[by == name])
        for name in by.drop_duplicates()
    })  # fmt: skip


def _titles(about: str, sender: str, on: date) -> list[list[object]]:
    issued = f"Issued {on:%d %B %Y}. All names, numbers and decisions are made up."
    return [[f"Illustrative data: {about}"], [sender], [issued]]


def _cells(frame: pd.DataFrame) -> list[list[object]]:
    return [list(frame.columns), *frame.astype(object).where(frame.notna(), "").to_numpy().tolist()]
