-- A council that began or ended within the agreements' years carries its agreement for its own days only.
with agreements as (
    select
        'LAA ' || area_code as plan_code,
        'local_area_agreement' as plan_type,
        'Local Area Agreement: ' || area_name as title,
        area_code,
        cast(null as integer) as psa_number,
        cast(null as string) as owner,
        greatest(
            coalesce(valid_from, cast('{{ var("first_boundaries_on") }}' as date)),
            cast('{{ var("first_boundaries_on") }}' as date)
        ) as valid_from,
        least(
            coalesce(valid_to, cast('{{ var("plans_ended_on") }}' as date)),
            cast('{{ var("plans_ended_on") }}' as date)
        ) as valid_to,
        source,
        verification
    from {{ ref('areas') }}
    where in_laa_2008 or in_laa_2009
),

service_agreements as (
    select
        'PSA ' || cast(psa_number as string) as plan_code,
        'public_service_agreement' as plan_type,
        title,
        cast(null as string) as area_code,
        psa_number,
        lead_department as owner,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        source,
        verification
    from {{ ref('psas') }}
)

select * from agreements
union all
select * from service_agreements
order by plan_code
