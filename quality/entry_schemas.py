"""The door for what is no observation: areas, and what people enter and send in (targets, partnerships, returns).

Belongs here: one pandera schema for each kind of landed row besides observations. Does not belong here: observations
(schemas) or what a failed check means for a delivery (checks).
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from quality.schemas import BASES

AREA_TYPES = ("small_area",)
COMMITMENTS = ("designated", "statutory", "local")
TARGET_BASES = ("level", "percent_change", "relative", "significant_change", "rank", "ordinal")
TARGET_STATES = ("agreed", "placeholder", "deferred", "frozen", "withdrawn")
PARTNERSHIPS = ("local_strategic_partnership", "thematic_partnership")
PLANS = ("community_strategy_pledge", "corporate_plan_objective")
STATUSES = ("on_target", "near_target", "off_target")
DIRECTIONS = ("improved", "unchanged", "deteriorated")
ACTION_STATES = ("planned", "in_progress", "completed", "overdue", "failed")
AREA, INDICATOR, PART = r"^E\d{8}$", r"^[A-Z]{2,4} \S+$", r"^[a-z][a-z0-9_]*$"
WORD = r"^[a-z][a-z_]*$"  # of a vocabulary that is rows of the framework
ROUND = r"^\d{4}/\d{2} Q[1-4]$"


@cache
def entry_schema(kind: str):
    """The schema of a kind; its `unique` columns are the grain of one delivery's rows."""
    import pandera.pandas as pa

    def text(pattern: str = r"(?s).", **more: object) -> object:
        return pa.Column(None, pa.Check.str_matches(pattern), **more)

    def words(*known: str) -> object:
        return pa.Column(None, pa.Check.isin(known))

    def number(low: int | None = None) -> object:
        return pa.Column(None, pa.Check.ge(low) if low is not None else None, nullable=True)

    term = {"valid_from": pa.Column(None, nullable=True), "valid_to": pa.Column(None, nullable=True)}
    about = {"indicator_code": text(INDICATOR), "part": text(PART)}
    subject = {"partnership_code": text(), "area_code": text(AREA), **about, "round_label": text(ROUND)}
    columns, unique, rules = {
        "areas": (
            {"area_code": text(AREA), "area_name": text(), "area_type": words(*AREA_TYPES), "parent_code": text(AREA),
             "population": number(0), **term},
            ["area_code"], [_in_order()],
        ),
        "targets": (
            {"area_code": text(AREA), **about, "commitment_type": words(*COMMITMENTS),
             "target_basis": words(*TARGET_BASES), "period_label": text(), "period_basis": words(*BASES),
             "state": words(*TARGET_STATES), "target_value": number(), "baseline_value": number()},
            ["area_code", "indicator_code", "part", "commitment_type", "period_label"],
            [pa.Check(_agreed_has_value, name="agreed_target_has_a_number")],
        ),
        "partnerships": (
            {"partnership_code": text(), "partnership_name": text(), "partnership_type": words(*PARTNERSHIPS), **term},
            ["partnership_code"], [_in_order()],
        ),
        "organisations": (
            {"organisation_code": text(), "organisation_name": text(), "organisation_type": text()},
            ["organisation_code"], [],
        ),
        "responsibilities": (
            {"partnership_code": text(), **about, **term},
            ["partnership_code", "indicator_code", "part", "valid_from"], [_in_order()],
        ),
        "plans": (
            {"plan_code": text(), "plan_type": words(*PLANS), "title": text(), **term}, ["plan_code"], [_in_order()],
        ),
        "plan_links": (
            {"plan_code": text(), "indicator_code": text(INDICATOR), "partnership_code": text(), **term},
            ["plan_code", "indicator_code", "partnership_code", "valid_from"], [_in_order()],
        ),
        "return_register": (
            {"partnership_code": text(), "round_label": text(ROUND), "returns_due": number(0)},
            ["partnership_code", "round_label"], [],
        ),
        "returns": (
            {**subject, "self_assessed_status": words(*STATUSES),
             "self_assessed_direction": pa.Column(None, pa.Check.isin(DIRECTIONS), nullable=True)},
            list(subject), [],
        ),
        "actions": (
            {**subject, "action_number": number(1), "action": text(), "state": words(*ACTION_STATES)},
            [*subject, "action_number"], [],
        ),
        "agreed_statuses": (
            {"area_code": text(AREA), **about, "commitment_type": words(*COMMITMENTS), "round_label": text(ROUND),
             "office_view": words(*STATUSES), "agreed_status": pa.Column(None, pa.Check.isin(STATUSES), nullable=True)},
            ["area_code", "indicator_code", "part", "commitment_type", "round_label"], [],
        ),
        "inspections": (
            {"area_code": text(AREA), "organisation_code": text(), "assessment": text(WORD), "theme": text(),
             "indicator_code": text(INDICATOR, nullable=True), "judgement": text(WORD),
             "published_on": pa.Column(None)},
            ["area_code", "organisation_code", "assessment", "theme", "published_on"], [],
        ),
    }[kind]  # fmt: skip
    place = {"source_row": pa.Column("int64", pa.Check.ge(1))}
    return pa.DataFrameSchema(
        {**columns, **place}, checks=rules, unique=unique, report_duplicates="exclude_first", strict=False
    )


def _agreed_has_value(rows: pd.DataFrame) -> pd.Series:
    return rows["target_value"].notna() | (rows["state"] != "agreed")


def _in_order() -> object:
    import pandera.pandas as pa

    def ordered(rows: pd.DataFrame) -> pd.Series:
        start, end = pd.to_datetime(rows["valid_from"]), pd.to_datetime(rows["valid_to"])
        return start.isna() | end.isna() | (start <= end)

    return pa.Check(ordered, name="dates_in_order")
