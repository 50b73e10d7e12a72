"""The judgement marts of the tiny published file: their columns, and one commitment of every kind pages tell apart.

Belongs here: the columns these pages rely on and a few rows. Does not belong here: the rules (tests/pipeline).
"""

import datetime as dt

TABLES = {
    "fct_performance": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar, "
    "round_label varchar, round_ends_on date, profile_id varchar, target_basis varchar, "
    "target_period_label varchar, target_period_end date, target_value double, target_state "
    "varchar, baseline_period_label varchar, baseline_value double, baseline_restated_value "
    "double, milestone_kind varchar, compared_value double, actual_value double, "
    "actual_period_label varchar, actual_period_end date, actual_mark varchar, actual_status "
    "varchar, actual_known_from date, actual_delivery_id varchar, judged_value double, "
    "areas_ranked integer, variance double, variance_percent double, computed_status varchar, is_assessed boolean, "
    "status_on_restated_baseline varchar, has_new_data boolean, previous_value double, "
    "previous_period_label varchar, direction varchar, direction_basis varchar, "
    "direction_reason varchar, significance_test varchar, data_age_months integer, "
    "self_assessed_status varchar, office_view varchar, agreed_status varchar, agreed_reason "
    "varchar, agreed_on date, partnership_code varchar, organisation_code varchar, "
    "reward_eligible boolean, edition varchar",
    "forecast": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar, "
    "round_label varchar, round_ends_on date, target_period_label varchar, target_period_end "
    "date, is_final boolean, state varchar, target_basis varchar, comparator_code varchar, "
    "target_value double, level_to_reach double, points integer, first_period_label varchar, "
    "last_period_label varchar, last_year integer, last_value double, slope double, "
    "forecast_value double, forecast_lower double, forecast_upper double, forecast_error "
    "double, chance double, reason varchar, edition varchar",
    "fct_agreed_status": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar, "
    "round_label varchar, office_view varchar, office_reason varchar, agreed_status varchar, "
    "agreed_reason varchar, agreed_on date, version integer, known_from date, known_to date, "
    "is_current boolean, delivery_id varchar, feed varchar, edition varchar, source_file "
    "varchar, source_sheet varchar, source_row integer, source_text varchar",
    "fct_target": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar, "
    "period_label varchar, period_basis varchar, period_start date, period_end date, "
    "target_value double, state varchar, target_basis varchar, comparator_code varchar, "
    "base_period_label varchar, baseline_value double, partnership_code varchar, "
    "organisation_code varchar, reward_eligible boolean, decision varchar, decided_on date, "
    "version integer, known_from date, known_to date, is_current boolean, delivery_id "
    "varchar, feed varchar, edition varchar, source_file varchar, source_sheet varchar, "
    "source_row integer, source_text varchar",
    "fct_return": "partnership_code varchar, area_code varchar, indicator_code varchar, part varchar, "
    "round_label varchar, self_assessed_status varchar, self_assessed_direction varchar, "
    "commentary varchar, cause varchar, board_decision varchar, board_decided_on date, "
    "version integer, known_from date, known_to date, is_current boolean, delivery_id "
    "varchar, feed varchar, edition varchar, source_file varchar, source_sheet varchar, "
    "source_row integer, source_text varchar",
    "fct_action": "partnership_code varchar, area_code varchar, indicator_code varchar, part varchar, "
    "round_label varchar, action_number integer, action varchar, owner_post varchar, due_on "
    "date, state varchar, version integer, known_from date, known_to date, is_current "
    "boolean, delivery_id varchar, feed varchar, edition varchar, source_file varchar, "
    "source_sheet varchar, source_row integer, source_text varchar",
    "dim_round": "round_label varchar, starts_on date, ends_on date, source varchar, verification varchar",
    "dim_plan": "plan_code varchar, plan_type varchar, title varchar, area_code varchar, psa_number "
    "integer, parent_plan_code varchar, owner varchar, valid_from date, valid_to date, source "
    "varchar, verification varchar, known_from date, delivery_id varchar, edition varchar",
    "dim_organisation": "organisation_code varchar, organisation_name varchar, organisation_type varchar, "
    "area_code varchar, source varchar, verification varchar, known_from date, delivery_id "
    "varchar, edition varchar",
    "bridge_partnership_indicator": "partnership_code varchar, indicator_code varchar, part varchar, organisation_code "
    "varchar, post varchar, valid_from date, valid_to date, version integer, known_from date, "
    "known_to date, is_current boolean, delivery_id varchar, feed varchar, edition varchar, "
    "source_file varchar, source_sheet varchar, source_row integer",
    "partnership_light": "partnership_code varchar, area_code varchar, round_label varchar, round_ends_on date, "
    "light varchar, light_reason varchar, indicators_managed integer, indicators_designated "
    "integer, indicators_counted integer, indicators_with_target integer, indicators_assessed "
    "integer, indicators_on_target integer, indicators_near_target integer, "
    "indicators_off_target integer, percent_of_managed double, percent_of_assessed double, "
    "coverage double, denominator varchar, green_above double, amber_above double, rule_id "
    "varchar, rule_words varchar, edition varchar",
    "report_card": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar, "
    "card_number integer, round_label varchar, round_ends_on date, card_state varchar, "
    "closed_because varchar, due_on date, is_overdue boolean, due_round_label varchar, "
    "at_risk_since date, rounds_at_risk integer, rounds_off_target integer, computed_status "
    "varchar, partnership_code varchar, organisation_code varchar, return_partnership_code "
    "varchar, return_round_label varchar, return_received_on date, return_delivery_id "
    "varchar, self_assessed_status varchar, commentary varchar, cause varchar, action "
    "varchar, action_owner varchar, action_due_on date, action_state varchar, actions "
    "integer, actions_completed integer, actions_overdue integer, actions_failed integer, "
    "board_decision varchar, board_decided_on date, board_outcome varchar, rule_id varchar, "
    "rule_words varchar, known_from date, known_to date, edition varchar",
    "intervention": "area_code varchar, indicator_code varchar, part varchar, commitment_type varchar, "
    "round_label varchar, round_ends_on date, level integer, level_name varchar, what_happens "
    "varchar, previous_level integer, at_risk_since date, rounds_at_risk integer, "
    "rounds_off_target integer, actions integer, actions_failed integer, "
    "return_partnership_code varchar, return_round_label varchar, least_rounds_at_risk "
    "integer, least_rounds_off_target integer, least_failed_actions integer, edition varchar",
    "intervention_level": "level integer, level_name varchar, least_rounds_at_risk integer, least_rounds_off_target "
    "integer, least_failed_actions integer, what_happens varchar, source varchar, "
    "verification varchar",
    "plan_on_track": "plan_code varchar, plan_type varchar, round_label varchar, round_ends_on date, "
    "commitments integer, commitments_assessed integer, commitments_on_track integer, "
    "percent_of_all double, percent_of_assessed double, coverage double, reason varchar, "
    "at_risk integer, off_target integer, good integer, edition varchar",
    "exception": "plan_code varchar, plan_type varchar, area_code varchar, indicator_code varchar, part "
    "varchar, commitment_type varchar, round_label varchar, round_ends_on date, kind varchar, "
    "computed_status varchar, target_basis varchar, target_value double, compared_value double, actual_value "
    "double, actual_period_label varchar, judged_value double, areas_ranked integer, variance double, "
    "variance_percent double, direction "
    "varchar, data_age_months integer, has_new_data boolean, at_risk_since date, "
    "rounds_at_risk integer, rounds_off_target integer, rounds_at_risk_before integer, "
    "partnership_code varchar, organisation_code varchar, post varchar, answer varchar, "
    "return_partnership_code varchar, return_round_label varchar, self_assessed_status "
    "varchar, cause varchar, action varchar, action_owner varchar, action_due_on date, "
    "action_state varchar, board_decision varchar, board_decided_on date, board_outcome "
    "varchar, card_state varchar, is_overdue boolean, intervention_level integer, rule_id "
    "varchar, rule_words varchar, edition varchar",
    "board_rule": "rule_of varchar, rule_id varchar, rule_words varchar, for_area_code varchar, valid_from date, "
    "valid_to date, source varchar, verification varchar",
    "rule_profile": "profile_id varchar, profile_name varchar, words varchar, compared_with varchar, "
    "met_operator varchar, amber_kind varchar, tolerance double, amber_operator varchar, "
    "exceeded_over double, no_new_data varchar, direction_basis varchar, direction_test "
    "varchar, direction_tolerance double, is_default boolean, valid_from date, valid_to date, "
    "source varchar, verification varchar",
    "reward_simulation": "scheme_id varchar, round_label varchar, round_ends_on date, area_code varchar, "
    "is_simulation boolean, targets_counted integer, targets_left_out integer, average_share "
    "double, paid_share double, most_gbp double, paid_gbp double, words varchar, edition "
    "varchar",
    "reward_simulation_target": "scheme_id varchar, area_code varchar, indicator_code varchar, part varchar, "
    "commitment_type varchar, round_label varchar, round_ends_on date, explanation varchar",
    "psa_progress": "psa_number integer, assessment varchar, season varchar, round_label varchar, assessed_on "
    "date, indicators integer, improved integer, not_improved integer, without_first_data "
    "integer, share_improved double, progress varchar, words varchar, edition varchar",
    "psa_indicator_progress": "assessment varchar, psa_number integer, indicator_ordinal integer, short_title varchar, "
    "indicator_code varchar, part varchar, baseline_period_label varchar, baseline_value "
    "double, latest_period_label varchar, latest_value double, outcome varchar, edition "
    "varchar",
    "forecast_track_record": "round_label varchar, indicator_code varchar, part varchar, chance_from double, chance_to "
    "double, forecasts integer, met integer, mean_chance double, share_met double, "
    "brier_score double, share_within_interval double, share_nearer_than_last_figure double, "
    "edition varchar",
}

