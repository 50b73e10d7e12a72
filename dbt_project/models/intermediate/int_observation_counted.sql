-- A rate given with its denominator alone gives its count away as well.
with scales as (
    select
        definitions.indicator_code,
        definitions.part,
        definitions.definition_version,
        definitions.per,
        definitions.unit,
        parts.aggregation_rule,
        parts.suppression_threshold
    from {{ ref('int_definition') }} as definitions
    inner join {{ ref('int_indicator_part') }} as parts
        on
            definitions.indicator_code = parts.indicator_code
            and definitions.part = parts.part
),

counted as (
    select
        observations.*,
        feeds.disclosure,
        scales.unit = 'percent' as is_share,
        coalesce(scales.suppression_threshold, {{ var('suppression_bound') }}) as bound,
        scales.suppression_threshold,
        coalesce(
            observations.numerator,
            case when scales.aggregation_rule = 'sum' then observations.value end,
            round(observations.value * observations.denominator / scales.per)
        ) as counted
    from {{ ref('int_observation_stated') }} as observations
    inner join {{ ref('stg_feeds') }} as feeds
        on observations.feed = feeds.feed
    left join scales
        on
            observations.indicator_code = scales.indicator_code
            and observations.part = scales.part
            and observations.definition_version = scales.definition_version
)

select
    indicator_code,
    part,
    period_label,
    period_basis,
    dimensions,
    area_code,
    feed,
    delivery_id,
    known_from,
    received_at,
    correction_code,
    value,
    mark,
    disclosure,
    suppression_threshold,
    bound,
    counted,
    denominator,
    is_share,
    case when is_share then denominator - counted end as others
from counted
