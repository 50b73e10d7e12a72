-- Where a figure stands among those of all areas with a commitment on the same indicator, for the same period and as
-- known at the end of the round: its place, best first, and the middle of them.
with asked as (
    select distinct
        targets.indicator_code,
        targets.part
    from {{ ref('int_target_in_round') }} as targets
    inner join {{ ref('rule_profiles') }} as profiles
        on targets.profile_id = profiles.profile_id
    where
        targets.target_basis = 'rank'
        or profiles.compared_with = 'peers'
),

figures as (
    select distinct
        targets.area_code,
        targets.indicator_code,
        targets.part,
        targets.round_label,
        targets.actual_period_label,
        targets.actual_period_basis,
        targets.actual_value,
        parts.polarity
    from {{ ref('int_target_in_round') }} as targets
    inner join asked
        on
            targets.indicator_code = asked.indicator_code
            and targets.part = asked.part
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
    where
        targets.actual_value is not null
        and parts.polarity in ('higher_is_better', 'lower_is_better')
),

placed as (
    select
        *,
        rank() over best_first as place,
        row_number() over best_first as number,
        count(*) over (
            partition by indicator_code, part, round_label, actual_period_label, actual_period_basis
        ) as peers
    from figures
    window best_first as (
        partition by indicator_code, part, round_label, actual_period_label, actual_period_basis
        order by case polarity when 'higher_is_better' then -actual_value else actual_value end
    )
)

select
    area_code,
    indicator_code,
    part,
    round_label,
    place,
    peers,
    avg(case when 2 * number between peers and peers + 2 then actual_value end) over (
        partition by indicator_code, part, round_label, actual_period_label, actual_period_basis
    ) as middle
from placed
