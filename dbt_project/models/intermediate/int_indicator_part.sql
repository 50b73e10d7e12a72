with indicators as (
    select * from {{ ref('indicators') }}
),

parts as (
    select * from {{ ref('indicator_parts') }}
),

changes as (
    select
        indicator_code,
        part
    from {{ ref('derived_parts') }}
    where kind = 'percent_change'
)

select
    indicators.indicator_code,
    coalesce(parts.part, 'headline') as part,
    indicators.framework,
    indicators.title,
    parts.part_title,
    indicators.definition,
    indicators.theme,
    indicators.lead_department,
    indicators.supplier_system,
    indicators.psa_number,
    coalesce(parts.unit, indicators.unit) as unit,
    changes.part is not null or coalesce(parts.unit, indicators.unit, '') = 'percent_change' as is_change,
    coalesce(parts.polarity, indicators.polarity) as polarity,
    coalesce(parts.decimals, indicators.decimals) as decimals,
    parts.per,
    indicators.frequency,
    indicators.period_basis,
    coalesce(parts.aggregation_rule, indicators.aggregation_rule) as aggregation_rule,
    indicators.cumulative_in_year,
    indicators.is_survey_based,
    thresholds.suppression_threshold,
    coalesce(parts.is_headline, true) as is_headline,
    indicators.status,
    indicators.valid_from,
    indicators.valid_to,
    coalesce(parts.source, indicators.source) as source,
    coalesce(parts.verification, indicators.verification) as verification,
    indicators.note
from indicators
left join parts
    on indicators.indicator_code = parts.indicator_code
left join changes
    on
        parts.indicator_code = changes.indicator_code
        and parts.part = changes.part
left join {{ ref('suppression_thresholds') }} as thresholds
    on
        indicators.indicator_code = thresholds.indicator_code
        and coalesce(parts.part, 'headline') = coalesce(thresholds.part, parts.part, 'headline')
