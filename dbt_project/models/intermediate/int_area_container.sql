-- A child in two parents of one relation lies wholly in neither. A predecessor lies in its successor where all of it went there.
with whole as (
    select
        child_code as inner_code,
        parent_code as outer_code
    from {{ ref('bridge_area_membership') }}
    where share = 1
    qualify count(*) over (partition by child_code, relation) = 1
    union
    select
        predecessor_code as inner_code,
        successor_code as outer_code
    from {{ ref('area_successors') }}
    where share = 1
),

-- No chain is longer than small area, district, successor, trust, health authority.
{% for step in range(2, 5) -%}
within_{{ step }} as (
    select
        inner_code,
        outer_code
    from {{ 'whole' if loop.first else 'within_' ~ (step - 1) }}
    union
    select
        near.inner_code,
        far.outer_code
    from {{ 'whole' if loop.first else 'within_' ~ (step - 1) }} as near
    inner join whole as far
        on near.outer_code = far.inner_code
),

{% endfor -%}
country as (
    select area_code
    from {{ ref('areas') }}
    where area_type = 'country'
)

select
    inner_code,
    outer_code
from within_4
where inner_code <> outer_code
union
select
    areas.area_code as inner_code,
    country.area_code as outer_code
from {{ ref('areas') }} as areas
cross join country
where areas.area_code <> country.area_code
union
select
    delivered.area_code as inner_code,
    country.area_code as outer_code
from {{ ref('int_area_delivered') }} as delivered
cross join country
