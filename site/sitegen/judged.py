"""What the judgement marts say, grouped for the pages: commitments, partnerships, plans, agreements.

Belongs here: SQL that selects, orders and counts rows of these marts, and where their pages live. Does not belong here:
a status, a share or any other number worked out (the marts have them), words, HTML.
"""

from collections import namedtuple
from functools import partial

from sitegen.data import by
from sitegen.links import unique_slugs
from sitegen.lookup import Tables

KEY = ("area_code", "indicator_code", "part", "commitment_type")
Commitment = namedtuple("Commitment", KEY)
COMMITMENT = ", ".join(KEY)
# The round that was over last is the one pages speak of.
NEWEST = "qualify round_ends_on = max(round_ends_on) over ()"
ORDER_OF_TYPES = "case commitment_type when 'designated' then 1 when 'statutory' then 2 else 3 end"


def _same(one: str, other: str) -> str:
    """The condition that two rows are of one commitment in one round."""
    return " and ".join(f"{one}.{name} = {other}.{name}" for name in (*KEY, "round_label"))


FRAMEWORK = {
    "round": f"select distinct round_label, round_ends_on from marts.fct_performance {NEWEST}",
    "rounds": "select round_label, starts_on, ends_on from marts.dim_round order by ends_on",
    "grades": "select indicator_code, part, grade, grade_name from marts.dim_grade order by all",
    "organisations": "select organisation_code, organisation_name from marts.dim_organisation order by all",
    "ladder": """
        select * from marts.intervention_level
        order by level, least_rounds_at_risk, least_rounds_off_target, least_failed_actions""",
    "board_rules": """
        select b.*, a.last_round from marts.board_rule b
        left join (
            select 'partnership_light' as rule_of, rule_id, max(round_label) as last_round
            from marts.partnership_light group by all
            union all by name select 'report_card' as rule_of, rule_id, max(round_label) as last_round
            from marts.report_card group by all
            union all by name select 'exception' as rule_of, rule_id, max(round_label) as last_round
            from marts.exception group by all
        ) a on b.rule_of = a.rule_of and b.rule_id = a.rule_id
        order by b.rule_of desc, b.for_area_code nulls first, b.rule_id""",
    "profiles": "select * from marts.rule_profile order by is_default desc, profile_id",
    "plans_of_areas": f"""
        select t.plan_code from (select * from marts.plan_on_track {NEWEST}) t
        left join marts.dim_plan d on t.plan_code = d.plan_code
        left join marts.dim_partnership p on t.plan_code = p.partnership_code
        where coalesce(d.area_code, p.area_code) is not null order by t.plan_code""",
}

# One row a commitment and round, with what was forecast and said of it then: many, so pages are cut as they come.
HISTORY = f"""
    select p.*, f.target_period_label as forecast_period, f.forecast_value, f.forecast_lower, f.forecast_upper,
        100 * f.chance as chance_percent, f.reason as forecast_reason, f.state as final_state,
        f.target_value as final_value, f.target_period_end as final_period_end, f.points,
        f.first_period_label, f.last_period_label, a.office_reason, a.known_from as office_known_from,
        a.source_file as office_file, a.source_sheet as office_sheet, a.source_row as office_row
    from marts.fct_performance p
    left join marts.forecast f on {_same("p", "f")} and f.is_final
    left join marts.fct_agreed_status a on {_same("p", "a")} and a.is_current
    order by {COMMITMENT}, round_ends_on"""

