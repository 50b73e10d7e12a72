-- Summed as decimals: a sum of doubles depends on the order its rows are met in, and two builds of the
-- same files must agree to the last digit.
with inputs as (
    select * from {{ ref('int_rollup_input') }}
),

series as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        min(period_start) as period_start,
        max(period_end) as period_end
    from inputs
    group by all
),

covers as (
    select
        region_code,
        cover,
        boundaries_on,
        boundaries_until,
        is_first_set,
        count(*) as areas_in_set
    from {{ ref('int_area_cover') }}
    group by all
),

totals as (
    select
        covers.region_code,
        covers.cover,
        covers.boundaries_on,
        inputs.indicator_code,
        inputs.part,
        inputs.period_label,
        inputs.period_basis,
        cast(sum(cast(inputs.value as decimal(30, 8))) as double) as value_sum,
        cast(sum(cast(inputs.numerator as decimal(30, 8))) as double) as numerator_sum,
        cast(sum(cast(inputs.denominator as decimal(30, 8))) as double) as denominator_sum,
        sum(case when inputs.is_listed then 1 else 0 end) as areas_listed,
        sum(case when inputs.is_reporting then 1 else 0 end) as areas_reporting,
        sum(case when inputs.lacks_ratio then 1 else 0 end) as areas_lacking_ratio,
        sum(case when inputs.is_not_due then 1 else 0 end) as areas_not_due,
        min(inputs.definition_version) as first_definition,
        max(inputs.definition_version) as last_definition
    from inputs
    inner join {{ ref('int_area_cover') }} as covers
        on inputs.area_code = covers.area_code
    group by all
)

select
    covers.region_code,
    covers.cover,
    covers.boundaries_on,
    series.indicator_code,
    series.part,
    series.period_label,
    series.period_basis,
    series.period_start,
    series.period_end,
    totals.value_sum,
    totals.numerator_sum,
    totals.denominator_sum,
    totals.first_definition,
    totals.last_definition,
    coalesce(totals.areas_listed, 0) / cast(covers.areas_in_set as double) as listed_share,
    cast(covers.areas_in_set - coalesce(totals.areas_not_due, 0) as integer) as areas_due,
    cast(coalesce(totals.areas_reporting, 0) as integer) as areas_reporting,
    cast(coalesce(totals.areas_lacking_ratio, 0) as integer) as areas_lacking_ratio,
    (
        covers.is_first_set
        or covers.boundaries_on
        <= coalesce(series.period_end, cast('{{ var("undated_reference_date") }}' as date))
    )
    and (
        covers.boundaries_until is null
        or covers.boundaries_until
        > coalesce(series.period_end, cast('{{ var("undated_reference_date") }}' as date))
    ) as is_in_force
from series
cross join covers
left join totals
    on
        series.indicator_code = totals.indicator_code
        and series.part = totals.part
        and series.period_label = totals.period_label
        and series.period_basis = totals.period_basis
        and covers.region_code = totals.region_code
        and covers.cover = totals.cover
        and covers.boundaries_on = totals.boundaries_on
