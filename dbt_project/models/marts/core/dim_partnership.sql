with agreements as (
    select * from {{ ref('maas') }}
),

versions as (
    {{ versioned(ref('stg_partnerships'), ['partnership_code']) }}
),

delivered as (
    select
        *,
        min(known_from) over (partition by partnership_code) as first_known_from
    from versions
)

select
    maa_code as partnership_code,
    maa_name as partnership_name,
    'multi_area_agreement' as partnership_type,
    cast(null as string) as area_code,
    cast(null as string) as parent_code,
    cast(null as string) as organisation_code,
    cast(null as string) as post,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    signed_in,
    lead_region_code,
    is_first_wave,
    source,
    verification,
    cast(null as date) as known_from,
    cast(null as string) as delivery_id,
    cast(null as string) as edition
from agreements

union all

select
    delivered.partnership_code,
    delivered.partnership_name,
    delivered.partnership_type,
    delivered.area_code,
    delivered.parent_code,
    delivered.organisation_code,
    delivered.post,
    delivered.valid_from,
    delivered.valid_to,
    cast(null as string) as signed_in,
    cast(null as string) as lead_region_code,
    cast(null as boolean) as is_first_wave,
    delivered.source_file || ' (' || delivered.delivery_id || ')' as source,
    'sourced' as verification,
    delivered.first_known_from as known_from,
    delivered.delivery_id,
    delivered.edition
from delivered
left join agreements
    on delivered.partnership_code = agreements.maa_code
where
    delivered.is_current
    and agreements.maa_code is null
order by partnership_code
