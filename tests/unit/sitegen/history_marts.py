"""Rows of the tiny published file that changed: a figure revised and a status with it, a target re-set, a duty moved.

Belongs here: second versions of what the other modules put in first. Does not belong here: columns of other tables.
"""

import datetime as dt

from judged_marts import JUDGED, LEAD, ROUNDS

COLUMNS = "known_to date, revision_kind varchar, previous_value double, is_current boolean"
OTHER_AREA = "E08000006"


def fill(con, put, hostile):
    """Put in the second versions, with hostile text in what people write."""
    told = {"area_code": OTHER_AREA, "indicator_code": "NI 112", "part": "headline", "definition_version": 1,
            "period_label": "2008", "period_basis": "calendar_year", "period_end": dt.date(2008, 12, 31),
            "dimensions": "", "delivery_id": "ons_conceptions-1", "feed": "ons_conceptions"}  # fmt: skip
    put(
        con, "fct_observation", **told, value=58.0, previous_value=61.5, revision=2, revision_kind="silent",
        known_from=dt.date(2011, 2, 22), is_current=True, status="final", source_file="conceptions-1.xls",
        source_rows="15",
    )  # fmt: skip
    judged = {"area_code": OTHER_AREA, "indicator_code": "NI 112", "part": "headline", "commitment_type": "statutory",
              "profile_id": "hub_default", "target_basis": "level", "target_state": "agreed", "target_value": 58.0,
              "actual_period_label": "2008", "is_assessed": True, "has_new_data": True,
              "direction": "no_comparison", "direction_reason": "no_previous"}  # fmt: skip
    for (label, _, ends), value, status in (
        (ROUNDS[0], 61.5, "off_target"),
        (ROUNDS[1], 58.0, "on_target"),
    ):
        put(con, "fct_performance", **judged, round_label=label, round_ends_on=ends, actual_value=value,
            computed_status=status)  # fmt: skip
    put(
        con, "fct_target", **JUDGED, period_label="2010/11", period_end=dt.date(2011, 3, 31), target_value=53.0,
        state="agreed", target_basis="level", decision=f"*Refreshed* {hostile}", version=0, is_current=False,
        known_from=dt.date(2008, 4, 1), known_to=dt.date(2008, 6, 30), source_file="first.xlsx", source_row=4,
    )  # fmt: skip
    con.execute("update marts.fct_target set version = version + 1")
    duty = {"partnership_code": LEAD, "indicator_code": "NI 031", "part": "headline"}
    con.execute("update marts.bridge_partnership_indicator set version = 2, source_file = 'register.xlsx'")
    put(
        con, "bridge_partnership_indicator", **duty, organisation_code="LA", post="Nobody yet", version=1,
        known_from=dt.date(2008, 4, 1), known_to=dt.date(2008, 6, 30), is_current=False,
    )  # fmt: skip
    put(
        con, "rule_profile", profile_id="strict", profile_name="Strict", words="Met or missed.", is_default=False,
        compared_with="milestone", met_operator=">=", amber_kind="none", amber_operator="<=", no_new_data="carry",
        direction_basis="previous_period", direction_test="tolerance", direction_tolerance=0, source="a test",
        verification="sourced",
    )  # fmt: skip
    con.execute(
        "update marts.fct_performance set profile_id = 'strict' where indicator_code = ? and area_code = ?"
        " and commitment_type = ? and round_label = ?",
        [JUDGED["indicator_code"], JUDGED["area_code"], JUDGED["commitment_type"], ROUNDS[0][0]],
    )
