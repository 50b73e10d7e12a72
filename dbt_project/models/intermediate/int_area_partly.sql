-- Areas that an area is only in part in, itself or as part of what is: a county that two trusts share, and its districts. What
-- lies wholly in one trust has no part of another.
with shared as (
    select
        child_code as inner_code,
        parent_code as outer_code
    from {{ ref('area_memberships') }}
    where share is distinct from 1
),

parts as (
    select * from shared
    union
    select
        containers.inner_code,
        shared.outer_code
    from shared
    inner join {{ ref('int_area_container') }} as containers
        on shared.inner_code = containers.outer_code
),

whole as (
    select distinct
        containers.inner_code,
        areas.area_type
    from {{ ref('int_area_container') }} as containers
    inner join {{ ref('areas') }} as areas
        on containers.outer_code = areas.area_code
)

select
    parts.inner_code,
    parts.outer_code
from parts
inner join {{ ref('areas') }} as areas
    on parts.outer_code = areas.area_code
left join whole
    on
        parts.inner_code = whole.inner_code
        and areas.area_type = whole.area_type
where whole.inner_code is null
