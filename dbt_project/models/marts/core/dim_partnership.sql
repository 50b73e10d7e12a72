select
    maa_code as partnership_code,
    maa_name as partnership_name,
    'multi_area_agreement' as partnership_type,
    signed_in,
    lead_region_code,
    is_first_wave,
    source,
    verification
from {{ ref('maas') }}
order by partnership_code
