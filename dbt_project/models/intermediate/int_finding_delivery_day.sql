-- Days of publication that cannot be, or that lie before those of a delivery that was here already and that this one
-- says again. Neither moves a delivery: known_from alone gives it its place. Files that came on one day, such as an
-- archive landed at once, came together.
with deliveries as (
    select
        *,
        cast(received_at as date) as received_on,
        coalesce(published_on, known_from) as dated_on
    from {{ ref('stg_deliveries') }}
    where status = 'landed'
),

pairs as (
    select
        later.delivery_id,
        earlier.delivery_id as earlier_delivery_id,
        earlier.file_name as earlier_file,
        earlier.dated_on as earlier_dated_on,
        later.known_from < earlier.known_from as is_before
    from deliveries as later
    inner join deliveries as earlier
        on
            later.feed = earlier.feed
            and later.received_on > earlier.received_on
            and later.dated_on < earlier.dated_on
),

subjects as (
    select distinct
        delivery_id,
        indicator_code,
        part,
        area_code,
        period_label
    from {{ ref('stg_observations') }}
    where delivery_id in (select delivery_id from pairs union all select earlier_delivery_id from pairs)
    union distinct
    select distinct
        delivery_id,
        indicator_code,
        part,
        area_code,
        period_label
    from {{ ref('stg_targets') }}
    where delivery_id in (select delivery_id from pairs union all select earlier_delivery_id from pairs)
),

said_again as (
    select
        pairs.delivery_id,
        pairs.earlier_file,
        pairs.earlier_dated_on,
        pairs.is_before,
        count(*) as occurrences
    from pairs
    inner join subjects as later
        on pairs.delivery_id = later.delivery_id
    inner join subjects as earlier
        on
            pairs.earlier_delivery_id = earlier.delivery_id
            and later.indicator_code = earlier.indicator_code
            and later.part = earlier.part
            and later.area_code = earlier.area_code
            and later.period_label = earlier.period_label
    group by
        pairs.delivery_id, pairs.earlier_delivery_id, pairs.earlier_file, pairs.earlier_dated_on, pairs.is_before
    qualify
        row_number() over (
            partition by pairs.delivery_id
            order by pairs.earlier_dated_on desc, pairs.earlier_delivery_id
        ) = 1
),

found as (
    select
        delivery_id,
        'dated_in_future' as check_name,
        'it is dated ' || cast(published_on as string) || ', after the day on which it came, '
        || cast(received_on as string) || '; its figures are known from ' || cast(known_from as string) || '.'
            as message,
        1 as occurrences
    from deliveries
    where published_on > received_on
    union all
    select
        deliveries.delivery_id,
        'dated_before_revised' as check_name,
        'it is dated ' || cast(deliveries.dated_on as string) || ', before ' || said_again.earlier_file || ' ('
        || cast(said_again.earlier_dated_on as string) || '), which was here already and of which it says '
        || cast(said_again.occurrences as string) || ' figures again; '
        || case
            when said_again.is_before then 'it is known from its own day, so that the other one stands.'
            else 'it is known from the day on which it came, so that it stands.'
        end as message,
        said_again.occurrences
    from said_again
    inner join deliveries
        on said_again.delivery_id = deliveries.delivery_id
)

select
    deliveries.feed,
    deliveries.delivery_id,
    'warning' as severity,
    found.check_name,
    cast(null as string) as indicator_code,
    cast(null as string) as part,
    cast(null as string) as area_code,
    cast(null as string) as period_label,
    deliveries.file_name,
    cast(null as string) as sheet,
    cast(null as integer) as row_number,
    cast(null as string) as column_name,
    cast(null as string) as cell_value,
    found.message,
    'Ask the publisher for the day; land the file again with it if it is another.' as remedy,
    cast(found.occurrences as integer) as occurrences
from found
inner join deliveries
    on found.delivery_id = deliveries.delivery_id
