select
    mark,
    meaning,
    shown_as,
    source,
    verification
from {{ ref('marks') }}
order by mark
