select
    psa_number,
    title,
    lead_department,
    in_csr_2007,
    source,
    verification,
    note
from {{ ref('psas') }}
order by psa_number