AREA, OTHER = "E08000003", "E08000006"
ROUNDS = (
    ("2008/09 Q4", dt.date(2009, 1, 1), dt.date(2009, 3, 31)),
    ("2009/10 Q1", dt.date(2009, 4, 1), dt.date(2009, 6, 30)),
)
NEWEST = {"round_label": "2009/10 Q1", "round_ends_on": dt.date(2009, 6, 30)}
JUDGED = {"area_code": AREA, "indicator_code": "NI 112", "part": "headline", "commitment_type": "designated"}
LEAD = "CYP E08000003"
RULE = {"rule_id": "second", "rule_words": "A card is due after a second round at risk."}


def fill(con, put, hostile):
    """One commitment off target with a card, said of by all sides; one without a value; a partnership with a light."""
    for label, starts, ends in ROUNDS:
        put(con, "dim_round", round_label=label, starts_on=starts, ends_on=ends)
    put(
        con, "rule_profile", profile_id="hub_default", profile_name="Within 5 percent", words="Near within 5 percent.",
        compared_with="milestone", met_operator=">=", amber_kind="relative", tolerance=5, amber_operator="<=",
        no_new_data="carry", direction_basis="same_period_last_year", direction_test="significance",
        direction_tolerance=0, is_default=True, source="a rule of this test", verification="unverified",
    )  # fmt: skip
    _partnerships(con, put)
    _commitments(con, put, hostile)
    _said(con, put, hostile)
    _boards(con, put, hostile)
    _progress(con, put)
    # a column that is worked out from no column, such as a constant, is still one that others read
    put(
        con, "lineage_column", model="forecast", column_name="reason", source_layer="staging",
        source_model="stg_observations", source_column="constant",
    )  # fmt: skip


