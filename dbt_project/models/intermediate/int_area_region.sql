-- Police forces and health bodies lie in a region too, by membership.
select
    areas.area_code,
    coalesce(areas.region_code, max(memberships.parent_code)) as region_code
from {{ ref('dim_area') }} as areas
left join {{ ref('bridge_area_membership') }} as memberships
    on
        areas.area_code = memberships.child_code
        and memberships.relation = 'region'
        and memberships.is_current
group by areas.area_code, areas.region_code
having coalesce(areas.region_code, max(memberships.parent_code)) is not null
