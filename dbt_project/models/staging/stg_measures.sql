with landed as (
    select * from {{ landed('measures') }}
),

deliveries as (
    select * from {{ ref('stg_deliveries') }}
    where status = 'landed'
)

select
    deliveries.delivery_id,
    deliveries.feed,
    deliveries.file_name as source_file,
    deliveries.known_from,
    deliveries.received_at,
    landed.indicator_code,
    landed.part,
    landed.title,
    nullif(landed.unit, '') as unit,
    cast(landed.decimals as integer) as decimals
from landed
inner join deliveries
    on landed.delivery_id = deliveries.delivery_id
