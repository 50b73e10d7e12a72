select
    region_code,
    region_name,
    government_office,
    go_code,
    go_slug,
    source,
    verification
from {{ ref('regions') }}
order by region_code
