-- Nothing is invented: an agreement serves the indicators its delivered targets name, and the statutory education
-- targets, which were in every agreement by law; the agreements with government name theirs.
with plans as (
    select * from {{ ref('dim_plan') }}
),

service_agreements as (
    select distinct
        plans.plan_code,
        links.indicator_code,
        cast(null as string) as part,
        'psa_indicator' as relation,
        cast(null as string) as partnership_code,
        plans.owner,
        cast(null as string) as post,
        plans.valid_from,
        plans.valid_to,
        links.source,
        links.verification,
        cast(null as date) as known_from,
        cast(null as string) as delivery_id,
        cast(null as string) as edition
    from plans
    inner join {{ ref('bridge_psa_indicator') }} as links
        on plans.psa_number = links.psa_number
    where links.indicator_code is not null
    qualify
        row_number() over (
            partition by plans.plan_code, links.indicator_code
            order by links.indicator_ordinal
        ) = 1
),

statutory_targets as (
    select
        plans.plan_code,
        targets.indicator_code,
        cast(null as string) as part,
        'statutory_education_target' as relation,
        cast(null as string) as partnership_code,
        plans.owner,
        cast(null as string) as post,
        plans.valid_from,
        plans.valid_to,
        targets.source,
        targets.verification,
        cast(null as date) as known_from,
        cast(null as string) as delivery_id,
        cast(null as string) as edition
    from plans
    cross join {{ ref('statutory_education_targets') }} as targets
    where
        plans.plan_type = 'local_area_agreement'
        and targets.indicator_code is not null
),

-- Whoever answers for the indicator in the partnership that leads on the target answers for it in the agreement.
agreed_targets as (
    select
        targets.plan_code,
        targets.indicator_code,
        targets.part,
        'laa_target' as relation,
        targets.partnership_code,
        targets.organisation_code as owner,
        duties.post,
        plans.valid_from,
        plans.valid_to,
        targets.source_file || ' (' || targets.delivery_id || ')' as source,
        'sourced' as verification,
        targets.known_from,
        targets.delivery_id,
        targets.edition
    from {{ ref('dim_target') }} as targets
    left join plans
        on targets.plan_code = plans.plan_code
    left join {{ ref('bridge_partnership_indicator') }} as duties
        on
            targets.partnership_code = duties.partnership_code
            and targets.indicator_code = duties.indicator_code
            and targets.part = duties.part
            and targets.organisation_code = duties.organisation_code
            and duties.is_current
    where targets.commitment_type in ('designated', 'local')
    qualify
        row_number() over (
            partition by targets.plan_code, targets.indicator_code, targets.part
            order by targets.commitment_type, duties.valid_from desc nulls last, duties.post
        ) = 1
),

named as (
    select
        plan_code,
        delivery_id,
        known_from,
        received_at
    from {{ ref('stg_plans') }}
    union distinct
    select
        plan_code,
        delivery_id,
        known_from,
        received_at
    from {{ ref('stg_plan_links') }}
),

versions as (
    {{ versioned('named', ['plan_code']) }}
),

first_links as (
    select
        *,
        min(known_from) over (
            partition by plan_code, indicator_code, partnership_code, valid_from
        ) as first_known_from
    from {{ ref('stg_plan_links') }}
),

plan_links as (
    select
        links.plan_code,
        links.indicator_code,
        cast(null as string) as part,
        'plan_link' as relation,
        links.partnership_code,
        links.organisation_code as owner,
        links.post,
        links.valid_from,
        links.valid_to,
        links.source_file || ' (' || links.delivery_id || ')' as source,
        'sourced' as verification,
        links.first_known_from as known_from,
        links.delivery_id,
        links.edition
    from first_links as links
    inner join versions
        on
            links.plan_code = versions.plan_code
            and links.delivery_id = versions.delivery_id
            and versions.is_current
)

select * from service_agreements
union all
select * from statutory_targets
union all
select * from agreed_targets
union all
select * from plan_links
order by plan_code, indicator_code, relation, part
