-- What inspectorates say of an area, by what was known: their judgements, and figures of feeds of the family
-- `inspectorates`. Where they say nothing, one row says why.
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

-- An area's newest assessment of a kind stands whole: what an older one flagged and it does not, is flagged no more.
newest as (
    select
        reviews.review_year,
        inspections.*
    from {{ ref('fct_inspection') }} as inspections
    inner join {{ ref('int_review') }} as reviews
        on
            {{ known_on('inspections', 'reviews.round_ends_on') }}
            and inspections.published_on <= reviews.round_ends_on
    qualify
        rank() over (
            partition by reviews.review_year, inspections.area_code, inspections.assessment
            order by inspections.published_on desc
        ) = 1
),

replacements as (
    select distinct
        assessment,
        replaced_by
    from {{ ref('dim_inspection_judgement') }}
    where replaced_by is not null
),

replaced as (
    select distinct
        newest.review_year,
        newest.area_code,
        replacements.assessment
    from newest
    inner join replacements
        on newest.assessment = replacements.replaced_by
),

said as (
    select
        review_year,
        area_code,
        'figure' as kind,
        cast(null as string) as organisation_code,
        cast(null as string) as assessment,
        cast(null as string) as theme,
        cast(null as string) as judgement,
        indicator_code,
        part,
        value as actual_value,
        period_label as actual_period_label,
        cast(null as string) as statement,
        known_from as stated_on
    from figures
    union all
    select
        newest.review_year,
        newest.area_code,
        'judgement' as kind,
        newest.organisation_code,
        newest.assessment,
        newest.theme,
        newest.judgement,
        newest.indicator_code,
        cast(null as string) as part,
        cast(null as double) as actual_value,
        cast(null as string) as actual_period_label,
        newest.summary as statement,
        newest.published_on as stated_on
    from newest
    left join replaced
        on
            newest.review_year = replaced.review_year
            and newest.area_code = replaced.area_code
            and newest.assessment = replaced.assessment
    where replaced.assessment is null
),

-- Every area with a pack: of a council that is only to come, targets may be known before any is judged.
areas as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        performance.area_code
    from {{ ref('fct_performance') }} as performance
    inner join {{ ref('int_review') }} as reviews
        on performance.round_label = reviews.round_label
    union distinct
    select
        review_year,
        round_label,
        round_ends_on,
        area_code
    from {{ ref('int_review_target') }}
    union distinct
    select
        review_year,
        round_label,
        round_ends_on,
        area_code
    from {{ ref('int_review_partner') }}
),

first_said as (
    select min(known_from) as known_from
    from {{ ref('fct_inspection') }}
)

select
    areas.review_year,
    areas.round_label,
    areas.round_ends_on,
    areas.area_code,
    coalesce(said.kind, 'none_delivered') as kind,
    said.organisation_code,
    said.assessment,
    said.theme,
    said.judgement,
    said.indicator_code,
    said.part,
    said.actual_value,
    said.actual_period_label,
    case
        when said.kind is not null
            then said.statement
        when first_said.known_from <= areas.round_ends_on
            then 'Nothing an inspectorate published that was known by then is about this area.'
        else 'Nothing an inspectorate published was known by then.'
    end as statement,
    said.stated_on
from areas
cross join first_said
left join said
    on
        areas.review_year = said.review_year
        and areas.area_code = said.area_code