def _partnerships(con, put):
    put(con, "dim_organisation", organisation_code="LA", organisation_name="Manchester City Council")
    named = {LEAD: "Children's Board", "SCP E08000003": "Safer Board"}
    for code, name in named.items():
        put(
            con, "dim_partnership", partnership_code=code, partnership_name=name, area_code=AREA,
            partnership_type="thematic_partnership", organisation_code="LA", post="Director", source="a list",
        )  # fmt: skip
    put(
        con, "bridge_partnership_indicator", partnership_code=LEAD, indicator_code="NI 031", part="headline",
        organisation_code="LA", post="Head of Youth", known_from=dt.date(2008, 6, 30), is_current=True,
    )  # fmt: skip


def _commitments(con, put, hostile):
    """Off target in the newest round and awaited before; and a local target on an indicator with a hostile name."""
    common = JUDGED | {
        "profile_id": "hub_default", "target_basis": "level", "target_state": "agreed", "target_value": 50.0,
        "direction": "unchanged", "direction_basis": "same_period_last_year", "direction_reason": "not_significant",
        "partnership_code": LEAD, "organisation_code": "LA", "reward_eligible": True, "has_new_data": True,
    }  # fmt: skip
    put(
        con, "fct_performance", **common, round_label=ROUNDS[0][0], round_ends_on=ROUNDS[0][2],
        computed_status="awaited", is_assessed=False,
    )  # fmt: skip
    put(
        con, "fct_performance", **common, **NEWEST, computed_status="off_target", is_assessed=True, actual_value=59.25,
        actual_period_label="2009", actual_period_end=dt.date(2009, 12, 31), actual_status="provisional",
        actual_mark="estimated",
        compared_value=55.0, milestone_kind="straight_line", variance=-4.25, variance_percent=-7.7,
        previous_value=62.4, previous_period_label="2008", data_age_months=5, self_assessed_status="near_target",
        office_view="off_target", agreed_status="near_target", agreed_reason=f"*Agreed* {hostile}",
        agreed_on=dt.date(2009, 8, 1),
    )  # fmt: skip
    put(
        con, "fct_performance", area_code=OTHER, indicator_code="NI 009", part="headline", commitment_type="local",
        **NEWEST, profile_id="hub_default", target_state="placeholder", computed_status="placeholder",
        is_assessed=False, direction="no_comparison", direction_reason="no_figure", has_new_data=False,
    )  # fmt: skip
    for year, value, low, high in ((2010, 57.0, 54.0, 60.0), (2011, 55.0, 50.0, 60.0)):
        put(
            con, "forecast", **JUDGED, **NEWEST, target_period_label=f"{year - 1}/{year - 2000}",
            target_period_end=dt.date(year, 3, 31), is_final=year == 2011, state="agreed", target_basis="level",
            target_value=52.0 if year == 2010 else 50.0, level_to_reach=52.0 if year == 2010 else 50.0, points=3,
            first_period_label="2007", last_period_label="2009", last_value=59.25, forecast_value=value,
            forecast_lower=low, forecast_upper=high, chance=0.12 if year == 2011 else 0.2,
        )  # fmt: skip
    put(
        con, "forecast", area_code=OTHER, indicator_code="NI 009", part="headline", commitment_type="local", **NEWEST,
        target_period_label="2010/11", target_period_end=dt.date(2011, 3, 31), is_final=True, state="placeholder",
        reason="placeholder",
    )  # fmt: skip
    put(
        con, "fct_target", **JUDGED, period_label="2010/11", period_end=dt.date(2011, 3, 31), target_value=50.0,
        state="agreed", target_basis="level", decision=f"*Refreshed* {hostile}",
        version=1, is_current=True, source_file="targets.xlsx",
        source_sheet="North West", source_row=7, known_from=dt.date(2008, 6, 30),
    )  # fmt: skip


