-- A status is better or worse than the one before only where both are statuses; a reason is neither.
with ranked as (
    select
        performance.*,
        areas.region_code,
        case computed_status
            when 'exceeded' then 4
            when 'on_target' then 3
            when 'near_target' then 2
            when 'off_target' then 1
        end as place
    from {{ ref('fct_performance') }} as performance
    inner join {{ ref('dim_area') }} as areas
        on performance.area_code = areas.area_code
    where areas.region_code is not null
),

followed as (
    select
        *,
        lag(computed_status) over rounds as previous_status,
        lag(is_assessed) over rounds as was_assessed,
        lag(place) over rounds as previous_place,
        lag(variance_percent) over rounds as previous_variance_percent
    from ranked
    window rounds as (
        partition by area_code, indicator_code, part, commitment_type
        order by round_ends_on
    )
),

risks as (
    select
        performance.area_code,
        performance.indicator_code,
        performance.part,
        performance.commitment_type,
        performance.round_label,
        forecasts.chance as forecast_chance,
        cards.card_state,
        cards.is_overdue
    from {{ ref('fct_performance') }} as performance
    left join {{ ref('forecast') }} as forecasts
        on
            {{ same_commitment('performance', 'forecasts') }}
            and performance.round_label = forecasts.round_label
            and forecasts.is_final
    left join {{ ref('report_card') }} as cards
        on
            {{ same_commitment('performance', 'cards') }}
            and performance.round_label = cards.round_label
            and cards.card_state <> 'closed'
),

listed as (
    select
        risks.*,
        rules.rule_id
    from risks
    inner join {{ ref('at_risk_rules') }} as rules
        on
            (rules.card_state is null or risks.card_state = rules.card_state)
            and (rules.is_overdue is null or risks.is_overdue = rules.is_overdue)
            and (rules.most_chance is null or risks.forecast_chance <= rules.most_chance)
    qualify
        row_number() over (
            partition by
                risks.area_code, risks.indicator_code, risks.part, risks.commitment_type, risks.round_label
            order by rules.precedence
        ) = 1
)

select
    followed.region_code,
    followed.area_code,
    followed.indicator_code,
    followed.part,
    followed.commitment_type,
    followed.round_label,
    followed.round_ends_on,
    followed.computed_status,
    followed.is_assessed,
    followed.direction,
    followed.actual_period_label,
    followed.data_age_months,
    followed.variance_percent,
    followed.previous_status,
    case
        when followed.previous_status is null then 'new'
        when followed.place > followed.previous_place then 'better'
        when followed.place < followed.previous_place then 'worse'
        when followed.is_assessed and not followed.was_assessed then 'now_assessed'
        when followed.was_assessed and not followed.is_assessed then 'no_longer_assessed'
        else 'same'
    end as status_move,
    followed.variance_percent - followed.previous_variance_percent as variance_change,
    risks.forecast_chance,
    risks.card_state,
    listed.rule_id as at_risk_rule_id,
    '{{ var("edition") }}' as edition
from followed
inner join risks
    on
        {{ same_commitment('followed', 'risks') }}
        and followed.round_label = risks.round_label
left join listed
    on
        {{ same_commitment('followed', 'listed') }}
        and followed.round_label = listed.round_label
order by
    followed.region_code, followed.indicator_code, followed.part, followed.commitment_type, followed.area_code,
    followed.round_ends_on
