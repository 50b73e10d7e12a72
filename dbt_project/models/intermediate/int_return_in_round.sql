-- What the partnership had last said of a target by the end of each round, with the action that is due next (once all
-- are done, the last one).
with rounds as (
    select distinct
        round_label,
        round_ends_on as ends_on
    from {{ ref('fct_performance') }}
),

returns as (
    select
        rounds.round_label,
        rounds.ends_on,
        returns.area_code,
        returns.indicator_code,
        returns.part,
        returns.partnership_code,
        returns.round_label as return_round_label,
        said.ends_on as return_round_ends_on,
        returns.self_assessed_status,
        returns.commentary,
        returns.cause,
        returns.board_decision,
        returns.board_decided_on,
        returns.known_from,
        returns.delivery_id
    from {{ ref('fct_return') }} as returns
    inner join rounds
        on {{ known_on('returns', 'rounds.ends_on') }}
    inner join {{ ref('dim_round') }} as said
        on returns.round_label = said.round_label
    qualify
        row_number() over (
            partition by rounds.round_label, returns.area_code, returns.indicator_code, returns.part
            order by said.ends_on desc, returns.known_from desc, returns.partnership_code
        ) = 1
),

outcomes as (
    select
        decisions.board_decision,
        words.outcome
    from (select distinct board_decision from returns) as decisions
    inner join {{ ref('board_decisions') }} as words
        on lower(decisions.board_decision) like '%' || words.words || '%'
    qualify
        row_number() over (
            partition by decisions.board_decision
            order by words.precedence
        ) = 1
),

actions as (
    select
        returns.round_label,
        actions.area_code,
        actions.indicator_code,
        actions.part,
        actions.action,
        actions.owner_post,
        actions.due_on,
        actions.state,
        count(*) over target as actions,
        sum(case when actions.state = 'completed' then 1 else 0 end) over target as actions_completed,
        sum(case when actions.state = 'overdue' then 1 else 0 end) over target as actions_overdue,
        sum(case when actions.state = 'failed' then 1 else 0 end) over target as actions_failed
    from returns
    inner join {{ ref('fct_action') }} as actions
        on
            returns.partnership_code = actions.partnership_code
            and returns.area_code = actions.area_code
            and returns.indicator_code = actions.indicator_code
            and returns.part = actions.part
            and returns.return_round_label = actions.round_label
            and {{ known_on('actions', 'returns.ends_on') }}
    window target as (
        partition by returns.round_label, actions.area_code, actions.indicator_code, actions.part
    )
    qualify
        row_number() over (
            partition by returns.round_label, actions.area_code, actions.indicator_code, actions.part
            order by
                case when actions.state in ('completed', 'failed') then 1 else 0 end,
                case when actions.state in ('completed', 'failed') then null else actions.due_on end nulls last,
                actions.due_on desc, actions.action_number
        ) = 1
)

select
    returns.round_label,
    returns.area_code,
    returns.indicator_code,
    returns.part,
    returns.partnership_code as return_partnership_code,
    returns.return_round_label,
    returns.return_round_ends_on,
    coalesce(register.received_on, returns.known_from) as return_received_on,
    returns.delivery_id as return_delivery_id,
    returns.self_assessed_status,
    returns.commentary,
    returns.cause,
    actions.action,
    actions.owner_post as action_owner,
    actions.due_on as action_due_on,
    actions.state as action_state,
    cast(coalesce(actions.actions, 0) as integer) as actions,
    cast(coalesce(actions.actions_completed, 0) as integer) as actions_completed,
    cast(coalesce(actions.actions_overdue, 0) as integer) as actions_overdue,
    cast(coalesce(actions.actions_failed, 0) as integer) as actions_failed,
    returns.board_decision,
    returns.board_decided_on,
    case
        when returns.board_decision is null then 'pending'
        else coalesce(outcomes.outcome, 'not_understood')
    end as board_outcome
from returns
left join actions
    on
        returns.round_label = actions.round_label
        and returns.area_code = actions.area_code
        and returns.indicator_code = actions.indicator_code
        and returns.part = actions.part
left join outcomes
    on returns.board_decision = outcomes.board_decision
left join {{ ref('fct_return_register') }} as register
    on
        returns.partnership_code = register.partnership_code
        and returns.return_round_label = register.round_label
        and {{ known_on('register', 'returns.ends_on') }}
