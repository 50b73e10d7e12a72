select
    feed || ' ' || cast(known_from as string) as release_code,
    feed,
    known_from,
    max(published_on) as published_on,
    cast(count(*) as integer) as deliveries,
    cast(sum(observations) as bigint) as observations,
    max(case when is_current then 1 else 0 end) = 1 as is_current,
    max(edition) as edition
from {{ ref('dim_delivery') }}
where status = 'landed'
group by feed, known_from
order by feed, known_from
