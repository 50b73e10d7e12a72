with commitments as (
    select
        plans.*,
        performance.is_assessed,
        performance.computed_status,
        exceptions.kind
    from {{ ref('int_plan_commitment') }} as plans
    inner join {{ ref('fct_performance') }} as performance
        on
            {{ same_commitment('plans', 'performance') }}
            and plans.round_label = performance.round_label
    left join {{ ref('int_exception') }} as exceptions
        on
            {{ same_commitment('plans', 'exceptions') }}
            and plans.round_label = exceptions.round_label
),

summed as (
    select
        plan_code,
        plan_type,
        round_label,
        round_ends_on,
        cast(count(*) as integer) as commitments,
        cast(sum(case when is_assessed then 1 else 0 end) as integer) as commitments_assessed,
        cast(sum(case when computed_status in ('exceeded', 'on_target') then 1 else 0 end) as integer)
            as commitments_on_track,
        cast(sum(case when kind = 'at_risk' then 1 else 0 end) as integer) as at_risk,
        cast(sum(case when kind = 'off_target' then 1 else 0 end) as integer) as off_target,
        cast(sum(case when kind = 'good' then 1 else 0 end) as integer) as good
    from commitments
    group by plan_code, plan_type, round_label, round_ends_on
)

select
    plan_code,
    plan_type,
    round_label,
    round_ends_on,
    commitments,
    commitments_assessed,
    commitments_on_track,
    cast(100 * commitments_on_track as double) / commitments as percent_of_all,
    cast(100 * commitments_on_track as double) / nullif(commitments_assessed, 0) as percent_of_assessed,
    cast(commitments_assessed as double) / commitments as coverage,
    case when commitments_assessed = 0 then 'none_assessed' end as reason,
    at_risk,
    off_target,
    good,
    '{{ var("edition") }}' as edition
from summed
order by plan_code, round_ends_on
