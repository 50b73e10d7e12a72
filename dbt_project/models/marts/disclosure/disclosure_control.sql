with cells as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        period_start,
        suppressed_by
    from {{ ref('fct_observation_current') }}
    where derivation is null
),

counted as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        min(period_start) as period_start,
        count(*) as cells,
        sum(case when suppressed_by = 'publisher' then 1 else 0 end) as hidden_by_publisher,
        sum(case when suppressed_by = 'hub' then 1 else 0 end) as hidden_by_hub
    from cells
    group by indicator_code, part, period_label, period_basis
)

select
    indicator_code,
    part,
    period_label,
    period_basis,
    period_start,
    cast(cells as integer) as cells,
    cast(hidden_by_publisher as integer) as hidden_by_publisher,
    cast(hidden_by_hub as integer) as hidden_by_hub,
    (hidden_by_publisher + hidden_by_hub) / cast(cells as double) as share_hidden,
    '{{ var("edition") }}' as edition
from counted
where hidden_by_publisher + hidden_by_hub > 0
order by indicator_code, part, period_start, period_label, period_basis
