with feeds as (
    select * from {{ ref('stg_feeds') }}
),

deliveries as (
    select
        feed,
        sum(case when status = 'landed' then 1 else 0 end) as deliveries_landed,
        sum(case when status = 'quarantined' then 1 else 0 end) as deliveries_quarantined,
        max(case when status = 'landed' then known_from end) as latest_known_from
    from {{ ref('stg_deliveries') }}
    group by feed
)

select
    feeds.feed,
    feeds.title,
    feeds.family,
    feeds.publisher,
    feeds.licence,
    feeds.contact_page,
    feeds.cadence,
    feeds.public_url,
    feeds.area_scheme,
    feeds.arrival_lag_months,
    feeds.due_months,
    feeds.due_years,
    feeds.disclosure,
    feeds.description,
    cast(coalesce(deliveries.deliveries_landed, 0) as integer) as deliveries_landed,
    cast(coalesce(deliveries.deliveries_quarantined, 0) as integer) as deliveries_quarantined,
    deliveries.latest_known_from
from feeds
left join deliveries
    on feeds.feed = deliveries.feed
order by feeds.feed
