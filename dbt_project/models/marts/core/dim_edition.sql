select
    '{{ var("edition") }}' as edition,
    {% if var('as_at', none) %}cast('{{ var("as_at") }}' as date){% else %}cast(null as date){% endif %} as as_at,
    max(known_from) as known_up_to
from {{ ref('stg_deliveries') }}
where status = 'landed'
