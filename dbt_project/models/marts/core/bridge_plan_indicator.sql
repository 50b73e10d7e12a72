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
        1 as version,
        cast(null as date) as known_from,
        cast(null as date) as known_to,
        true as is_current,
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
        1 as version,
        cast(null as date) as known_from,
        cast(null as date) as known_to,
        true as is_current,
        cast(null as string) as delivery_id,
        cast(null as string) as edition
    from plans
    cross join {{ ref('statutory_education_targets') }} as targets
    where
        plans.plan_type = 'local_area_agreement'
        and targets.indicator_code is not null
),

commitments as (
    select
        *,
        'LAA ' || area_code as plan_code
    from {{ ref('int_target_version') }}
    where commitment_type in ('designated', 'local')
),

duties as (
    select * from {{ ref('bridge_partnership_indicator') }}
),

-- Days on which a target or the duty of the partnership that leads on it became known otherwise than before.
days as (
    select
        plan_code,
        indicator_code,
        part,
        known_from as known_on
    from commitments
    {% for clock in ['known_from', 'known_to'] %}
    union distinct
    select
        commitments.plan_code,
        commitments.indicator_code,
        commitments.part,
        duties.{{ clock }} as known_on
    from commitments
    inner join duties
        on
            commitments.partnership_code = duties.partnership_code
            and commitments.indicator_code = duties.indicator_code
            and commitments.part = duties.part
            and commitments.organisation_code = duties.organisation_code
            and {{ known_on('commitments', 'duties.' ~ clock) }}
    {%- endfor %}
),

-- Whoever answers for the indicator in the partnership that leads on the target answers for it in the agreement.
answered as (
    select
        days.known_on,
        commitments.*,
        duties.post
    from days
    inner join commitments
        on
            days.plan_code = commitments.plan_code
            and days.indicator_code = commitments.indicator_code
            and days.part = commitments.part
            and {{ known_on('commitments', 'days.known_on') }}
    left join duties
        on
            commitments.partnership_code = duties.partnership_code
            and commitments.indicator_code = duties.indicator_code
            and commitments.part = duties.part
            and commitments.organisation_code = duties.organisation_code
            and {{ known_on('duties', 'days.known_on') }}
    qualify
        row_number() over (
            partition by commitments.plan_code, commitments.indicator_code, commitments.part, days.known_on
            order by commitments.commitment_type, duties.valid_from desc nulls last, duties.post
        ) = 1
),

agreed_targets as (
    select
        answered.plan_code,
        answered.indicator_code,
        answered.part,
        'laa_target' as relation,
        answered.partnership_code,
        answered.organisation_code as owner,
        answered.post,
        plans.valid_from,
        plans.valid_to,
        answered.source_file || ' (' || answered.delivery_id || ')' as source,
        'sourced' as verification,
        cast(row_number() over known as integer) as version,
        answered.known_on as known_from,
        lead(answered.known_on) over known as known_to,
        lead(answered.known_on) over known is null as is_current,
        answered.delivery_id,
        answered.edition
    from answered
    left join plans
        on answered.plan_code = plans.plan_code
    window known as (
        partition by answered.plan_code, answered.indicator_code, answered.part
        order by answered.known_on
    )
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
        versions.version,
        versions.known_from,
        versions.known_to,
        versions.is_current,
        links.delivery_id,
        links.edition
    from {{ ref('stg_plan_links') }} as links
    inner join versions
        on
            links.plan_code = versions.plan_code
            and links.delivery_id = versions.delivery_id
)

select * from service_agreements
union all
select * from statutory_targets
union all
select * from agreed_targets
union all
select * from plan_links
order by plan_code, indicator_code, relation, part, version
