-- Totals only. A period that is not yet due, or in which the area was not there, is no period of its series.
-- Undated labels of one kind are numbered: the longer of two has the higher number.
select
    *,
    row_number() over (
        partition by area_code, indicator_code, part
        order by period_start desc nulls last, period_end desc nulls last, length(period_label) desc,
            period_label desc, period_basis
    ) as recency,
    row_number() over (
        partition by area_code, indicator_code, part, period_basis
        order by period_start desc nulls last, period_end desc nulls last, length(period_label) desc,
            period_label desc
    ) as recency_in_basis,
    sum(case when value is null then 0 else 1 end) over (
        partition by area_code, indicator_code, part
    ) as periods
from {{ ref('fct_observation_current') }}
where
    dimensions = ''
    and coalesce(mark, '') not in ('not_yet_due', 'did_not_exist')
