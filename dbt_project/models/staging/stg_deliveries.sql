-- Quarantined deliveries stay: they have no observations, but their issues must be seen.
select
    delivery_id,
    feed,
    file_name,
    nullif(source_url, '') as source_url,
    sha256,
    cast(bytes as bigint) as bytes,
    cast(received_at as timestamp) as received_at,
    cast(published_on as date) as published_on,
    cast(known_from as date) as known_from,
    status,
    edition,
    cast(rows as bigint) as rows
from {{ landed('deliveries') }}
where
    edition = '{{ var("edition") }}'
    and {{ known_by_now('cast(known_from as date)') }}
