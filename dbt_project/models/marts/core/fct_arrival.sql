-- A due month is answered by the first delivery that landed from its first day on and before the feed's next due
-- month; several files of one delivery, or a good copy of a refused one, answer it once. Nothing is expected of a
-- feed before its own first delivery, nor in months that had not ended when the last delivery of all was known.
with deliveries as (
    select * from {{ ref('stg_deliveries') }}
),

feeds as (
    select
        feeds.feed,
        feeds.due_months,
        feeds.due_years,
        min(deliveries.known_from) as first_known
    from {{ ref('stg_feeds') }} as feeds
    inner join deliveries
        on feeds.feed = deliveries.feed
    where feeds.due_months is not null
    group by feeds.feed, feeds.due_months, feeds.due_years
),

-- A century of months: the last due month, too, ends where the next begins.
numbered as (
    {{ dbt.generate_series(1200) }}
),

span as (
    select
        year(min(known_from)) as first_year,
        max(known_from) as last_known
    from deliveries
),

months as (
    select
        span.last_known,
        cast(span.first_year + floor((numbered.generated_number - 1) / 12) as integer) as due_year,
        cast((numbered.generated_number - 1) % 12 + 1 as integer) as due_month
    from numbered
    cross join span
),

dated as (
    select
        *,
        cast(
            cast(due_year as string) || '-' || lpad(cast(due_month as string), 2, '0') || '-01' as date
        ) as opens_on
    from months
),

due as (
    select
        feeds.feed,
        feeds.first_known,
        dated.last_known,
        dated.opens_on,
        last_day(dated.opens_on) as due_on,
        lead(dated.opens_on) over (partition by feeds.feed order by dated.opens_on) as next_opens_on
    from feeds
    inner join dated
        on
            ',' || feeds.due_months || ',' like '%,' || cast(dated.due_month as string) || ',%'
            and (
                feeds.due_years is null
                or ',' || feeds.due_years || ',' like '%,' || cast(dated.due_year as string) || ',%'
            )
),

answered as (
    select
        due.feed,
        due.due_on,
        deliveries.delivery_id,
        deliveries.published_on,
        deliveries.known_from,
        deliveries.status,
        sum(case when deliveries.status = 'quarantined' then 1 else 0 end) over (
            partition by due.feed, due.due_on
        ) as refused
    from due
    left join deliveries
        on
            due.feed = deliveries.feed
            and deliveries.known_from >= due.opens_on
            and (due.next_opens_on is null or deliveries.known_from < due.next_opens_on)
    where
        due.due_on >= due.first_known
        and due.due_on <= due.last_known
    qualify
        row_number() over (
            partition by due.feed, due.due_on
            order by
                case deliveries.status when 'landed' then 1 else 2 end,
                deliveries.known_from,
                deliveries.received_at,
                deliveries.delivery_id
        ) = 1
)

select
    feed,
    due_on,
    case
        when status is distinct from 'landed' then 'missing'
        when known_from > due_on then 'late'
        else 'on_time'
    end as status,
    case when status = 'landed' then delivery_id end as delivery_id,
    case when status = 'landed' then published_on end as published_on,
    case when status = 'landed' then known_from end as known_from,
    cast(
        case when status = 'landed' then greatest({{ dbt.datediff('due_on', 'known_from', 'day') }}, 0) end as integer
    ) as days_late,
    cast(refused as integer) as deliveries_refused,
    '{{ var("edition") }}' as edition
from answered
order by feed, due_on
