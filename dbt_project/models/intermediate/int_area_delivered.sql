-- What a file says of an area the framework itself names does not change the framework.
with framework as (
    select area_code from {{ ref('areas') }}
),

versions as (
    {{ versioned(ref('stg_areas'), ['area_code']) }}
),

dated as (
    select
        *,
        min(known_from) over (partition by area_code) as first_known_from
    from versions
)

select
    dated.area_code,
    dated.area_name,
    dated.area_type,
    dated.parent_code,
    dated.region_code,
    dated.population,
    dated.valid_from,
    dated.valid_to,
    dated.source_file || ' (' || dated.delivery_id || ')' as source,
    dated.first_known_from as known_from,
    dated.delivery_id,
    dated.edition
from dated
left join framework
    on dated.area_code = framework.area_code
where
    dated.is_current
    and framework.area_code is null
