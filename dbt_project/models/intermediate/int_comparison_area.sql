-- Councils and those they may be held against: counties and single-tier councils with each other, districts with
-- districts. Boundaries moved, so an area's peers are those in force on one day of its own life: the last day of the
-- agreements, or the nearest to it.
select
    area_code,
    region_code,
    case tier when 'lower' then 'district' else 'upper_tier' end as area_class,
    valid_from,
    valid_to,
    greatest(
        coalesce(valid_from, cast('{{ var("plans_ended_on") }}' as date)),
        least(
            coalesce(valid_to, cast('{{ var("plans_ended_on") }}' as date)),
            cast('{{ var("plans_ended_on") }}' as date)
        )
    ) as compared_on
from {{ ref('areas') }}
where tier in ('single', 'upper', 'lower')
