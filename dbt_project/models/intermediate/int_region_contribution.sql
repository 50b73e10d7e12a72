-- What each region adds to England's change. A rate's change splits without a rest into what the regions' own rates did,
-- at their mean share of the base, and what the base's shift towards regions above or below England's rate did (Kitagawa
-- 1955, the symmetric form). Regions are summed from the very rows England's figure was made of, so both add up.
with countries as (
    select area_code
    from {{ ref('dim_area') }}
    where area_type = 'country'
),

england as (
    select rollups.*
    from {{ ref('rollup_region') }} as rollups
    inner join countries
        on rollups.region_code = countries.area_code
    where rollups.period_end is not null
),

-- The newest earlier period of the same season that has a figure: a year between two surveys is empty by design.
pairs as (
    select
        later.indicator_code,
        later.part,
        later.definition_version,
        later.period_label,
        later.period_basis,
        later.method,
        later.reason,
        later.value,
        later.denominator,
        earlier.period_label as previous_period_label,
        earlier.value as previous_value,
        earlier.denominator as previous_denominator
    from england as later
    left join england as earlier
        on
            later.indicator_code = earlier.indicator_code
            and later.part = earlier.part
            and later.period_basis = earlier.period_basis
            and later.definition_version = earlier.definition_version
            and month(later.period_end) = month(earlier.period_end)
            and later.period_end > earlier.period_end
            and earlier.value is not null
    qualify
        row_number() over (
            partition by later.indicator_code, later.part, later.period_label, later.period_basis
            order by earlier.period_end desc nulls last
        ) = 1
),

sums as (
    select
        places.region_code,
        operands.indicator_code,
        operands.part,
        operands.period_label,
        operands.period_basis,
        cast(sum(cast(operands.value as decimal(30, 8))) as double) as value,
        cast(sum(cast(operands.numerator as decimal(30, 8))) as double) as numerator,
        cast(sum(cast(operands.denominator as decimal(30, 8))) as double) as denominator
    from {{ ref('rollup_operand') }} as operands
    inner join countries
        on operands.parent_code = countries.area_code
    inner join {{ ref('int_area_region') }} as places
        on operands.area_code = places.area_code
    group by all
),

regions as (
    select area_code as region_code
    from {{ ref('dim_area') }}
    where area_type = 'region'
),

sides as (
    select
        regions.region_code,
        pairs.*,
        indicators.per,
        coalesce(later.value, 0) as value_of_region,
        coalesce(earlier.value, 0) as previous_value_of_region,
        coalesce(later.denominator / nullif(pairs.denominator, 0), 0) as share,
        coalesce(earlier.denominator / nullif(pairs.previous_denominator, 0), 0) as previous_share,
        indicators.per * later.numerator / nullif(later.denominator, 0) as rate,
        indicators.per * earlier.numerator / nullif(earlier.denominator, 0) as previous_rate,
        sum(case when pairs.method = 'sum' then later.value else later.denominator end) over measure as placed,
        sum(case when pairs.method = 'sum' then earlier.value else earlier.denominator end) over measure
            as previously_placed
    from pairs
    cross join regions
    left join {{ ref('dim_indicator') }} as indicators
        on
            pairs.indicator_code = indicators.indicator_code
            and pairs.part = indicators.part
            and pairs.definition_version = indicators.definition_version
    left join sums as later
        on
            regions.region_code = later.region_code
            and pairs.indicator_code = later.indicator_code
            and pairs.part = later.part
            and pairs.period_label = later.period_label
            and pairs.period_basis = later.period_basis
    left join sums as earlier
        on
            regions.region_code = earlier.region_code
            and pairs.indicator_code = earlier.indicator_code
            and pairs.part = earlier.part
            and pairs.previous_period_label = earlier.period_label
            and pairs.period_basis = earlier.period_basis
    window measure as (partition by pairs.indicator_code, pairs.part, pairs.period_label, pairs.period_basis)
),

-- A region without a base in one of the two years is taken to have had the other year's rate then: its share is nought.
effects as (
    select
        *,
        case
            when reason is not null then 'England has no figure for the period: ' || reason
            when previous_value is null then 'England has no earlier figure for the same season and definition.'
            when method not in ('ratio_of_sums', 'sum') then 'No exact split between regions is known for this rule.'
            when
                not coalesce(
                    abs(placed - case when method = 'sum' then value else denominator end) < 0.000001
                    and abs(
                        previously_placed - case when method = 'sum' then previous_value else previous_denominator end
                    ) < 0.000001,
                    false
                )
                then 'Not all areas that England''s figures are made of lie in a region.'
        end as contribution_reason,
        (share + previous_share) / 2
        * (coalesce(rate, previous_rate, 0) - coalesce(previous_rate, rate, 0)) as rate_effect,
        (share - previous_share)
        * (
            (coalesce(rate, previous_rate, 0) + coalesce(previous_rate, rate, 0)) / 2 - (value + previous_value) / 2
        ) as mix_effect
    from sides
)

select
    region_code,
    indicator_code,
    part,
    period_label,
    period_basis,
    previous_period_label,
    case
        when contribution_reason is not null then null
        when method = 'sum' then value_of_region - previous_value_of_region
        else rate_effect + mix_effect
    end as contribution,
    case when contribution_reason is null and method = 'ratio_of_sums' then rate_effect end as rate_effect,
    case when contribution_reason is null and method = 'ratio_of_sums' then mix_effect end as mix_effect,
    contribution_reason
from effects
union all
select
    countries.area_code as region_code,
    effects.indicator_code,
    effects.part,
    effects.period_label,
    effects.period_basis,
    max(effects.previous_period_label) as previous_period_label,
    case when max(effects.contribution_reason) is null then max(effects.value - effects.previous_value) end
        as contribution,
    cast(null as double) as rate_effect,
    cast(null as double) as mix_effect,
    max(effects.contribution_reason) as contribution_reason
from effects
cross join countries
group by countries.area_code, effects.indicator_code, effects.part, effects.period_label, effects.period_basis