QUERIES = {
    "history": HISTORY,
    "newest": f"""
        select p.*, f.reason as forecast_reason, 100 * f.chance as chance_percent, f.target_value as final_value,
            f.state as final_state, f.target_period_label as final_period_label, f.target_period_end as final_period_end
        from (select * from marts.fct_performance {NEWEST}) p
        left join marts.forecast f on {_same("p", "f")} and f.is_final
        order by area_code, {ORDER_OF_TYPES}, indicator_code, part""",
    # of every commitment its statuses, oldest round first; `stale` where the round brought no new figure
    "runs": f"""
        select {COMMITMENT}, list(computed_status order by round_ends_on) as statuses,
            list(round_label order by round_ends_on) as labels,
            list(not coalesce(has_new_data, false) order by round_ends_on) as stale
        from marts.fct_performance group by {COMMITMENT} order by {COMMITMENT}""",
    "counts": f"""
        select area_code, computed_status, count(*) as commitments
        from (select * from marts.fct_performance {NEWEST}) group by all order by all""",
    "forecasts": f"""
        select * from marts.forecast {NEWEST} order by {COMMITMENT}, target_period_end""",
    "targets": f"""
        select {COMMITMENT}, period_label, period_end, target_value, state, target_basis, comparator_code, decision,
            decided_on, version, known_from, source_file, source_sheet, source_row
        from marts.fct_target where is_current order by {COMMITMENT}, period_end, period_label""",
    "returns": """
        select partnership_code, area_code, indicator_code, part, round_label, self_assessed_status, commentary, cause,
            board_decision, board_decided_on, known_from, source_file, source_sheet, source_row
        from marts.fct_return where is_current
        qualify row_number() over (
            partition by partnership_code, area_code, indicator_code, part order by known_from desc, round_label desc)
            = 1
        order by area_code, indicator_code, part, partnership_code""",
    "actions": """
        select partnership_code, area_code, indicator_code, part, round_label, action_number, action, owner_post,
            due_on, state
        from marts.fct_action where is_current
        order by area_code, indicator_code, part, partnership_code, round_label, action_number""",
    "partnerships": """
        select p.*, o.organisation_name from marts.dim_partnership p
        left join marts.dim_organisation o on p.organisation_code = o.organisation_code
        order by area_code nulls last, partnership_type, partnership_name, partnership_code""",
    # what a partnership answered for when the round ended
    "duties": f"""
        select d.partnership_code, d.indicator_code, d.part, d.organisation_code, d.post
        from marts.bridge_partnership_indicator d
        join (select distinct round_ends_on from marts.fct_performance {NEWEST}) r
            on d.known_from <= r.round_ends_on and (d.known_to is null or d.known_to > r.round_ends_on)
            and (d.valid_from is null or d.valid_from <= r.round_ends_on)
            and (d.valid_to is null or d.valid_to >= r.round_ends_on)
        order by partnership_code, indicator_code, part""",
    "lights": """
        select *, 100 * coverage as coverage_percent from marts.partnership_light
        order by partnership_code, round_ends_on""",
    "cards": f"""
        select * from marts.report_card order by {COMMITMENT}, card_number, round_ends_on""",
    "card_counts": f"""
        select area_code, card_state, count(*) as cards, sum(case when is_overdue then 1 else 0 end)::bigint as overdue
        from (select * from marts.report_card {NEWEST}) group by all order by all""",
    "levels": f"select * from marts.intervention {NEWEST} order by {COMMITMENT}",
    "plans": f"""
        select t.*, 100 * t.coverage as coverage_percent, d.title, d.owner, d.psa_number,
            coalesce(d.area_code, p.area_code) as area_code, p.partnership_name, d.source
        from (select * from marts.plan_on_track {NEWEST}) t
        left join marts.dim_plan d on t.plan_code = d.plan_code
        left join marts.dim_partnership p on t.plan_code = p.partnership_code
        order by case plan_type when 'local_area_agreement' then 1 when 'thematic_partnership' then 2 else 3 end,
            plan_type, title, plan_code""",
    "exceptions": f"""
        select * from (select * from marts.exception {NEWEST})
        order by plan_code, case kind when 'off_target' then 1 when 'at_risk' then 2 else 3 end, variance_percent,
            {COMMITMENT}""",
    "profile_use": f"""
        select profile_id, count(*) as commitments, count(distinct area_code) as areas
        from (select * from marts.fct_performance {NEWEST}) group by all order by all""",
    "simulations": f"select * from marts.reward_simulation {NEWEST} order by area_code, scheme_id",
    "simulated": f"select * from marts.reward_simulation_target {NEWEST} order by {COMMITMENT}, scheme_id",
    "progress": """
        select *, 100 * share_improved as improved_percent from marts.psa_progress order by psa_number, assessed_on""",
    "progress_of": """
        select i.*, p.assessed_on from marts.psa_indicator_progress i
        join marts.psa_progress p on i.psa_number = p.psa_number and i.assessment = p.assessment
        order by psa_number, indicator_ordinal, indicator_code, part, assessed_on""",
    "track_record": """
        select t.*, r.ends_on, 100 * chance_from as percent_from, 100 * chance_to as percent_to,
            100 * mean_chance as mean_chance_percent, 100 * share_met as met_percent,
            100 * share_within_interval as within_percent, 100 * share_nearer_than_last_figure as nearer_percent
        from marts.forecast_track_record t left join marts.dim_round r on t.round_label = r.round_label
        order by ends_on nulls first, indicator_code nulls first, part nulls first, chance_from nulls first""",
}


