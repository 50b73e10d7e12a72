select
    predecessor_code,
    successor_code,
    effective_on,
    share,
    basis,
    source,
    verification,
    cast(null as date) as known_from,
    cast(null as date) as known_to
from {{ ref('area_successors') }}
order by effective_on, predecessor_code, successor_code
