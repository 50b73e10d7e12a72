"""What the tables with two clocks say of changes: revised figures, statuses that changed with them, and the audit log.

Belongs here: SQL that puts a version beside the one before. Does not belong here: words, pages, HTML.
All three are asked of the published file as it stands; what changed between two frozen releases is changes.py.
"""

from sitegen.lookup import Tables

KEY = "area_code, indicator_code, part, commitment_type"

# A figure told again with another value. Where the definition changed the two are in different units.
REVISIONS = """
    select
        o.indicator_code, o.part, o.area_code, a.area_name, o.period_label, o.period_end, o.period_basis, o.dimensions,
        o.previous_value, o.value,
        case when o.revision_kind <> 'redefined' then o.value - o.previous_value end as change,
        o.mark, o.status, o.revision, o.revision_kind, o.known_from, o.delivery_id, o.feed, o.source_file,
        o.source_rows, o.correction_code, o.definition_version, o.is_current
    from marts.fct_observation as o
    left join marts.dim_area as a on o.area_code = a.area_code
    where o.revision > 1 and o.value is distinct from o.previous_value
    order by indicator_code, part, known_from desc, area_name, area_code, period_end, period_label, dimensions,
        revision desc"""
REVISED = f"""
    select indicator_code, part, revision_kind, count(*) as figures, count(distinct area_code) as areas,
        max(known_from) as last_known
    from ({REVISIONS}) group by all order by indicator_code, part, revision_kind"""

# The same period judged again in the next round, with another figure and another status.
FLIPS = f"""
    select *, lag(is_assessed) over known as assessed_before, lag(computed_status) over known as status_before,
        lag(actual_value) over known as value_before,
        lag(actual_period_label) over known as period_before
    from marts.fct_performance
    window known as (partition by {KEY} order by round_ends_on)
    qualify actual_period_label = period_before and actual_value is distinct from value_before
        and computed_status <> status_before and is_assessed and assessed_before
    order by round_ends_on desc, {KEY}"""

# kind, day, whose it is, what of, before, after, why, and the delivery that brought it.
_TARGETS = f"""
    select
        case when state_before is distinct from state then 'target_state' else 'target_reset' end as kind,
        known_from as day, area_code, partnership_code, indicator_code, part, period_label as concerns,
        concat_ws(' ', value_before, nullif(state_before, 'agreed')) as before,
        concat_ws(' ', target_value, nullif(state, 'agreed')) as after,
        decision as why, delivery_id, source_file, source_row
    from (
        select *, lag(target_value) over known as value_before, lag(state) over known as state_before
        from marts.fct_target
        window known as (partition by {KEY}, period_label order by version))
    where version > 1 and state_before is not null
        and (value_before is distinct from target_value or state_before is distinct from state)"""
_BASELINES = f"""
    select distinct
        'baseline_restated', known_from, area_code, partnership_code, indicator_code, part, base_period_label,
        cast(baseline_before as varchar), cast(baseline_value as varchar), decision, delivery_id, source_file,
        min(source_row)
    from (
        select *, lag(baseline_value) over known as baseline_before from marts.fct_target
        window known as (partition by {KEY}, period_label order by version))
    where baseline_before is not null and baseline_before is distinct from baseline_value
    group by all"""
_DUTIES = """
    select
        case when o.owners is null then 'owner_named' when n.owners is null then 'owner_gone' else 'owner_moved' end,
        k.known_from, p.area_code, k.partnership_code, k.indicator_code, k.part, null, o.owners, n.owners, null,
        k.delivery_id, k.source_file, n.source_row
    from (
        select * from (select distinct partnership_code, indicator_code, part from marts.bridge_partnership_indicator)
        join (
            select partnership_code, version, known_from, min(delivery_id) as delivery_id,
                min(source_file) as source_file
            from marts.bridge_partnership_indicator where version > 1 group by all) using (partnership_code)) as k
    left join owners as n
        on k.partnership_code = n.partnership_code and k.indicator_code = n.indicator_code and k.part = n.part
            and k.version = n.version
    left join owners as o
        on k.partnership_code = o.partnership_code and k.indicator_code = o.indicator_code and k.part = o.part
            and k.version = o.version + 1
    left join marts.dim_partnership as p on k.partnership_code = p.partnership_code
    where o.owners is distinct from n.owners"""
_RULES = f"""
    select
        'rule_changed', round_ends_on, area_code, partnership_code, indicator_code, part, round_label, rule_before,
        profile_id, null, null, null, null
    from (
        select *, lag(profile_id) over known as rule_before from marts.fct_performance
        window known as (partition by {KEY} order by round_ends_on))
    where rule_before is distinct from profile_id and rule_before is not null"""
_DEFINITIONS = """
    select 'definition_changed', known_from, null, null, indicator_code, part,
        'definition ' || definition_version,
        lag(unit) over (partition by indicator_code, part order by definition_version),
        unit, definition_change, null, source, null
    from marts.dim_indicator where definition_change is not null
    qualify definition_version > 1"""
_CORRECTIONS = """
    select 'corrected', decided_on, area_code, null, indicator_code, part, period_label,
        cast(original_value as varchar), cast(corrected_value as varchar), reason, delivery_id, source, null
    from marts.dim_correction"""
AUDIT = f"""
    with owners as (
        select partnership_code, indicator_code, part, version, min(source_row) as source_row,
            string_agg(distinct concat_ws(', ', b.organisation_code, post), '; '
                order by concat_ws(', ', b.organisation_code, post)) as owners
        from marts.bridge_partnership_indicator as b group by all),
    events as ({" union all ".join((_TARGETS, _BASELINES, _DUTIES, _RULES, _DEFINITIONS, _CORRECTIONS))})
    select e.*, a.area_name, d.feed, f.publisher
    from events as e
    left join marts.dim_area as a on e.area_code = a.area_code
    left join marts.dim_delivery as d on e.delivery_id = d.delivery_id
    left join marts.dim_feed as f on d.feed = f.feed
    order by area_code nulls first, day desc, kind, indicator_code, part, partnership_code, concerns"""

# What each round could rest on, and how every agreement stood by it then.
KNOWN = """
    select r.round_label, r.ends_on, count(o.area_code) as figures, count(distinct o.indicator_code) as indicators,
        max(o.known_from) as newest
    from marts.dim_round as r
    left join marts.fct_observation as o
        on o.known_from <= r.ends_on and (o.known_to is null or o.known_to > r.ends_on)
    group by all order by ends_on"""
STOOD = """
    select round_label, round_ends_on, area_code, computed_status, count(*) as commitments
    from marts.fct_performance group by all order by all"""
LIT = """
    select round_label, light, count(*) as partnerships from marts.partnership_light
    where light is not null group by all order by all"""


class History:
    """Revised figures by indicator, statuses that changed by round, the audit log by area, and how each round stood."""

    def __init__(self, tables: Tables):
        """Name what pages look up."""
        self.revisions = tables.by(REVISIONS, "indicator_code", streamed=True)
        self.revised, self.audit = tables.by(REVISED), tables.by(AUDIT, "area_code")
        self.flips = tables.by(FLIPS, "round_label")
        self.known, self.stood, self.lit = tables.by(KNOWN), tables.by(STOOD, "round_label"), tables.by(LIT)
