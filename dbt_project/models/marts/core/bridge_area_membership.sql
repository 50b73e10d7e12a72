select
    child_code,
    parent_code,
    relation,
    share,
    valid_from,
    valid_to,
    source,
    verification
from {{ ref('area_memberships') }}
order by relation, parent_code, child_code
