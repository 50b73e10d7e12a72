select
    area_code as region_code,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    aggregation_rule,
    method,
    reason,
    cover,
    boundaries_on,
    areas_due,
    areas_reporting,
    coverage,
    population_share,
    published_value,
    edition
from {{ ref('rollup_area') }}
where relation in ('region', 'country')
order by indicator_code, part, period_start, period_label, period_basis, region_code
