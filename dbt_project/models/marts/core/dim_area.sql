with areas as (
    select * from {{ ref('areas') }}
),

regions as (
    select
        region_code,
        region_name
    from {{ ref('regions') }}
)

select
    areas.area_code,
    areas.area_name,
    areas.area_type,
    areas.tier,
    areas.region_code,
    regions.region_name,
    areas.old_ons_code,
    areas.valid_from,
    areas.valid_to,
    areas.in_laa_2008,
    areas.in_laa_2009,
    areas.population_mid2008,
    areas.source,
    areas.verification,
    areas.note
from areas
left join regions
    on areas.region_code = regions.region_code
order by areas.area_code
