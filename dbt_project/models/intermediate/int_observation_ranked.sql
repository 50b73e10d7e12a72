-- Totals only. A period that is not yet due is no period of an area's series.
select
    *,
    row_number() over (
        partition by area_code, indicator_code, part
        order by period_start desc nulls last, period_end desc nulls last, period_label desc, period_basis
    ) as recency,
    row_number() over (
        partition by area_code, indicator_code, part, period_basis
        order by period_start desc nulls last, period_end desc nulls last, period_label desc
    ) as recency_in_basis,
    sum(case when value is null then 0 else 1 end) over (
        partition by area_code, indicator_code, part
    ) as periods
from {{ ref('fct_observation_current') }}
where
    dimensions = ''
    and mark is distinct from 'not_yet_due'
