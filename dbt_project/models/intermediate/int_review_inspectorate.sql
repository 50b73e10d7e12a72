-- What feeds of the family `inspectorates` say of an area, by what was known; where none has landed, one row says so.
with feeds as (
    select feed
    from {{ ref('dim_feed') }}
    where
        family = 'inspectorates'
        and deliveries_landed > 0
),

figures as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        observations.area_code,
        observations.indicator_code,
        observations.part,
        observations.value,
        observations.period_label,
        observations.known_from
    from {{ ref('fct_observation') }} as observations
    inner join feeds
        on observations.feed = feeds.feed
    inner join {{ ref('int_review') }} as reviews
        on {{ known_on('observations', 'reviews.round_ends_on') }}
    where
        observations.dimensions = ''
        and observations.period_end <= reviews.round_ends_on
    qualify
        row_number() over (
            partition by reviews.review_year, observations.area_code, observations.indicator_code, observations.part
            order by observations.period_end desc, observations.period_basis
        ) = 1
),

areas as (
    select distinct
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        performance.area_code
    from {{ ref('fct_performance') }} as performance
    inner join {{ ref('int_review') }} as reviews
        on performance.round_label = reviews.round_label
)

select
    areas.review_year,
    areas.round_label,
    areas.round_ends_on,
    areas.area_code,
    case when figures.area_code is null then 'none_delivered' else 'figure' end as kind,
    figures.indicator_code,
    figures.part,
    figures.value as actual_value,
    figures.period_label as actual_period_label,
    figures.known_from as stated_on,
    case
        when figures.area_code is null
            then 'No delivery of an inspectorate that was known by then says anything of this area.'
    end as statement
from areas
left join figures
    on
        areas.review_year = figures.review_year
        and areas.area_code = figures.area_code
