-- Totals only: a breakdown is not rolled up. A publisher that prints two areas as one repeats the figure
-- on both, so among rows marked combined_area an identical figure counts once. An area whose numerator is hidden
-- must leave its denominator out too, or the rate comes out too low.
with observations as (
    select
        observations.*,
        areas.tier,
        areas.region_code
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('areas') }} as areas
        on observations.area_code = areas.area_code
    where
        observations.dimensions = ''
        and areas.tier in ('single', 'upper', 'lower', 'region', 'national')
),

counted as (
    select
        *,
        value is not null and numerator is not null and denominator is not null as is_whole,
        row_number() over (
            partition by
                indicator_code, part, period_label, period_basis, region_code, tier, value, numerator,
                denominator, case when mark = 'combined_area' then mark else area_code end
            order by area_code
        ) as copy_number
    from observations
)

select
    area_code,
    tier,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    case when copy_number = 1 then value else 0 end as value,
    case when copy_number > 1 then 0 when is_whole then numerator end as numerator,
    case when copy_number > 1 then 0 when is_whole then denominator end as denominator,
    mark,
    mark is distinct from 'did_not_exist' as is_listed,
    value is not null or mark is not distinct from 'combined_area' as is_reporting,
    value is not null and not is_whole as lacks_ratio,
    coalesce(mark = 'not_applicable', false) as is_not_due
from counted