def _said(con, put, hostile):
    """A return with an action, and what the Government Office thinks; hostile text in every field people write."""
    said = {key: JUDGED[key] for key in ("area_code", "indicator_code", "part")} | {"partnership_code": LEAD}
    put(
        con, "fct_return", **said, round_label=NEWEST["round_label"], self_assessed_status="near_target",
        commentary=f"*Commentary* {hostile}", cause=f"*Cause* {hostile}", board_decision=f"*Decision* {hostile}",
        known_from=dt.date(2009, 8, 5), is_current=True, source_file="return.xlsx", source_sheet="Returns",
        source_row=3,
    )  # fmt: skip
    put(
        con, "fct_action", **said, round_label=NEWEST["round_label"], action_number=1, action=f"*Action* {hostile}",
        owner_post="Head of Youth", due_on=dt.date(2009, 9, 1), state="in_progress", is_current=True,
    )  # fmt: skip
    put(
        con, "fct_agreed_status", **JUDGED, round_label=NEWEST["round_label"], office_view="off_target",
        office_reason=f"*Reason* {hostile}", known_from=dt.date(2009, 8, 2), is_current=True, version=1,
    )  # fmt: skip


def _boards(con, put, hostile):
    """A light, a card, a level, and the exceptions of the agreement."""
    put(
        con, "partnership_light", partnership_code=LEAD, area_code=AREA, **NEWEST, light="red", indicators_managed=2,
        indicators_designated=1, indicators_counted=2, indicators_with_target=1, indicators_assessed=1,
        indicators_on_target=0, indicators_near_target=0, indicators_off_target=1, percent_of_managed=0.0,
        percent_of_assessed=0.0, coverage=0.5, denominator="assessed", rule_id="over_59",
        rule_words="Green when more than 59 % are on target.",
    )  # fmt: skip
    told = {"source": f"Paper {hostile}", "verification": "unverified"}
    put(con, "board_rule", rule_of="report_card", **RULE, **told)
    put(con, "board_rule", rule_of="exception", **RULE, **told)
    told = {"rule_words": "Green when all are.", "source": "Minutes of a board", "verification": "sourced"}
    put(con, "board_rule", rule_of="partnership_light", rule_id="all", for_area_code=AREA, **told)
    answer = {
        "cause": f"*Cause* {hostile}", "action": f"*Action* {hostile}", "action_owner": "Head of Youth",
        "action_due_on": dt.date(2009, 9, 1), "action_state": "in_progress", "board_decision": "Agreed",
        "return_round_label": NEWEST["round_label"],
    }  # fmt: skip
    put(
        con, "report_card", **JUDGED, **NEWEST, card_number=1, card_state="returned", due_on=dt.date(2009, 7, 28),
        is_overdue=False, at_risk_since=dt.date(2009, 3, 31), rounds_at_risk=2, rounds_off_target=1,
        computed_status="off_target", partnership_code=LEAD, **answer, **RULE,
    )  # fmt: skip
    put(con, "intervention", **JUDGED, **NEWEST, level=2, level_name="Report card", what_happens="A card is owed.")
    put(
        con, "intervention_level", level=2, level_name="Report card", least_rounds_at_risk=2, least_rounds_off_target=0,
        least_failed_actions=0, what_happens="A card is owed.", source="a rule of this test",
    )  # fmt: skip
    plan = {"plan_code": "LAA E08000003", "plan_type": "local_area_agreement"}
    put(con, "dim_plan", **plan, title="Agreement of Manchester", area_code=AREA, owner="LA")
    put(
        con, "plan_on_track", **plan, **NEWEST, commitments=4, commitments_assessed=2, commitments_on_track=1,
        percent_of_all=25.0, percent_of_assessed=50.0, coverage=0.5, at_risk=0, off_target=1, good=0,
    )  # fmt: skip
    put(
        con, "exception", **plan, **JUDGED, **NEWEST, kind="off_target", computed_status="off_target",
        compared_value=55.0, actual_value=59.25, actual_period_label="2009", variance=-4.25, direction="unchanged",
        data_age_months=5, at_risk_since=dt.date(2009, 3, 31), rounds_at_risk=2, rounds_off_target=1,
        partnership_code=LEAD, answer="answered", card_state="returned", is_overdue=False, intervention_level=2,
        **answer, **RULE,
    )  # fmt: skip


