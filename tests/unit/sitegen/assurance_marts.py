"""The marts of regional assurance in the tiny published file: their columns, and a few rows of every case.

Belongs here: what assurance.py reads. Does not belong here: the other marts (conftest.py, judged_marts.py).
"""

import datetime as dt

TABLES = {
    "rollup_psa": "psa_number integer, indicator_code varchar, part varchar, region_code varchar, round_label varchar,"
    " round_ends_on date, period_label varchar, period_basis varchar, period_end date, first_known_on date,"
    " data_age_months integer, value double, method varchar, reason varchar, previous_period_label varchar,"
    " previous_value double, change double, contribution double, rate_effect double, mix_effect double,"
    " contribution_reason varchar, laas_chosen integer, laas_assessed integer, laas_on_target integer,"
    " areas_due integer, areas_reporting integer, coverage double, figures_provisional integer,"
    " figures_estimated integer, issues integer, quality_rating varchar, quality_rule_id varchar, assessment varchar,"
    " edition varchar",
    "go_region_matrix": "region_code varchar, area_code varchar, indicator_code varchar, part varchar,"
    " commitment_type varchar, round_label varchar, round_ends_on date, computed_status varchar, is_assessed boolean,"
    " direction varchar, actual_period_label varchar, data_age_months integer, variance_percent double,"
    " previous_status varchar, status_move varchar, variance_change double, forecast_chance double, card_state varchar,"
    " at_risk_rule_id varchar, edition varchar",
    "barrier": "region_code varchar, round_label varchar, round_ends_on date, category varchar, targets integer,"
    " areas integer, indicators integer, commonest_wording varchar, edition varchar",
    "review_item": "area_code varchar, review_year varchar, round_label varchar, round_ends_on date,"
    " item_number integer, section varchar, kind varchar, assessment varchar, theme varchar, judgement varchar,"
    " indicator_code varchar, part varchar,"
    " commitment_type varchar, partnership_code varchar, organisation_code varchar, computed_status varchar,"
    " direction varchar,"
    " target_period_label varchar, target_basis varchar, target_value double, previous_target_value double,"
    " actual_period_label varchar,"
    " actual_value double, variance_percent double, data_age_months integer, counted integer, assessed integer,"
    " on_target integer, statement varchar, stated_on date, edition varchar",
    "dim_inspection_judgement": "assessment varchar, assessment_title varchar, judgement varchar,"
    " judgement_title varchar, meaning varchar, replaced_by varchar, source varchar, verification varchar",
    "fct_inspection": "area_code varchar, organisation_code varchar, assessment varchar, theme varchar,"
    " published_on date, judgement varchar, indicator_code varchar, summary varchar, version integer,"
    " known_from date, known_to date, is_current boolean, delivery_id varchar, feed varchar, edition varchar,"
    " source_file varchar, source_sheet varchar, source_row integer, source_text varchar",
    "assurance_rule": "rule_of varchar, rule_id varchar, precedence integer, outcome varchar, rule_words varchar,"
    " source varchar, verification varchar",
}

ENGLAND, REGION = "E92000001", "E12000002"
ROUND = {"round_label": "2009/10 Q1", "round_ends_on": dt.date(2009, 6, 30)}
TARGET = {"area_code": "E08000003", "indicator_code": "NI 112", "part": "headline", "commitment_type": "designated"}
MEASURE = {"psa_number": 14, "indicator_code": "NI 112", "part": "headline"}


def fill(con, put, hostile):
    """Rules, a measure whose change splits between England and its one region, a matrix and a review pack."""
    for rule_of, rule_id, outcome, words in (
        ("rollup_psa", "fit", "green", f"All is well {hostile}."),
        ("rollup_psa", "gaps", "red", "Fewer than half."),
        ("go_region_matrix", "unlikely", "at_risk", "One chance in five."),
        ("barrier", "staff_1", "staff", "The cause holds: staff"),
    ):
        put(
            con, "assurance_rule", rule_of=rule_of, rule_id=rule_id, precedence=1, outcome=outcome, rule_words=words,
            source="a rule of this test", verification="unverified",
        )  # fmt: skip
    figure = {"period_label": "2009", "period_basis": "calendar_year", "period_end": dt.date(2009, 12, 31)}
    counts = {"areas_due": 4, "areas_reporting": 3, "coverage": 0.75}
    put(
        con, "rollup_psa", **MEASURE, **ROUND, **figure, **counts, region_code=ENGLAND, value=40.5, change=-1.25,
        method="ratio_of_sums", previous_period_label="2008", contribution=-1.25, laas_chosen=5, laas_assessed=4,
        laas_on_target=3, quality_rating="green", quality_rule_id="fit", first_known_on=dt.date(2011, 2, 1),
    )  # fmt: skip
    put(
        con, "rollup_psa", **MEASURE, **ROUND, **figure, **counts, region_code=REGION, method="none",
        reason="No area has a numerator and a denominator.", previous_period_label="2008", contribution=-1.25,
        rate_effect=-1.5, mix_effect=0.25, laas_chosen=0, laas_assessed=0, laas_on_target=0, quality_rating="red",
        quality_rule_id="gaps", first_known_on=dt.date(2009, 2, 1),
    )  # fmt: skip
    _matrix(con, put, hostile)
    _review(con, put, hostile)


