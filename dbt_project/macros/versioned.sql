{#
    Every statement of a record (the columns of `key`) with its place among them, in the order in which they became
    known, whatever the order in which they came. `known_to` is the first day on which a later one was known.
#}
{% macro versioned(relation, key) -%}
select
    *,
    cast(row_number() over known as integer) as version,
    lead(known_from) over known as known_to,
    lead(delivery_id) over known is null as is_current
from {{ relation }}
window known as (
    partition by {{ key | join(', ') }}
    order by known_from, received_at, delivery_id
)
{%- endmacro %}
