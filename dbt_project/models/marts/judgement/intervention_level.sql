select
    level,
    level_name,
    least_rounds_at_risk,
    least_rounds_off_target,
    least_failed_actions,
    what_happens,
    source,
    verification
from {{ ref('intervention_levels') }}
order by level, least_rounds_at_risk, least_rounds_off_target, least_failed_actions
