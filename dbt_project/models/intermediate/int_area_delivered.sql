-- What a file says of an area the framework itself names does not change the framework.
with framework as (
    select area_code from {{ ref('areas') }}
),

versions as (
    {{ versioned(ref('stg_areas'), ['area_code']) }}
)

select
    versions.area_code,
    versions.area_name,
    versions.area_type,
    versions.parent_code,
    versions.region_code,
    versions.population,
    versions.valid_from,
    versions.valid_to,
    versions.source_file || ' (' || versions.delivery_id || ')' as source,
    versions.version,
    versions.known_from,
    versions.known_to,
    versions.is_current,
    versions.delivery_id,
    versions.edition
from versions
left join framework
    on versions.area_code = framework.area_code
where framework.area_code is null
