-- What is ready in a month is published in the feed's next due month after it; feeds without a schedule have one month.
with months as (
    {{ dbt.generate_series(12) }}
),

ready as (
    select cast(generated_number - 1 as integer) as ready_in
    from months
)

select
    feeds.feed,
    ready.ready_in,
    min(1 + cast((due.generated_number - ready.ready_in + 23) % 12 as integer)) as months_to_wait
from {{ ref('stg_feeds') }} as feeds
cross join ready
inner join months as due
    on ',' || feeds.due_months || ',' like '%,' || cast(cast(due.generated_number as integer) as string) || ',%'
group by feeds.feed, ready.ready_in
