-- A part that is worked out from others (derived_parts) is worked out anew from their roll-ups: both sides of a gap
-- are rebuilt and then subtracted, and a change is that of the rebuilt figure over the same areas then and now.
with figures as (
    select * from {{ ref('int_rollup_figure') }}
),

rules as (
    select * from {{ ref('derived_parts') }}
),

rebuilt as (
    select
        figures.parent_code,
        figures.indicator_code,
        figures.part,
        figures.period_label,
        figures.period_basis,
        case
            when first_side.reason is not null or second_side.reason is not null then null
            when first_side.cover <> second_side.cover or first_side.boundaries_on <> second_side.boundaries_on
                then null
            when rules.kind = 'difference' then first_side.value - second_side.value
            when rules.kind = 'percent_change'
                then 100 * (first_side.value - second_side.value) / nullif(second_side.value, 0)
        end as value,
        rules.kind as method,
        case
            when first_side.parent_code is null
                then 'It is worked out from the part ' || rules.from_part || ', which has no figure here.'
            when first_side.reason is not null
                then 'The part ' || rules.from_part || ' it is worked out from cannot be rebuilt: '
                || first_side.reason
            when second_side.parent_code is null
                then 'It is worked out from the part ' || coalesce(rules.minus_part, rules.from_part) || ' of '
                || coalesce(rules.base_period_label, figures.period_label) || ', which has no figure here.'
            when second_side.reason is not null
                then 'The part ' || coalesce(rules.minus_part, rules.from_part) || ' of '
                || coalesce(rules.base_period_label, figures.period_label)
                || ' it is worked out from cannot be rebuilt: ' || second_side.reason
            when first_side.cover <> second_side.cover or first_side.boundaries_on <> second_side.boundaries_on
                then 'The two figures it is worked out from are of different sets of areas.'
            when rules.kind = 'percent_change' and second_side.value = 0
                then 'The figure it has changed from is nought.'
        end as reason,
        first_side.cover,
        first_side.boundaries_on,
        case
            when second_side.coverage < first_side.coverage then second_side.areas_due else first_side.areas_due
        end as areas_due,
        case
            when second_side.coverage < first_side.coverage then second_side.areas_reporting
            else first_side.areas_reporting
        end as areas_reporting,
        greatest(first_side.areas_suppressed, second_side.areas_suppressed) as areas_suppressed,
        least(first_side.coverage, second_side.coverage) as coverage,
        least(first_side.population_share, second_side.population_share) as population_share,
        coalesce(first_side.is_apportioned, false) or coalesce(second_side.is_apportioned, false)
            as is_apportioned
    from figures
    inner join rules
        on
            figures.indicator_code = rules.indicator_code
            and figures.part = rules.part
    left join figures as first_side
        on
            figures.parent_code = first_side.parent_code
            and figures.indicator_code = first_side.indicator_code
            and rules.from_part = first_side.part
            and figures.period_label = first_side.period_label
            and figures.period_basis = first_side.period_basis
    left join figures as second_side
        on
            figures.parent_code = second_side.parent_code
            and figures.indicator_code = second_side.indicator_code
            and coalesce(rules.minus_part, rules.from_part) = second_side.part
            and coalesce(rules.base_period_label, figures.period_label) = second_side.period_label
            and figures.period_basis = second_side.period_basis
    where figures.aggregation_rule in ('from_components', 'gap')
)

select
    figures.parent_code as area_code,
    figures.relation,
    figures.indicator_code,
    figures.part,
    figures.definition_version,
    figures.period_label,
    figures.period_basis,
    figures.period_start,
    figures.period_end,
    coalesce(rebuilt.value, figures.value) as value,
    figures.numerator,
    figures.denominator,
    figures.aggregation_rule,
    coalesce(rebuilt.method, figures.method) as method,
    case
        when rebuilt.parent_code is not null then rebuilt.reason
        when figures.aggregation_rule = 'gap'
            then 'This measure is a gap between two rates, and no file gives its two sides: there is nothing to '
            || 'rebuild it from.'
        when figures.aggregation_rule = 'from_components'
            then 'This measure is worked out from other figures, which no file gives: there is nothing to '
            || 'rebuild it from.'
        else figures.reason
    end as reason,
    coalesce(rebuilt.cover, figures.cover) as cover,
    coalesce(rebuilt.boundaries_on, figures.boundaries_on) as boundaries_on,
    coalesce(rebuilt.areas_due, figures.areas_due) as areas_due,
    coalesce(rebuilt.areas_reporting, figures.areas_reporting) as areas_reporting,
    coalesce(rebuilt.areas_suppressed, figures.areas_suppressed) as areas_suppressed,
    coalesce(rebuilt.coverage, figures.coverage) as coverage,
    coalesce(rebuilt.population_share, figures.population_share) as population_share,
    coalesce(rebuilt.is_apportioned, figures.is_apportioned) as is_apportioned,
    figures.published_value,
    '{{ var("edition") }}' as edition
from figures
left join rebuilt
    on
        figures.parent_code = rebuilt.parent_code
        and figures.indicator_code = rebuilt.indicator_code
        and figures.part = rebuilt.part
        and figures.period_label = rebuilt.period_label
        and figures.period_basis = rebuilt.period_basis
