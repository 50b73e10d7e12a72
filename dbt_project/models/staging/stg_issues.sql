with landed as (
    select * from {{ landed('issues') }}
),

deliveries as (
    select * from {{ ref('stg_deliveries') }}
)

select
    deliveries.delivery_id,
    deliveries.feed,
    deliveries.status as delivery_status,
    deliveries.edition,
    deliveries.known_from,
    deliveries.file_name as source_file,
    landed.severity,
    landed.check_name,
    landed.file_name,
    nullif(landed.sheet, '') as sheet,
    cast(landed.row_number as integer) as row_number,
    nullif(landed.column_name, '') as column_name,
    nullif(landed.cell_value, '') as cell_value,
    landed.message,
    nullif(landed.remedy, '') as remedy,
    cast(landed.occurrences as integer) as occurrences
from landed
inner join deliveries
    on landed.delivery_id = deliveries.delivery_id
