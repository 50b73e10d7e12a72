-- The first rule of seeds/rules/exception_rules.csv that fits a commitment in a round.
select
    runs.area_code,
    runs.indicator_code,
    runs.part,
    runs.commitment_type,
    runs.round_label,
    rules.kind,
    rules.rule_id,
    rules.words as rule_words,
    runs.at_risk_since,
    runs.rounds_at_risk,
    runs.rounds_off_target,
    runs.rounds_at_risk_before,
    forecasts.chance as forecast_chance
from {{ ref('fct_performance') }} as performance
inner join {{ ref('int_run_at_risk') }} as runs
    on
        {{ same_commitment('performance', 'runs') }}
        and performance.round_label = runs.round_label
left join {{ ref('forecast') }} as forecasts
    on
        {{ same_commitment('performance', 'forecasts') }}
        and performance.round_label = forecasts.round_label
        and forecasts.is_final
inner join {{ ref('exception_rules') }} as rules
    on
        performance.computed_status = rules.computed_status
        and (
            rules.least_variance_percent is null
            or round(performance.variance_percent, 6) >= rules.least_variance_percent
        )
        and (
            rules.most_chance is null
            or forecasts.chance <= rules.most_chance
        )
        and (
            rules.least_rounds_at_risk_before is null
            or (
                runs.rounds_at_risk = 0
                and runs.rounds_at_risk_before >= rules.least_rounds_at_risk_before
            )
        )
qualify
    row_number() over (
        partition by
            runs.area_code, runs.indicator_code, runs.part, runs.commitment_type, runs.round_label
        order by rules.precedence
    ) = 1
