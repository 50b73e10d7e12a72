select
    psa_number,
    indicator_ordinal,
    short_title,
    indicator_code,
    relation,
    source,
    verification
from {{ ref('psa_indicators') }}
order by psa_number, indicator_ordinal, indicator_code
