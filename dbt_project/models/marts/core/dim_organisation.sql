-- What a workbook says of an organisation the framework itself names does not change the framework.
with framework as (
    select * from {{ ref('organisations') }}
),

versions as (
    {{ versioned(ref('stg_organisations'), ['organisation_code']) }}
),

delivered as (
    select
        *,
        min(known_from) over (partition by organisation_code) as first_known_from
    from versions
)

select
    organisation_code,
    organisation_name,
    organisation_type,
    cast(null as string) as area_code,
    source,
    verification,
    cast(null as date) as known_from,
    cast(null as string) as delivery_id,
    cast(null as string) as edition
from framework

union all

select
    delivered.organisation_code,
    delivered.organisation_name,
    delivered.organisation_type,
    delivered.area_code,
    delivered.source_file || ' (' || delivered.delivery_id || ')' as source,
    'sourced' as verification,
    delivered.first_known_from as known_from,
    delivered.delivery_id,
    delivered.edition
from delivered
left join framework
    on delivered.organisation_code = framework.organisation_code
where
    delivered.is_current
    and framework.organisation_code is null
order by organisation_code
