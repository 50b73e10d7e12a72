-- A run at risk begins with an assessed round near or off target and goes on until the commitment is on target again
-- or there is no agreed target left to miss, or nothing to measure it by. The first assessment counts whenever its figure came; after that a round
-- without a new figure does what the area's rule says.
{%- set commitment = 'area_code, indicator_code, part, commitment_type' %}
with performance as (
    select
        *,
        sum(case when is_assessed then 1 else 0 end) over known as assessed_so_far,
        sum(case when is_assessed and has_new_data then 1 else 0 end) over known as news_so_far
    from {{ ref('fct_performance') }}
    window known as (
        partition by {{ commitment }}
        order by round_ends_on
    )
),

rules as (
    {{ rule_of_area(ref('report_card_rules'), ref('fct_performance')) }}
),

assessed as (
    select
        *,
        is_assessed and (has_new_data or assessed_so_far = 1) as is_new
    from performance
),

carried as (
    select
        *,
        max(case when is_new then computed_status end) over (
            partition by {{ commitment }}, news_so_far, assessed_so_far > 0
        ) as last_status
    from assessed
),

counted as (
    select
        carried.*,
        rules.rule_id,
        rules.words as rule_words,
        rules.commitment_type as cards_for,
        rules.rounds_to_card,
        rules.due_in_days,
        case
            when carried.target_state is null or carried.target_state <> 'agreed' then 'ended'
            when carried.computed_status = 'withdrawn' and carried.actual_mark is distinct from 'withdrawn' then 'ended'
            when carried.is_new then carried.computed_status
            when rules.no_new_data = 'break' then 'ended'
            when rules.no_new_data = 'skip' or rules.no_new_data is null then 'left_out'
            when carried.is_assessed then carried.computed_status
            else coalesce(carried.last_status, 'left_out')
        end as counted_as
    from carried
    left join rules
        on
            carried.area_code = rules.area_code
            and carried.round_label = rules.round_label
),

flagged as (
    select
        *,
        counted_as in ('ended', 'on_target', 'exceeded') as ends_run,
        case when counted_as in ('near_target', 'off_target') then 1 else 0 end as at_risk
    from counted
),

separated as (
    select
        *,
        sum(case when ends_run then 1 else 0 end) over (
            partition by {{ commitment }}
            order by round_ends_on
        ) as run_number
    from flagged
),

-- The round that ends a run is summed with it, for that is what stood before.
summed as (
    select
        *,
        sum(at_risk) over run as rounds_so_far,
        sum(case when counted_as = 'off_target' then 1 else 0 end) over run as rounds_off_so_far,
        min(case when at_risk = 1 then round_ends_on end) over run as since
    from separated
    window run as (
        partition by {{ commitment }}, case when ends_run then run_number - 1 else run_number end
        order by round_ends_on
    )
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    round_ends_on,
    rule_id,
    rule_words,
    cards_for,
    rounds_to_card,
    due_in_days,
    counted_as,
    run_number,
    cast(case when ends_run then 0 else rounds_so_far end as integer) as rounds_at_risk,
    cast(case when ends_run then 0 else rounds_off_so_far end as integer) as rounds_off_target,
    case when not ends_run then since end as at_risk_since,
    cast(rounds_so_far - at_risk as integer) as rounds_at_risk_before
from summed
