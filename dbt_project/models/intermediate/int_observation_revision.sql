-- A delivery that repeats what was known keeps its row but is no revision; provisional turning final
-- without a changed figure is none either.
with deliveries_compared as (
    select
        *,
        row_number() over known as delivery_number,
        lag(value) over known as last_value_known,
        lag(numerator) over known as last_numerator,
        lag(denominator) over known as last_denominator,
        lag(mark) over known as last_mark,
        lead(delivery_id) over known is null as is_current
    from {{ ref('int_observation') }}
    window known as (
        partition by area_code, indicator_code, part, period_label, period_basis, dimensions
        order by known_from, received_at, delivery_id
    )
),

changes as (
    select
        *,
        case
            when delivery_number = 1 then 1
            when value is distinct from last_value_known then 1
            when numerator is distinct from last_numerator then 1
            when denominator is distinct from last_denominator then 1
            when mark is distinct from last_mark then 1
            else 0
        end as is_change
    from deliveries_compared
)

select
    *,
    cast(
        sum(is_change) over (
            partition by area_code, indicator_code, part, period_label, period_basis, dimensions
            order by known_from, received_at, delivery_id
            rows between unbounded preceding and current row
        ) as integer
    ) as revision
from changes