class Judged:
    """The judgement marts, by commitment, area, partnership and plan."""

    def __init__(self, tables: Tables):
        """Name what pages look up; rounds, rules and names are read, and a change of them reaches every page."""
        fixed = {name: tables.fixed(query) for name, query in FRAMEWORK.items()}
        self.round = next(iter(fixed["round"]), None)
        self.rounds = {row.round_label: row for row in fixed["rounds"]}
        self.grades: dict[tuple, dict] = {}
        for row in fixed["grades"]:
            self.grades.setdefault((row.indicator_code, row.part), {})[row.grade] = row.grade_name
        self.organisations = {row.organisation_code: row.organisation_name for row in fixed["organisations"]}
        self.ladder, self.board_rules = fixed["ladder"], fixed["board_rules"]
        self.profiles = by(fixed["profiles"], "profile_id", single=True)
        self._plan_names = unique_slugs(row.plan_code for row in fixed["plans_of_areas"])
        of = {name: partial(tables.by, query) for name, query in QUERIES.items()}
        self.history = of["history"](*KEY, streamed=True)
        self.newest, self.of_area = of["newest"](*KEY, single=True), of["newest"]("area_code")
        self.runs, self.counts = of["runs"](*KEY, single=True), of["counts"]("area_code")
        self.forecasts, self.targets = of["forecasts"](*KEY), of["targets"](*KEY)
        self.returns, self.actions = of["returns"](*KEY[:3]), of["actions"](*KEY[:3])
        self.partnerships = of["partnerships"]("partnership_code", single=True)
        self.partnerships_of = of["partnerships"]("area_code")
        self.duties, self.lights = of["duties"]("partnership_code"), of["lights"]("partnership_code")
        self.cards, self.card_counts = of["cards"](*KEY), of["card_counts"]("area_code")
        self.levels = of["levels"](*KEY, single=True)
        self.plans, self.plans_of = of["plans"]("plan_code", single=True), of["plans"]("area_code")
        self.plan_of_psa = of["plans"]("psa_number", single=True)
        self.exceptions = of["exceptions"]("plan_code")
        self.profile_use = of["profile_use"]("profile_id", single=True)
        self.simulations, self.simulated = of["simulations"]("area_code"), of["simulated"](*KEY)
        self.progress, self.progress_of = of["progress"]("psa_number"), of["progress_of"]("psa_number", "assessment")
        self.track_record = of["track_record"]()
        self._partnership_names = unique_slugs(self.partnerships)

    def partnership_path(self, code: str | None) -> str | None:
        """Page of a partnership, or None where the framework has no such partnership."""
        return f"partnership/{self._partnership_names[code]}.html" if code in self._partnership_names else None

    def plan_path(self, code: str) -> str | None:
        """Page of a plan's exceptions; plans of no area, which are the PSAs, have their own pages."""
        return f"exceptions/{self._plan_names[code]}.html" if code in self._plan_names else None


def key(row) -> tuple:
    """The commitment a row is of."""
    return tuple(getattr(row, name) for name in KEY)
