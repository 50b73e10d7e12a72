with versions as (
    select
        *,
        min(known_from) over (partition by area_code) as first_known_from
    from {{ ref('dim_area_version') }}
)

select
    area_code,
    area_name,
    area_type,
    tier,
    region_code,
    region_name,
    old_ons_code,
    valid_from,
    valid_to,
    in_laa_2008,
    in_laa_2009,
    population_mid2008,
    source,
    verification,
    note,
    first_known_from as known_from,
    delivery_id,
    edition
from versions
where is_current
order by area_code
