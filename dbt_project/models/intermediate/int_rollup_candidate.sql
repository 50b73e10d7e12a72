-- Summed as decimals: a sum of doubles depends on the order its rows are met in, and two builds of the
-- same files must agree to the last digit.
with covers as (
    select * from {{ ref('rollup_cover') }}
    where is_repeated is distinct from true
),

sets as (
    select
        parent_code,
        relation,
        cover,
        place,
        boundaries_on,
        boundaries_until,
        is_first_set,
        set_number,
        count(*) as areas_in_set,
        sum(people) as people_in_set,
        count(*) - count(people) as areas_without_people,
        count(*) - count(share) as areas_without_share,
        sum(case when share < 1 then 1 else 0 end) as areas_apportioned
    from covers
    group by all
),

bodies as (
    select
        parent_code,
        count(*) = 1 as is_only_set
    from sets
    group by parent_code
),

totals as (
    select
        set_number,
        indicator_code,
        part,
        period_label,
        period_basis,
        min(period_start) as period_start,
        max(period_end) as period_end,
        cast(sum(cast(value as decimal(30, 8))) as double) as value_sum,
        cast(sum(cast(numerator as decimal(30, 8))) as double) as numerator_sum,
        cast(sum(cast(denominator as decimal(30, 8))) as double) as denominator_sum,
        count(case when is_listed then 1 end) as areas_listed,
        count(case when is_reporting then 1 end) as areas_reporting,
        count(case when lacks_ratio then 1 end) as areas_lacking_ratio,
        count(case when is_not_due then 1 end) as areas_not_due,
        count(case when mark = 'suppressed' then 1 end) as areas_suppressed,
        sum(case when is_reporting then people end) as people_reporting,
        sum(case when is_not_due then people end) as people_not_due,
        min(definition_version) as first_definition,
        max(definition_version) as last_definition
    from {{ ref('int_rollup_operand') }}
    group by all
),

-- What a region itself is given belongs to the series too, though no area in it may have a figure.
listed as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        period_start,
        period_end
    from totals
    union all
    select
        observations.indicator_code,
        observations.part,
        observations.period_label,
        observations.period_basis,
        observations.period_start,
        observations.period_end
    from {{ ref('fct_observation_current') }} as observations
    inner join (select distinct parent_code from sets where relation in ('region', 'country')) as parents
        on observations.area_code = parents.parent_code
    where observations.dimensions = ''
),

series as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        min(period_start) as period_start,
        max(period_end) as period_end
    from listed
    group by all
),

regions as (
    select *
    from sets
    where
        relation in ('region', 'country')
        and cover in ('upper', 'lower')
),

told_of_regions as (
    select totals.*
    from totals
    inner join regions
        on totals.set_number = regions.set_number
),

-- A body has a row when the publisher lists one of its areas at all; a region and the country always.
found as (
    select * from totals
    union all
    select
        regions.set_number,
        series.indicator_code,
        series.part,
        series.period_label,
        series.period_basis,
        series.period_start,
        series.period_end,
        null as value_sum,
        null as numerator_sum,
        null as denominator_sum,
        0 as areas_listed,
        0 as areas_reporting,
        0 as areas_lacking_ratio,
        0 as areas_not_due,
        0 as areas_suppressed,
        0 as people_reporting,
        0 as people_not_due,
        null as first_definition,
        null as last_definition
    from series
    cross join regions
    left join told_of_regions as told
        on
            series.indicator_code = told.indicator_code
            and series.part = told.part
            and series.period_label = told.period_label
            and series.period_basis = told.period_basis
            and regions.set_number = told.set_number
    where told.set_number is null
)

select
    sets.parent_code,
    sets.relation,
    sets.cover,
    sets.place,
    sets.boundaries_on,
    bodies.is_only_set,
    found.indicator_code,
    found.part,
    found.period_label,
    found.period_basis,
    series.period_start,
    series.period_end,
    found.value_sum,
    found.numerator_sum,
    found.denominator_sum,
    found.first_definition,
    found.last_definition,
    found.areas_listed / cast(sets.areas_in_set as double) as listed_share,
    cast(sets.areas_in_set - found.areas_not_due as integer) as areas_due,
    cast(found.areas_reporting as integer) as areas_reporting,
    cast(found.areas_lacking_ratio as integer) as areas_lacking_ratio,
    cast(found.areas_suppressed as integer) as areas_suppressed,
    cast(sets.areas_apportioned as integer) as areas_apportioned,
    cast(sets.areas_without_share as integer) as areas_without_share,
    case
        when sets.areas_without_people > 0 then null
        else
            cast(coalesce(found.people_reporting, 0) as double)
            / nullif(cast(sets.people_in_set - coalesce(found.people_not_due, 0) as double), 0)
    end as population_share,
    (
        sets.is_first_set
        or sets.boundaries_on
        <= coalesce(series.period_end, cast('{{ var("undated_reference_date") }}' as date))
    )
    and (
        sets.boundaries_until is null
        or sets.boundaries_until
        > coalesce(series.period_end, cast('{{ var("undated_reference_date") }}' as date))
    ) as is_in_force
from found
inner join sets
    on found.set_number = sets.set_number
inner join bodies
    on sets.parent_code = bodies.parent_code
inner join series
    on
        found.indicator_code = series.indicator_code
        and found.part = series.part
        and found.period_label = series.period_label
        and found.period_basis = series.period_basis
