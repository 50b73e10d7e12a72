-- Seasons must not mislead: of a series with figures within the year only those count that end with the agreements' year,
-- in March, which for a cumulative figure is the whole year's. Time is in years from 2000 on.
with figures as (
    select
        *,
        min(month(period_end)) over (partition by indicator_code, part, period_basis) as first_month,
        max(month(period_end)) over (partition by indicator_code, part, period_basis) as last_month
    from {{ ref('int_judged_figure') }}
    where value is not null
)

select
    area_code,
    indicator_code,
    part,
    period_basis,
    definition_version,
    period_label,
    {{ agreement_year('period_end') }} as agreement_year,
    year(period_end) - 2000 + cast(month(period_end) as double) / 12 as ends_at,
    value,
    known_from,
    known_to
from figures
where first_month = last_month or month(period_end) = 3
