-- What can be compared: every current total of a council, a region and England, and, where its publisher prints none of
-- a region or England, the hub's own roll-up. Each with the limits that hold it 95 times in 100: the publisher's where
-- given, Wilson's for a share of a survey or of a count, Byar's for a rate.
with parts as (
    select
        indicators.indicator_code,
        indicators.part,
        indicators.definition_version,
        indicators.per,
        indicators.is_survey_based,
        case
            when indicators.aggregation_rule <> 'ratio_of_sums' or exceptions.indicator_code is not null then null
            when indicators.unit = 'percent' then 'proportion'
            when indicators.unit like 'rate_per_%' then 'rate'
        end as chance
    from {{ ref('dim_indicator') }} as indicators
    left join {{ ref('interval_exceptions') }} as exceptions
        on
            indicators.indicator_code = exceptions.indicator_code
            and indicators.part = exceptions.part
),

printed as (
    select
        observations.area_code,
        observations.indicator_code,
        observations.part,
        observations.definition_version,
        observations.period_label,
        observations.period_basis,
        observations.period_start,
        observations.period_end,
        observations.value,
        observations.numerator,
        observations.denominator,
        observations.lower_ci,
        observations.upper_ci,
        observations.survey_base,
        observations.design_effect,
        observations.mark,
        observations.status,
        areas.tier
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('areas') }} as areas
        on observations.area_code = areas.area_code
    where
        observations.dimensions = ''
        and areas.tier in ('single', 'upper', 'lower', 'region', 'national')
),

figures as (
    select
        printed.*,
        'published' as origin
    from printed
    union all
    select
        rollups.region_code as area_code,
        rollups.indicator_code,
        rollups.part,
        rollups.definition_version,
        rollups.period_label,
        rollups.period_basis,
        rollups.period_start,
        rollups.period_end,
        rollups.value,
        rollups.numerator,
        rollups.denominator,
        cast(null as double) as lower_ci,
        cast(null as double) as upper_ci,
        cast(null as double) as survey_base,
        cast(null as double) as design_effect,
        cast(null as string) as mark,
        cast(null as string) as status,
        'region' as tier,
        'rolled_up' as origin
    from {{ ref('rollup_region') }} as rollups
    left join printed
        on
            rollups.region_code = printed.area_code
            and rollups.indicator_code = printed.indicator_code
            and rollups.part = printed.part
            and rollups.definition_version = printed.definition_version
            and rollups.period_label = printed.period_label
            and rollups.period_basis = printed.period_basis
            and printed.value is not null
    where
        rollups.value is not null
        and printed.area_code is null
),

-- One number for all that must be equal in two figures that are compared: five texts cost more to join by than one number.
measures as (
    select
        *,
        row_number() over (
            order by indicator_code, part, definition_version, period_label, period_basis
        ) as measure_number
    from (
        select distinct
            indicator_code,
            part,
            definition_version,
            period_label,
            period_basis
        from figures
    ) as told
),

-- A count and its rate tell the base where it is not printed.
based as (
    select
        figures.*,
        measures.measure_number,
        parts.chance,
        parts.per,
        case
            when parts.chance = 'proportion' and parts.is_survey_based
                then figures.survey_base / coalesce(figures.design_effect, 1)
            when parts.chance is not null and not parts.is_survey_based
                then coalesce(figures.denominator, parts.per * figures.numerator / nullif(figures.value, 0))
        end as base
    from figures
    inner join parts
        on
            figures.indicator_code = parts.indicator_code
            and figures.part = parts.part
            and figures.definition_version = parts.definition_version
    inner join measures
        on
            figures.indicator_code = measures.indicator_code
            and figures.part = measures.part
            and figures.definition_version = measures.definition_version
            and figures.period_label = measures.period_label
            and figures.period_basis = measures.period_basis
),

chosen as (
    select
        *,
        per / nullif(base, 0) as scale,
        case
            when value is null then null
            when lower_ci <= value and value <= upper_ci then 'published'
            when chance = 'proportion' and base > 0 and value between 0 and 100
                then case when survey_base > 0 then 'wilson_survey' else 'wilson' end
            when chance = 'rate' and base > 0 and numerator >= 0 then 'byar'
        end as interval_method
    from based
)

select
    area_code,
    tier,
    cast(measure_number as integer) as measure_number,
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
    status,
    origin,
    chance,
    case when base > 0 then base end as base,
    interval_method,
    round({{ limit_of_figure('lower') }}, 6) as lower_limit,
    round({{ limit_of_figure('upper') }}, 6) as upper_limit
from chosen
