-- A card is asked for in the round in which the rule makes it due, and closed in the round in which the run at risk
-- ends. In between it stands where the partnership's last return of that time left it.
{%- set commitment = 'area_code, indicator_code, part, commitment_type' %}
with runs as (
    select
        *,
        min(
            case
                when rounds_at_risk >= rounds_to_card and (cards_for is null or cards_for = commitment_type)
                    then round_ends_on
            end
        ) over (partition by {{ commitment }}, run_number) as due_since
    from {{ ref('int_run_at_risk') }}
),

before as (
    select
        *,
        lag(run_number) over known as run_before,
        lag(due_since) over known as due_before,
        lag(at_risk_since) over known as at_risk_before
    from runs
    window known as (
        partition by {{ commitment }}
        order by round_ends_on
    )
),

cards as (
    select
        *,
        coalesce(run_before <> run_number and due_before is not null, false) as is_closed,
        case when due_since <= round_ends_on then due_since else due_before end as card_since
    from before
    where
        due_since <= round_ends_on
        or (run_before <> run_number and due_before is not null)
),

numbered as (
    select
        *,
        dense_rank() over (
            partition by {{ commitment }}
            order by card_since
        ) as card_number
    from cards
),

answered as (
    select
        numbered.*,
        said.return_partnership_code,
        said.return_round_label,
        said.return_received_on,
        said.return_delivery_id,
        said.self_assessed_status,
        said.commentary,
        said.cause,
        said.action,
        said.action_owner,
        said.action_due_on,
        said.action_state,
        said.actions,
        said.actions_completed,
        said.actions_overdue,
        said.actions_failed,
        said.board_decision,
        said.board_decided_on,
        said.board_outcome,
        case
            when numbered.is_closed then 'closed'
            when said.return_round_label is null then 'due'
            when said.board_outcome in ('accepted', 'returned') then said.board_outcome
            when said.cause is null or said.actions = 0 then 'open'
            else 'submitted'
        end as card_state
    from numbered
    left join {{ ref('int_return_in_round') }} as said
        on
            numbered.round_label = said.round_label
            and numbered.area_code = said.area_code
            and numbered.indicator_code = said.indicator_code
            and numbered.part = said.part
            and said.return_round_ends_on >= numbered.card_since
),

-- A returned card is asked for anew: it is due again after the round in which its return became known.
returned as (
    select
        {{ commitment }},
        card_number,
        return_round_label,
        min(round_ends_on) as returned_on
    from answered
    where card_state = 'returned'
    group by {{ commitment }}, card_number, return_round_label
),

asked as (
    select
        answered.*,
        case
            when answered.card_state in ('due', 'open') then answered.card_since
            when answered.card_state = 'returned' then returned.returned_on
        end as asked_on
    from answered
    left join returned
        on
            {{ same_commitment('answered', 'returned') }}
            and answered.card_number = returned.card_number
            and answered.return_round_label = returned.return_round_label
),

-- What is not closed stands until the next round at most: a commitment that is no more, like that of an abolished
-- council, owes nothing.
rounds as (
    select
        round_ends_on,
        lead(round_ends_on) over (order by round_ends_on) as next_ends_on
    from (select distinct round_ends_on from runs) as judged
),

dated as (
    select
        asked.*,
        rounds.next_ends_on,
        cast(asked.asked_on + asked.due_in_days * interval 1 day as date) as due_on
    from asked
    inner join rounds
        on asked.round_ends_on = rounds.round_ends_on
)

select
    dated.area_code,
    dated.indicator_code,
    dated.part,
    dated.commitment_type,
    cast(dated.card_number as integer) as card_number,
    dated.round_label,
    dated.round_ends_on,
    dated.card_state,
    case
        when not dated.is_closed then null
        when dated.counted_as <> 'ended' then 'back_on_target'
        when performance.computed_status = 'withdrawn' then 'withdrawn'
        when performance.target_state = 'agreed' then 'no_new_data'
        else coalesce(performance.target_state, 'no_target')
    end as closed_because,
    dated.due_on,
    coalesce(dated.due_on < dated.round_ends_on, false) as is_overdue,
    due_round.round_label as due_round_label,
    coalesce(dated.at_risk_since, dated.at_risk_before) as at_risk_since,
    dated.rounds_at_risk,
    dated.rounds_off_target,
    performance.computed_status,
    performance.partnership_code,
    performance.organisation_code,
    dated.return_partnership_code,
    dated.return_round_label,
    dated.return_received_on,
    dated.return_delivery_id,
    dated.self_assessed_status,
    dated.commentary,
    dated.cause,
    dated.action,
    dated.action_owner,
    dated.action_due_on,
    dated.action_state,
    dated.actions,
    dated.actions_completed,
    dated.actions_overdue,
    dated.actions_failed,
    dated.board_decision,
    dated.board_decided_on,
    dated.board_outcome,
    dated.rule_id,
    dated.rule_words,
    dated.round_ends_on as known_from,
    case when not dated.is_closed then dated.next_ends_on end as known_to,
    performance.edition
from dated
inner join {{ ref('fct_performance') }} as performance
    on
        {{ same_commitment('dated', 'performance') }}
        and dated.round_label = performance.round_label
inner join {{ ref('dim_round') }} as due_round
    on dated.card_since = due_round.ends_on
order by
    dated.area_code, dated.indicator_code, dated.part, dated.commitment_type, dated.round_ends_on
