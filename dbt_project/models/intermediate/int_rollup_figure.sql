{% set candidates -%}
    select
        *,
        areas_reporting / cast(nullif(areas_due, 0) as double) as coverage
    from {{ ref('int_rollup_candidate') }}
{%- endset -%}
with rivals as (
    {{ candidates }}
    where is_only_set is distinct from true
),

-- Which boundaries a publisher uses shows in the areas it lists, values hidden or not; areas in force in the
-- period come first where the lists fit equally well.
on_publishers_boundaries as (
    select *
    from rivals
    qualify
        row_number() over (
            partition by parent_code, indicator_code, part, period_label, period_basis, cover
            order by
                listed_share desc,
                case when is_in_force then 0 else 1 end,
                coverage desc nulls last,
                boundaries_on
        ) = 1
),

-- More coverage wins, then rows that can be combined, then whole areas over apportioned ones, then counties over
-- districts.
best as (
    select *
    from on_publishers_boundaries
    qualify
        row_number() over (
            partition by parent_code, indicator_code, part, period_label, period_basis
            order by
                coverage desc nulls last,
                areas_lacking_ratio,
                areas_without_share,
                areas_apportioned,
                place
        ) = 1
),

chosen as (
    select * from best
    union all
    {{ candidates }}
    where is_only_set
),

indicators as (
    select
        indicator_code,
        part,
        definition_version,
        is_current,
        aggregation_rule,
        per
    from {{ ref('dim_indicator') }}
),

-- Asked for the larger areas alone, so that no join holds every area's figure.
published as (
    select observations.*
    from {{ ref('fct_observation_current') }} as observations
    inner join (select distinct parent_code from {{ ref('rollup_cover') }}) as parents
        on observations.area_code = parents.parent_code
    where observations.dimensions = ''
),

judged as (
    select
        chosen.*,
        published.value as published_value,
        indicators.per,
        indicators.definition_version,
        indicators.aggregation_rule,
        case
            when indicators.aggregation_rule = 'not_aggregable'
                then 'This measure is not one that adds up: area values cannot be combined.'
            when indicators.aggregation_rule in ('from_components', 'gap')
                then 'This measure is worked out from other figures.'
            when indicators.aggregation_rule = 'standardised_rate' and published.value is not null then null
            when indicators.aggregation_rule = 'standardised_rate'
                then 'This measure is a standardised rate: it needs its age bands, which no file gives, or a '
                || 'figure of the publisher''s own, and there is none.'
            when indicators.aggregation_rule not in ('ratio_of_sums', 'sum')
                or indicators.aggregation_rule is null
                then 'No rule is known for combining areas on this measure.'
            when chosen.first_definition <> chosen.last_definition
                then 'The areas'' figures follow different versions of the definition.'
            when chosen.areas_due = 0 then 'The measure applies to no area here.'
            when chosen.areas_reporting = 0 then 'No council area here has a figure.'
            when chosen.areas_without_share > 0
                then 'Of ' || cast(chosen.areas_without_share as string)
                || ' areas here only a part belongs, and how much of them is not known.'
            when indicators.aggregation_rule = 'sum' and chosen.areas_reporting < chosen.areas_due
                then 'Only ' || cast(chosen.areas_reporting as string) || ' of '
                || cast(chosen.areas_due as string) || ' areas have a figure; part of a sum is not the total.'
            when indicators.aggregation_rule = 'sum' then null
            when chosen.coverage < {{ var('least_coverage') }}
                then 'Only ' || cast(chosen.areas_reporting as string) || ' of '
                || cast(chosen.areas_due as string) || ' areas have a figure: too few to stand for them all.'
            when chosen.population_share < {{ var('least_coverage') }}
                then 'The areas with a figure hold only '
                || cast(cast(floor(100 * chosen.population_share) as integer) as string)
                || ' percent of the people: too few to stand for them all.'
            when chosen.areas_lacking_ratio > 0
                then cast(chosen.areas_lacking_ratio as string) || ' of '
                || cast(chosen.areas_reporting as string)
                || ' reporting areas came without numerator and denominator; rates are never averaged.'
            when indicators.per is null
                then 'The scale between numerator and denominator is not recorded for this measure.'
            when coalesce(chosen.denominator_sum, 0) = 0 then 'The denominators add up to nought.'
        end as reason
    from chosen
    inner join indicators
        on
            chosen.indicator_code = indicators.indicator_code
            and chosen.part = indicators.part
            and (
                chosen.last_definition = indicators.definition_version
                or (chosen.last_definition is null and indicators.is_current)
            )
    left join published
        on
            chosen.parent_code = published.area_code
            and chosen.indicator_code = published.indicator_code
            and chosen.part = published.part
            and chosen.period_label = published.period_label
            and chosen.period_basis = published.period_basis
            and indicators.definition_version = published.definition_version
)

select
    parent_code,
    relation,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    case
        when reason is not null then null
        when aggregation_rule = 'sum' then value_sum
        when aggregation_rule = 'ratio_of_sums' then per * numerator_sum / nullif(denominator_sum, 0)
        when aggregation_rule = 'standardised_rate' then published_value
    end as value,
    case when reason is null and aggregation_rule = 'ratio_of_sums' then numerator_sum end as numerator,
    case when reason is null and aggregation_rule = 'ratio_of_sums' then denominator_sum end as denominator,
    aggregation_rule,
    case
        when aggregation_rule in ('ratio_of_sums', 'sum') then aggregation_rule
        when aggregation_rule = 'standardised_rate' and reason is null then 'published'
        else 'none'
    end as method,
    reason,
    cover,
    boundaries_on,
    areas_due,
    areas_reporting,
    areas_suppressed,
    coverage,
    population_share,
    areas_apportioned > 0 as is_apportioned,
    published_value
from judged