def _progress(con, put):
    """A PSA that was assessed, a simulated reward, and a track record."""
    put(
        con, "psa_progress", psa_number=14, assessment="Spring 2009", assessed_on=dt.date(2009, 3, 31), indicators=5,
        improved=1, not_improved=1, without_first_data=3, share_improved=0.2, progress="not_yet_assessed",
        words="1 of 5 indicators improved.",
    )  # fmt: skip
    put(
        con, "psa_indicator_progress", assessment="Spring 2009", psa_number=14, indicator_ordinal=1,
        short_title="Under-18 conception rate", indicator_code="NI 112", part="headline",
        baseline_period_label="2007", baseline_value=40.9, latest_period_label="2008", latest_value=39.7,
        outcome="improved",
    )  # fmt: skip
    put(
        con, "reward_simulation", scheme_id="laa_2008", **NEWEST, area_code=AREA, is_simulation=True, targets_counted=1,
        targets_left_out=3, words="Simulation: nothing would be paid.",
    )  # fmt: skip
    put(
        con, "reward_simulation_target", scheme_id="laa_2008", **JUDGED, **NEWEST,
        explanation="No gain: nothing counts.",
    )  # fmt: skip
    for low, high in ((None, None), (0.2, 0.4)):
        put(
            con, "forecast_track_record", chance_from=low, chance_to=high, forecasts=40, met=12, mean_chance=0.31,
            share_met=0.3, brier_score=0.19, share_within_interval=0.82, share_nearer_than_last_figure=0.6,
        )  # fmt: skip
