"""What the marts of regional assurance say, grouped for the pages: measures of the PSAs, a region's matrix, reviews.

Belongs here: SQL that selects, orders and counts rows of these marts, and their words. Does not belong here: any number
worked out (the marts have them), what a page holds (views/), HTML.
"""

from functools import partial

from markupsafe import Markup

from sitegen import data, judged_words
from sitegen.data import by
from sitegen.lookup import Tables

NEWEST = "qualify round_ends_on = max(round_ends_on) over ()"
QUERIES = {
    "measures": f"""
        select * from marts.rollup_psa {NEWEST} order by psa_number, indicator_code, part, region_code""",
    "history": f"""
        select * from marts.rollup_psa where region_code = '{data.ENGLAND}'
        order by psa_number, indicator_code, part, round_ends_on""",
    "matrix": f"""
        select *, 100 * forecast_chance as chance_percent from marts.go_region_matrix {NEWEST}
        order by region_code, indicator_code, part, commitment_type, area_code""",
    "barriers": f"""
        select * from marts.barrier {NEWEST} order by region_code, targets desc, category""",
    "good": """
        select * from marts.exception where kind = 'good' and plan_type = 'local_area_agreement'
            and round_ends_on = (select max(round_ends_on) from marts.fct_performance)
        order by indicator_code, part, area_code""",
    "reviews": f"""
        select v.*, j.assessment_title, j.judgement_title, j.meaning, i.delivery_id, i.source_file, i.source_sheet,
            i.source_row
        from (select * from marts.review_item {NEWEST}) v
        left join marts.dim_inspection_judgement j using (assessment, judgement)
        left join marts.fct_inspection i on v.area_code = i.area_code and v.organisation_code = i.organisation_code
            and v.assessment = i.assessment and v.theme = i.theme and v.stated_on = i.published_on
            and i.known_from <= v.round_ends_on and (i.known_to is null or i.known_to > v.round_ends_on)
        order by area_code, item_number""",
    # which roll-ups a measure or its history rests on
    "figures": f"""
        with measures as (
            select *, round_ends_on = max(round_ends_on) over () as is_newest from marts.rollup_psa)
        select indicator_code, part, region_code, period_label, period_basis from measures
        where is_newest or region_code = '{data.ENGLAND}'
        union
        select indicator_code, part, region_code, previous_period_label, period_basis from measures
        where is_newest or region_code = '{data.ENGLAND}'
        order by all""",
}
RULES = "select * from marts.assurance_rule order by rule_of, precedence"
# The classes of the National Audit Office; a shape and a word each, for colour says nothing to some.
QUALITY = {
    "green": ("green", judged_words.STATUS["on_target"][0], "Fit"),
    "green_disclosure": ("green", judged_words.STATUS["on_target"][0], "Fit, with limits"),
    "amber": ("amber", judged_words.STATUS["near_target"][0], "Weak"),
    "red": ("red", judged_words.STATUS["off_target"][0], "Not fit"),
}


BARRIER = {
    "not_named": "No cause named",
    "small_numbers": "Small numbers",
    "survey_chance": "Chance of a survey",
    "definition_or_recording": "Definition or recording changed",
    "new_system": "A new computer system",
    "late_or_poor_data": "Late or poor data",
    "awareness_or_take_up": "Awareness or take-up",
    "other": "Other",
}
MOVE = {
    "better": "Better",
    "worse": "Worse",
    "now_assessed": "Has a status now",
    "no_longer_assessed": "Has no status any more",
    "new": "New in this round",
}


class Assurance:
    """The marts of regional assurance, by agreement, measure, region and area."""

    def __init__(self, tables: Tables):
        """Name what pages look up; rules are read, and a change of them reaches every page."""
        of = {name: partial(tables.by, query) for name, query in QUERIES.items()}
        self.measures = of["measures"]("psa_number")
        self.history = of["history"]("psa_number", "indicator_code", "part")
        self.figures = of["figures"]("indicator_code", "part", "region_code", "period_label", "period_basis")
        self.matrix, self.barriers = of["matrix"]("region_code"), of["barriers"]("region_code")
        self.good, self.reviews = of["good"]("area_code"), of["reviews"]("area_code")
        rules = tables.fixed(RULES)
        self.rules = by(rules, "rule_of")
        self.rule_words = {(row.rule_of, row.rule_id): row.rule_words for row in rules}


def quality(code: str | None) -> Markup:
    """How fit data is, as a shape, a word and a colour."""
    return judged_words.badge(*QUALITY.get(code, ("none", "\N{WHITE CIRCLE}", "Not rated")))
