select
    profile_id,
    profile_name,
    words,
    compared_with,
    met_operator,
    amber_kind,
    tolerance,
    amber_operator,
    exceeded_over,
    no_new_data,
    direction_basis,
    direction_test,
    direction_tolerance,
    is_default,
    valid_from,
    valid_to,
    source,
    verification
from {{ ref('rule_profiles') }}
order by profile_id
