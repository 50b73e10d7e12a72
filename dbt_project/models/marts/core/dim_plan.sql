-- A council that began or ended within the agreements' years carries its agreement for its own days only.
with agreements as (
    select
        'LAA ' || area_code as plan_code,
        'local_area_agreement' as plan_type,
        'Local Area Agreement: ' || area_name as title,
        area_code,
        cast(null as integer) as psa_number,
        cast(null as string) as parent_plan_code,
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
        verification,
        cast(null as date) as known_from,
        cast(null as string) as delivery_id,
        cast(null as string) as edition
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
        cast(null as string) as parent_plan_code,
        lead_department as owner,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        source,
        verification,
        cast(null as date) as known_from,
        cast(null as string) as delivery_id,
        cast(null as string) as edition
    from {{ ref('psas') }}
),

versions as (
    {{ versioned(ref('stg_plans'), ['plan_code']) }}
),

first_known as (
    select
        *,
        min(known_from) over (partition by plan_code) as first_known_from
    from versions
),

framework as (
    select * from agreements
    union all
    select * from service_agreements
),

delivered as (
    select
        plans.plan_code,
        plans.plan_type,
        plans.title,
        plans.area_code,
        cast(null as integer) as psa_number,
        plans.parent_plan_code,
        plans.organisation_code as owner,
        plans.valid_from,
        plans.valid_to,
        plans.source_file || ' (' || plans.delivery_id || ')' as source,
        'sourced' as verification,
        plans.first_known_from as known_from,
        plans.delivery_id,
        plans.edition
    from first_known as plans
    left join framework
        on plans.plan_code = framework.plan_code
    where
        plans.is_current
        and framework.plan_code is null
)

select * from framework
union all
select * from delivered
order by plan_code
