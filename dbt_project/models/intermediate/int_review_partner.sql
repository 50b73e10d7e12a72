-- How those who answer for the agreement did: the lights of partnerships, lead organisations, and returns sent in time.
with lights as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        'partnership' as kind,
        lights.area_code,
        lights.partnership_code,
        cast(null as string) as organisation_code,
        coalesce(lights.light, lights.light_reason) as statement,
        lights.indicators_counted as counted,
        lights.indicators_assessed as assessed,
        lights.indicators_on_target as on_target
    from {{ ref('partnership_light') }} as lights
    inner join {{ ref('int_review') }} as reviews
        on lights.round_label = reviews.round_label
    where lights.area_code is not null
),

organisations as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        'organisation' as kind,
        performance.area_code,
        cast(null as string) as partnership_code,
        performance.organisation_code,
        cast(null as string) as statement,
        cast(count(*) as integer) as counted,
        cast(sum(case when performance.is_assessed then 1 else 0 end) as integer) as assessed,
        cast(
            sum(case when performance.computed_status in ('exceeded', 'on_target') then 1 else 0 end) as integer
        ) as on_target
    from {{ ref('fct_performance') }} as performance
    inner join {{ ref('int_review') }} as reviews
        on performance.round_label = reviews.round_label
    where performance.organisation_code is not null
    group by
        reviews.review_year, reviews.round_label, reviews.round_ends_on, performance.area_code,
        performance.organisation_code
),

due as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        partnerships.area_code,
        register.partnership_code,
        count(*) as rounds_due,
        sum(case when register.received_on <= register.due_on then 1 else 0 end) as in_time,
        sum(case when register.received_on > register.due_on then 1 else 0 end) as late
    from {{ ref('fct_return_register') }} as register
    inner join {{ ref('dim_round') }} as rounds
        on register.round_label = rounds.round_label
    inner join {{ ref('int_review') }} as reviews
        on
            {{ known_on('register', 'reviews.round_ends_on') }}
            and rounds.starts_on >= reviews.year_starts_on
            and rounds.ends_on <= reviews.round_ends_on
    inner join {{ ref('dim_partnership') }} as partnerships
        on register.partnership_code = partnerships.partnership_code
    where
        partnerships.area_code is not null
        and coalesce(register.returns_due, 1) > 0
    group by
        reviews.review_year, reviews.round_label, reviews.round_ends_on, partnerships.area_code,
        register.partnership_code
)

select * from lights
union all
select * from organisations
union all
select
    review_year,
    round_label,
    round_ends_on,
    'returns' as kind,
    area_code,
    partnership_code,
    cast(null as string) as organisation_code,
    'Returns of the year known by then: ' || cast(in_time as string) || ' in time, ' || cast(late as string)
    || ' late, ' || cast(rounds_due - in_time - late as string) || ' not in.' as statement,
    cast(rounds_due as integer) as counted,
    cast(null as integer) as assessed,
    cast(null as integer) as on_target
from due
