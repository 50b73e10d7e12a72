{#
    Landed rows of one kind that people entered, with what is known of their delivery. Landed Parquet is typed
    already, and free text stays as it came.
#}
{% macro landed_entries(kind, columns) -%}
with landed as (
    select * from {{ landed(kind) }}
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
    {%- for column in columns %}
    landed.{{ column }},
    {%- endfor %}
    landed.source_sheet,
    landed.source_row,
    landed.source_text
from landed
inner join deliveries
    on landed.delivery_id = deliveries.delivery_id
{%- endmacro %}
