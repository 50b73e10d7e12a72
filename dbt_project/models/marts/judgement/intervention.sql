-- The highest level of the ladder of which a row is reached. What a return of before the run at risk says of actions
-- belongs to an earlier trouble.
with runs as (
    select
        runs.*,
        said.return_partnership_code,
        said.return_round_label,
        coalesce(said.actions, 0) as actions,
        coalesce(said.actions_failed, 0) as actions_failed
    from {{ ref('int_run_at_risk') }} as runs
    left join {{ ref('int_return_in_round') }} as said
        on
            runs.round_label = said.round_label
            and runs.area_code = said.area_code
            and runs.indicator_code = said.indicator_code
            and runs.part = said.part
            and said.return_round_ends_on >= runs.at_risk_since
    where runs.rounds_at_risk > 0
),

levels as (
    select * from {{ ref('intervention_levels') }}
),

reached as (
    select
        runs.*,
        levels.level,
        levels.level_name,
        levels.what_happens,
        levels.least_rounds_at_risk,
        levels.least_rounds_off_target,
        levels.least_failed_actions
    from runs
    inner join levels
        on
            runs.rounds_at_risk >= levels.least_rounds_at_risk
            and runs.rounds_off_target >= levels.least_rounds_off_target
            and runs.actions_failed >= levels.least_failed_actions
    qualify
        row_number() over (
            partition by
                runs.area_code, runs.indicator_code, runs.part, runs.commitment_type, runs.round_label
            order by
                levels.level desc, levels.least_failed_actions, levels.least_rounds_off_target,
                levels.least_rounds_at_risk
        ) = 1
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    round_ends_on,
    level,
    level_name,
    what_happens,
    lag(level) over (
        partition by area_code, indicator_code, part, commitment_type, run_number
        order by round_ends_on
    ) as previous_level,
    at_risk_since,
    rounds_at_risk,
    rounds_off_target,
    actions,
    actions_failed,
    return_partnership_code,
    return_round_label,
    least_rounds_at_risk,
    least_rounds_off_target,
    least_failed_actions,
    '{{ var("edition") }}' as edition
from reached
order by area_code, indicator_code, part, commitment_type, round_ends_on
