-- Every figure as known at the end of a collection round beside the same figure as known now.
--
--     from marts.observation_in_round('2009/10 Q2') where changed;
--
-- One row an area, indicator, part, period and dimensions. *_then is empty where nothing was known by the end of the
-- round. changed says whether value, counts or mark are others now; then change_reason is the revision_kind of the row
-- that made the figure of now, changed_on the day it became known, and changed_by its correction, else its delivery.
create or replace macro marts.observation_in_round(round_label) as table
with made as (
    select
        m.area_code, m.indicator_code, m.part, m.period_label, m.period_basis, m.dimensions, m.revision,
        m.revision_kind, m.known_from, coalesce(m.correction_code, m.delivery_id) as changed_by
    from marts.fct_observation as m
    cross join marts.dim_round as r
    where r.round_label = round_label and m.known_from > r.ends_on and m.revision_kind <> 'unchanged'
    qualify
        row_number() over (
            partition by
                m.area_code, m.indicator_code, m.part, m.period_label, m.period_basis, m.dimensions, m.revision
            order by m.known_from, m.known_to nulls last, m.correction_code nulls first
        ) = 1
),

known as (
    select f.*, r.ends_on
    from marts.fct_observation as f
    cross join marts.dim_round as r
    where
        r.round_label = round_label
        and f.known_from <= r.ends_on
        and (f.known_to is null or f.known_to > r.ends_on)
)

select
    round_label as round_label,
    n.area_code, n.indicator_code, n.part, n.period_label, n.period_basis, n.period_start, n.period_end, n.dimensions,
    t.value as value_then, n.value as value_now,
    t.mark as mark_then, n.mark as mark_now,
    t.status as status_then, n.status as status_now,
    t.definition_version as definition_version_then, n.definition_version as definition_version_now,
    t.known_from as known_from_then, n.known_from as known_from_now,
    t.delivery_id as delivery_id_then, n.delivery_id as delivery_id_now,
    t.revision is distinct from n.revision as changed,
    case when t.revision is distinct from n.revision then m.revision_kind end as change_reason,
    case when t.revision is distinct from n.revision then m.changed_by end as changed_by,
    case when t.revision is distinct from n.revision then m.known_from end as changed_on
from marts.fct_observation as n
left join known as t
    on
        n.area_code = t.area_code
        and n.indicator_code = t.indicator_code
        and n.part = t.part
        and n.period_label = t.period_label
        and n.period_basis = t.period_basis
        and n.dimensions = t.dimensions
left join made as m
    on
        n.area_code = m.area_code
        and n.indicator_code = m.indicator_code
        and n.part = m.part
        and n.period_label = m.period_label
        and n.period_basis = m.period_basis
        and n.dimensions = m.dimensions
        and n.revision = m.revision
where n.is_current
