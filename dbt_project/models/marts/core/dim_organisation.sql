select
    organisation_code,
    organisation_name,
    organisation_type,
    source,
    verification
from {{ ref('organisations') }}
order by organisation_code
