-- Every target as known at the end of a collection round beside the same target as known now.
--
--     from marts.target_in_round('2009/10 Q2') where changed;
--
-- One row a commitment (area, indicator, part, commitment type) and period. *_then is empty where nothing was known by
-- the end of the round, *_now where the commitment as last stated has no target for the period. changed says whether
-- target, state or baseline are others now; then change_reason is first, dropped, the state it has now, reset or
-- rebased, and changed_by is the delivery that said so first, with its decision.
create or replace macro marts.target_in_round(round_label) as table
with commitments as (
    select f.area_code, f.indicator_code, f.part, f.commitment_type, f.version, min(f.known_from) as known_from,
        min(f.delivery_id) as delivery_id
    from marts.fct_target as f
    group by all
),

-- a version that leaves a period out ends its target, so that every version is told for every period
told as (
    select
        c.area_code, c.indicator_code, c.part, c.commitment_type, c.version, p.period_label, p.period_start,
        p.period_end, c.known_from, c.delivery_id, f.target_value, f.state, f.baseline_value, f.decision, f.decided_on,
        f.version is not null as is_there
    from commitments as c
    inner join (
        select distinct area_code, indicator_code, part, commitment_type, period_label, period_start, period_end
        from marts.fct_target
    ) as p
        on
            c.area_code = p.area_code
            and c.indicator_code = p.indicator_code
            and c.part = p.part
            and c.commitment_type = p.commitment_type
    left join marts.fct_target as f
        on
            c.area_code = f.area_code
            and c.indicator_code = f.indicator_code
            and c.part = f.part
            and c.commitment_type = f.commitment_type
            and c.version = f.version
            and p.period_label = f.period_label
),

changes as (
    select
        t.*,
        case when lag(t.version) over known is null then t.is_there
            else
                t.is_there is distinct from lag(t.is_there) over known
                or t.target_value is distinct from lag(t.target_value) over known
                or t.state is distinct from lag(t.state) over known
                or t.baseline_value is distinct from lag(t.baseline_value) over known
        end as is_change
    from told as t
    window known as (
        partition by t.area_code, t.indicator_code, t.part, t.commitment_type, t.period_label
        order by t.version
    )
),

-- the place of each statement in the row of different ones, and the last statement by the end of the round
numbered as (
    select
        c.*,
        sum(case when c.is_change then 1 else 0 end) over known as revision,
        c.known_from <= r.ends_on as is_then,
        lead(c.version) over known is null as is_now
    from changes as c
    cross join marts.dim_round as r
    where r.round_label = round_label
    window known as (
        partition by c.area_code, c.indicator_code, c.part, c.commitment_type, c.period_label
        order by c.version
    )
),

standing as (
    select k.*
    from numbered as k
    where k.is_then
    qualify
        row_number() over (
            partition by k.area_code, k.indicator_code, k.part, k.commitment_type, k.period_label
            order by k.version desc
        ) = 1
)

select
    round_label as round_label,
    n.area_code, n.indicator_code, n.part, n.commitment_type, n.period_label, n.period_start, n.period_end,
    t.target_value as target_value_then, n.target_value as target_value_now,
    t.state as state_then, n.state as state_now,
    t.baseline_value as baseline_value_then, n.baseline_value as baseline_value_now,
    t.known_from as known_from_then, n.known_from as known_from_now,
    t.delivery_id as delivery_id_then, n.delivery_id as delivery_id_now,
    coalesce(t.revision, 0) <> n.revision as changed,
    case
        when coalesce(t.revision, 0) = n.revision then null
        when not coalesce(t.is_there, false) then 'first'
        when not n.is_there then 'dropped'
        when t.state is distinct from n.state then n.state
        when t.target_value is distinct from n.target_value then 'reset'
        else 'rebased'
    end as change_reason,
    m.delivery_id as changed_by,
    m.known_from as changed_on,
    m.decision as decision,
    m.decided_on as decided_on
from numbered as n
left join standing as t
    on
        n.area_code = t.area_code
        and n.indicator_code = t.indicator_code
        and n.part = t.part
        and n.commitment_type = t.commitment_type
        and n.period_label = t.period_label
left join numbered as m
    on
        n.area_code = m.area_code
        and n.indicator_code = m.indicator_code
        and n.part = m.part
        and n.commitment_type = m.commitment_type
        and n.period_label = m.period_label
        and n.revision = m.revision
        and m.is_change
        and coalesce(t.revision, 0) <> n.revision
where n.is_now and (n.revision > 0)
