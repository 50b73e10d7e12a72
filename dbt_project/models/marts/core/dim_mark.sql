select
    mark,
    meaning,
    shown_as,
    shorthand,
    source,
    verification
from {{ ref('marks') }}
order by mark
