with periods as (
    select distinct
        period_label,
        period_basis,
        period_start,
        period_end
    from {{ ref('fct_observation') }}
    union distinct
    select distinct
        period_label,
        period_basis,
        period_start,
        period_end
    from {{ ref('fct_target') }}
),

rounds as (
    select * from {{ ref('rounds') }}
)

select
    periods.period_label,
    periods.period_basis,
    periods.period_start,
    periods.period_end,
    periods.period_end is not null as is_dated,
    cast(
        12 * (year(periods.period_end) - year(periods.period_start))
        + month(periods.period_end) - month(periods.period_start) + 1 as integer
    ) as months,
    rounds.round_label as ends_in_round,
    cast(
        row_number() over (
            order by
                periods.period_start nulls first,
                periods.period_end nulls first,
                length(periods.period_label),
                periods.period_label,
                periods.period_basis
        ) as integer
    ) as sort_order
from periods
left join rounds
    on periods.period_end between rounds.starts_on and rounds.ends_on
order by sort_order
