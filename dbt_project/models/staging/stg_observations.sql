with landed as (
    select * from {{ landed('observations') }}
),

deliveries as (
    select * from {{ ref('stg_deliveries') }}
    where status = 'landed'
)

select
    deliveries.delivery_id,
    deliveries.feed,
    deliveries.edition,
    deliveries.file_name as source_file,
    deliveries.known_from,
    deliveries.received_at,
    landed.indicator_code,
    landed.part,
    landed.area_code,
    nullif(landed.area_text, '') as area_text,
    landed.period_label,
    landed.period_basis,
    cast(landed.period_start as date) as period_start,
    cast(landed.period_end as date) as period_end,
    coalesce(landed.dimensions, '') as dimensions,
    cast(landed.value as double) as value,
    cast(landed.numerator as double) as numerator,
    cast(landed.denominator as double) as denominator,
    cast(landed.lower_ci as double) as lower_ci,
    cast(landed.upper_ci as double) as upper_ci,
    cast(landed.survey_base as double) as survey_base,
    cast(landed.design_effect as double) as design_effect,
    landed.mark,
    nullif(landed.note, '') as note,
    landed.status,
    nullif(landed.source_sheet, '') as source_sheet,
    cast(landed.source_row as integer) as source_row,
    landed.source_rows,
    landed.source_column,
    landed.source_text
from landed
inner join deliveries
    on landed.delivery_id = deliveries.delivery_id