def _matrix(con, put, hostile):
    """A target that fell back and is listed as at risk, beside one of the round before that no page may show."""
    row = TARGET | {"region_code": REGION, "computed_status": "off_target", "is_assessed": True}
    put(con, "go_region_matrix", **row, round_label="2008/09 Q4", round_ends_on=dt.date(2009, 3, 31), status_move="new")
    put(
        con, "go_region_matrix", **row, **ROUND, direction="unchanged", actual_period_label="2009", data_age_months=5,
        variance_percent=-7.7, previous_status="near_target", status_move="worse", variance_change=-3.2,
        forecast_chance=0.12, card_state="returned", at_risk_rule_id="unlikely", edition="published",
    )  # fmt: skip
    put(
        con, "barrier", region_code=REGION, **ROUND, category="staff", targets=2, areas=1, indicators=2,
        commonest_wording=f"=Vacancies {hostile}",
    )  # fmt: skip


def _review(con, put, hostile):
    """An item of every section, with a text that would be a formula in a spreadsheet."""
    pack = {"area_code": "E08000003", "review_year": "2009/10", "edition": "published"} | ROUND
    put(
        con, "review_item", **pack | TARGET, item_number=1, section="progress", kind="designated",
        computed_status="off_target", direction="unchanged", target_period_label="2010/11", target_value=50.0,
        actual_period_label="2009", actual_value=59.25, variance_percent=-7.7, data_age_months=5,
        partnership_code="CYP E08000003",
    )  # fmt: skip
    put(
        con, "review_item", **pack | TARGET, item_number=2, section="unresolved", kind="placeholder",
        target_period_label="2010/11", statement=f'=HYPERLINK("x") {hostile}', stated_on=dt.date(2008, 6, 30),
    )  # fmt: skip
    put(
        con, "review_item", **pack | TARGET, item_number=3, section="change", kind="changed_in_year",
        target_period_label="2010/11", target_basis="percent_change", target_value=-5.0, previous_target_value=-6.0,
        statement="Eased",
    )  # fmt: skip
    put(
        con, "review_item", **pack | TARGET, item_number=4, section="change", kind="frozen",
        target_period_label="2010/11", target_value=50.0,
    )  # fmt: skip
    put(
        con, "review_item", **pack, item_number=5, section="partner", kind="organisation", organisation_code="LA",
        counted=4, assessed=3, on_target=2,
    )  # fmt: skip
    put(
        con, "review_item", **pack, item_number=6, section="partner", kind="returns", partnership_code="CYP E08000003",
        counted=2, statement="Returns: 1 in time.",
    )  # fmt: skip
    judged = {"organisation_code": "AC", "assessment": "area_assessment", "published_on": dt.date(2009, 6, 9)}
    flag = {"theme": "Safety", "judgement": "red_flag", "indicator_code": "NI 112"}
    other = {"theme": "Homes", "judgement": "blue_flag"}  # a word the framework does not list
    put(
        con, "dim_inspection_judgement", assessment="area_assessment", assessment_title="Area assessment",
        judgement="red_flag", judgement_title="Red flag", meaning="Significant concern",
    )  # fmt: skip
    for number, (said, words) in enumerate(((flag, f"=Plans {hostile}"), (other, None)), 7):
        judgement = {name: value for name, value in judged.items() if name != "published_on"} | said
        put(
            con, "review_item", **pack, **judgement, item_number=number, section="inspectorate", kind="judgement",
            statement=words, stated_on=judged["published_on"],
        )  # fmt: skip
        first = {"known_from": dt.date(2009, 6, 9), "source_file": f"caa{hostile}.xlsx", "source_sheet": "AC"}
        put(con, "fct_inspection", area_code="E08000003", **judged, **said, **first, source_row=number)
    later = {"known_from": dt.date(2009, 8, 1), "source_file": "corrected.xlsx", "source_sheet": "AC", "source_row": 1}
    put(con, "fct_inspection", area_code="E08000003", **judged, **flag | later)
    put(
        con, "review_item", **pack | {"area_code": "E08000006"}, item_number=1, section="inspectorate",
        kind="none_delivered", statement="No inspectorate says anything.",
    )  # fmt: skip
