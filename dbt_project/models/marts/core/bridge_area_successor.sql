select
    predecessor_code,
    successor_code,
    effective_on,
    share,
    basis,
    source,
    verification
from {{ ref('area_successors') }}
order by effective_on, predecessor_code, successor_code
