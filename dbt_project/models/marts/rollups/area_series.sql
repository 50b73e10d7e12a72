-- A new area's years before it began, from the areas that went into it: only where their counts can be added, and
-- never joined to its own figures unseen. The two sets of predecessors (counties, or districts) are tried one by one.
with predecessors as (
    select
        successors.successor_code,
        successors.predecessor_code,
        successors.effective_on,
        successors.share,
        covers.cover,
        covers.place
    from {{ ref('area_successors') }} as successors
    inner join {{ ref('dim_area') }} as areas
        on successors.predecessor_code = areas.area_code
    inner join {{ ref('area_covers') }} as covers
        on areas.area_type = covers.area_type
),

sets as (
    select
        successor_code,
        cover,
        place,
        effective_on,
        count(*) as areas_due,
        sum(case when share < 1 then 1 else 0 end) as areas_split
    from predecessors
    group by all
),

sums as (
    select
        predecessors.successor_code,
        predecessors.cover,
        inputs.indicator_code,
        inputs.part,
        inputs.period_label,
        inputs.period_basis,
        min(inputs.period_start) as period_start,
        max(inputs.period_end) as period_end,
        cast(sum(cast(inputs.value as decimal(30, 8))) as double) as value_sum,
        cast(sum(cast(inputs.numerator as decimal(30, 8))) as double) as numerator_sum,
        cast(sum(cast(inputs.denominator as decimal(30, 8))) as double) as denominator_sum,
        count(inputs.value) as areas_reporting,
        sum(case when inputs.numerator is null or inputs.denominator is null then 1 else 0 end)
            as areas_lacking_ratio,
        sum(case when inputs.mark = 'combined_area' then 1 else 0 end) as areas_combined,
        min(inputs.definition_version) as first_definition,
        max(inputs.definition_version) as last_definition
    from predecessors
    inner join {{ ref('fct_observation_current') }} as inputs
        on predecessors.predecessor_code = inputs.area_code
    where
        inputs.dimensions = ''
        and inputs.period_end < predecessors.effective_on
        and inputs.mark is distinct from 'did_not_exist'
    group by all
),

judged as (
    select
        sums.*,
        sets.place,
        sets.areas_due,
        indicators.per,
        indicators.aggregation_rule,
        case
            when indicators.aggregation_rule not in (
                'ratio_of_sums', 'sum', 'standardised_rate', 'gap', 'from_components'
            )
                or indicators.aggregation_rule is null
                then 'The figure is about the authority that ended, or its areas cannot be combined.'
            when sums.first_definition <> sums.last_definition
                then 'The figures of the areas before follow different versions of the definition.'
            when sets.areas_split > 0
                then 'An area that went into it was split: what its figure would be in each part is not known.'
            when sums.areas_reporting < sets.areas_due
                then 'Only ' || cast(sums.areas_reporting as string) || ' of ' || cast(sets.areas_due as string)
                || ' areas that went into it have a figure.'
            when sets.areas_due = 1 then null
            when sums.areas_combined > 0
                then 'A figure was printed for several areas together, and how much of it is whose is not known.'
            when indicators.is_survey_based
                then 'A survey drew its sample area by area: results of several areas are not added up.'
            when indicators.aggregation_rule = 'sum' then null
            when indicators.aggregation_rule <> 'ratio_of_sums'
                then 'The figure is worked out from others and cannot be added up.'
            when sums.areas_lacking_ratio > 0
                then 'A rate came without numerator and denominator; rates are never averaged.'
            when indicators.per is null
                then 'The scale between numerator and denominator is not recorded for this measure.'
            when coalesce(sums.denominator_sum, 0) = 0 then 'The denominators add up to nought.'
        end as reason
    from sums
    inner join sets
        on
            sums.successor_code = sets.successor_code
            and sums.cover = sets.cover
    inner join {{ ref('dim_indicator') }} as indicators
        on
            sums.indicator_code = indicators.indicator_code
            and sums.part = indicators.part
            and sums.last_definition = indicators.definition_version
),

rebuilt as (
    select *
    from judged
    qualify
        row_number() over (
            partition by successor_code, indicator_code, part, period_label, period_basis
            order by case when reason is null then 0 else 1 end, areas_due - areas_reporting, place
        ) = 1
),

own as (
    select
        observations.*,
        starts.effective_on
    from {{ ref('fct_observation_current') }} as observations
    inner join (
        select
            successor_code,
            min(effective_on) as effective_on
        from sets
        group by successor_code
    ) as starts
        on observations.area_code = starts.successor_code
    where
        observations.dimensions = ''
        and observations.mark is distinct from 'did_not_exist'
),

told as (
    select
        area_code,
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
        mark,
        case when period_end < effective_on then 'backcast' else 'published' end as origin,
        cast(null as string) as method,
        cast(null as string) as reason,
        cast(null as string) as cover,
        cast(null as integer) as areas_due,
        cast(null as integer) as areas_reporting
    from own
    union all
    select
        rebuilt.successor_code as area_code,
        rebuilt.indicator_code,
        rebuilt.part,
        rebuilt.last_definition as definition_version,
        rebuilt.period_label,
        rebuilt.period_basis,
        rebuilt.period_start,
        rebuilt.period_end,
        case
            when rebuilt.reason is not null then null
            when rebuilt.areas_due = 1 then rebuilt.value_sum
            when rebuilt.aggregation_rule = 'sum' then rebuilt.value_sum
            else rebuilt.per * rebuilt.numerator_sum / nullif(rebuilt.denominator_sum, 0)
        end as value,
        case
            when rebuilt.reason is null and rebuilt.aggregation_rule <> 'sum' then rebuilt.numerator_sum
        end as numerator,
        case
            when rebuilt.reason is null and rebuilt.aggregation_rule <> 'sum' then rebuilt.denominator_sum
        end as denominator,
        cast(null as string) as mark,
        case when rebuilt.reason is null then 'rebuilt' else 'refused' end as origin,
        case
            when rebuilt.reason is not null then 'none'
            when rebuilt.areas_due = 1 then 'same_area'
            else rebuilt.aggregation_rule
        end as method,
        rebuilt.reason,
        rebuilt.cover,
        cast(rebuilt.areas_due as integer) as areas_due,
        cast(rebuilt.areas_reporting as integer) as areas_reporting
    from rebuilt
    left join own
        on
            rebuilt.successor_code = own.area_code
            and rebuilt.indicator_code = own.indicator_code
            and rebuilt.part = own.part
            and rebuilt.period_label = own.period_label
            and rebuilt.period_basis = own.period_basis
    where own.area_code is null
),

-- A value that follows one made another way breaks the series, and is marked as one.
broken as (
    select
        *,
        lag(origin) over (
            partition by
                area_code, indicator_code, part, period_basis, case when value is null then 0 else 1 end
            order by period_end, period_label
        ) as origin_before
    from told
)

select
    area_code,
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
    mark,
    case
        when value is null or origin_before is null or origin = origin_before then null
        when 'rebuilt' in (origin, origin_before) then '[b]'
    end as shorthand,
    origin,
    method,
    reason,
    cover,
    areas_due,
    areas_reporting,
    '{{ var("edition") }}' as edition
from broken
order by indicator_code, part, area_code, period_start, period_label, period_basis
