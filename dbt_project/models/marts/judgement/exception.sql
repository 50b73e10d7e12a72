with exceptions as (
    select * from {{ ref('int_exception') }}
),

answered as (
    select
        exceptions.*,
        said.return_partnership_code,
        said.return_round_label,
        said.self_assessed_status,
        said.cause,
        said.action,
        said.action_owner,
        said.action_due_on,
        said.action_state,
        said.board_decision,
        said.board_decided_on,
        said.board_outcome
    from exceptions
    left join {{ ref('int_return_in_round') }} as said
        on
            exceptions.round_label = said.round_label
            and exceptions.area_code = said.area_code
            and exceptions.indicator_code = said.indicator_code
            and exceptions.part = said.part
            and said.return_round_ends_on >= exceptions.at_risk_since
            and exceptions.kind <> 'good'
)

select
    plans.plan_code,
    plans.plan_type,
    plans.area_code,
    plans.indicator_code,
    plans.part,
    plans.commitment_type,
    plans.round_label,
    plans.round_ends_on,
    answered.kind,
    performance.computed_status,
    performance.target_basis,
    performance.target_value,
    performance.compared_value,
    performance.actual_value,
    performance.actual_period_label,
    performance.judged_value,
    performance.areas_ranked,
    performance.variance,
    performance.variance_percent,
    performance.direction,
    performance.data_age_months,
    performance.has_new_data,
    answered.forecast_chance,
    answered.at_risk_since,
    answered.rounds_at_risk,
    answered.rounds_off_target,
    answered.rounds_at_risk_before,
    performance.partnership_code,
    performance.organisation_code,
    plans.post,
    case
        when answered.kind = 'good' then 'not_asked_for'
        when answered.return_round_label is not null then 'answered'
        when answered.at_risk_since = plans.round_ends_on then 'awaited'
        when answered.at_risk_since is null then 'not_asked_for'
        else 'none_received'
    end as answer,
    answered.return_partnership_code,
    answered.return_round_label,
    answered.self_assessed_status,
    answered.cause,
    answered.action,
    answered.action_owner,
    answered.action_due_on,
    answered.action_state,
    answered.board_decision,
    answered.board_decided_on,
    answered.board_outcome,
    cards.card_state,
    cards.is_overdue,
    ladder.level as intervention_level,
    answered.rule_id,
    answered.rule_words,
    performance.edition
from answered
inner join {{ ref('fct_performance') }} as performance
    on
        {{ same_commitment('answered', 'performance') }}
        and answered.round_label = performance.round_label
inner join {{ ref('int_plan_commitment') }} as plans
    on
        {{ same_commitment('answered', 'plans') }}
        and answered.round_label = plans.round_label
left join {{ ref('report_card') }} as cards
    on
        {{ same_commitment('answered', 'cards') }}
        and answered.round_label = cards.round_label
left join {{ ref('intervention') }} as ladder
    on
        {{ same_commitment('answered', 'ladder') }}
        and answered.round_label = ladder.round_label
