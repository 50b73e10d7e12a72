-- Which indicators an area designated is not among the documents held; the statutory education targets
-- were in every agreement by law, and the agreements with government name theirs.
with plans as (
    select * from {{ ref('dim_plan') }}
),

service_agreements as (
    select distinct
        plans.plan_code,
        links.indicator_code,
        'psa_indicator' as relation,
        plans.owner,
        plans.valid_from,
        plans.valid_to,
        links.source,
        links.verification
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
        'statutory_education_target' as relation,
        plans.owner,
        plans.valid_from,
        plans.valid_to,
        targets.source,
        targets.verification
    from plans
    cross join {{ ref('statutory_education_targets') }} as targets
    where
        plans.plan_type = 'local_area_agreement'
        and targets.indicator_code is not null
)

select * from service_agreements
union all
select * from statutory_targets
order by plan_code, indicator_code
