-- Totals only: a breakdown is not rolled up. An area whose numerator is hidden must leave its denominator out too, or
-- the rate comes out too low. A publisher that prints two areas as one repeats the figure on both, so
-- among rows marked combined_area an identical figure counts once. Where only one of them lies in a body smaller than a
-- region, the figure is not its own, and it has none.
with observations as (
    select
        covers.parent_code,
        covers.relation,
        covers.cover,
        covers.boundaries_on,
        observations.area_code,
        observations.indicator_code,
        observations.part,
        observations.definition_version,
        observations.period_label,
        observations.period_basis,
        observations.period_start,
        observations.period_end,
        observations.value * covers.share as value,
        observations.numerator * covers.share as numerator,
        observations.denominator * covers.share as denominator,
        observations.value is not null as has_value,
        observations.value is not null and observations.numerator is not null
        and observations.denominator is not null as is_whole,
        observations.mark,
        covers.share,
        covers.people
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('rollup_cover') }} as covers
        on observations.area_code = covers.area_code
    where observations.dimensions = ''
),

counted as (
    select
        *,
        1 as copy_number,
        has_value as is_reporting
    from observations
    where mark is distinct from 'combined_area'
    union all
    select
        *,
        row_number() over (
            partition by
                parent_code, relation, cover, boundaries_on, indicator_code, part, period_label, period_basis,
                value, numerator, denominator
            order by area_code
        ) as copy_number,
        relation in ('region', 'country') or count(*) over (
            partition by
                parent_code, relation, cover, boundaries_on, indicator_code, part, period_label, period_basis,
                value, numerator, denominator
        ) > 1 as is_reporting
    from observations
    where mark = 'combined_area'
)

select
    parent_code,
    relation,
    cover,
    boundaries_on,
    area_code,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    case when not is_reporting then null when copy_number = 1 then value else 0 end as value,
    case when not is_reporting then null when copy_number > 1 then 0 when is_whole then numerator end as numerator,
    case when not is_reporting then null when copy_number > 1 then 0 when is_whole then denominator end
        as denominator,
    mark,
    share,
    people,
    mark is distinct from 'did_not_exist' as is_listed,
    is_reporting,
    is_reporting and has_value and not is_whole as lacks_ratio,
    coalesce(mark = 'not_applicable', false) as is_not_due
from counted
