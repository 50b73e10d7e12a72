select
    round_label,
    starts_on,
    ends_on,
    source,
    verification
from {{ ref('rounds') }}
order by starts_on
