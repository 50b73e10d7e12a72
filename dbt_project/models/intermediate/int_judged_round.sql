-- A round is judged once something of it, or of a later one, is known; in a build as at a day, once it is over.
with known as (
    select max(known_from) as last_known
    from {{ ref('stg_deliveries') }}
    where status = 'landed'
)

select
    rounds.round_label,
    rounds.starts_on,
    rounds.ends_on,
    {{ month_number('rounds.ends_on') }} as ends_month
from {{ ref('rounds') }} as rounds
cross join known
where
    {% if var('as_at', none) -%}
    rounds.ends_on <= cast('{{ var("as_at") }}' as date)
    {%- else -%}
    rounds.starts_on <= known.last_known
    {%- endif %}
