with areas as (
    select
        area_code,
        area_name,
        area_type,
        tier,
        region_code,
        old_ons_code,
        valid_from,
        valid_to,
        in_laa_2008,
        in_laa_2009,
        population_mid2008,
        source,
        verification,
        note,
        1 as version,
        cast(null as date) as known_from,
        cast(null as date) as known_to,
        true as is_current,
        cast(null as string) as delivery_id,
        cast(null as string) as edition
    from {{ ref('areas') }}
    union all
    select
        area_code,
        area_name,
        area_type,
        'small' as tier,
        region_code,
        cast(null as string) as old_ons_code,
        valid_from,
        valid_to,
        cast(null as boolean) as in_laa_2008,
        cast(null as boolean) as in_laa_2009,
        population as population_mid2008,
        source,
        'sourced' as verification,
        cast(null as string) as note,
        version,
        known_from,
        known_to,
        is_current,
        delivery_id,
        edition
    from {{ ref('int_area_delivered') }}
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
    areas.note,
    areas.version,
    areas.known_from,
    areas.known_to,
    areas.is_current,
    areas.delivery_id,
    areas.edition
from areas
left join regions
    on areas.region_code = regions.region_code
order by areas.area_code, areas.version
