-- Least squares in closed form; time is in years from 2000 on, so that the sums stay small. Where an area's figures come
-- as several series, or were redefined, the line is that of the series with the newest figure, then with the most.
-- Decimals add up to the same in any order, so that equal data gives equal bytes (docs/decisions/016).
with figures as (
    select
        *,
        cast(ends_at as decimal(19, 6)) as exact_at,
        cast(value as decimal(19, 6)) as exact_value
    from {{ ref('int_year_figure_known') }}
),

series as (
    select
        round_label,
        known_on,
        area_code,
        comparator_code,
        indicator_code,
        part,
        period_basis,
        definition_version,
        count(*) as points,
        min(period_label) as first_period_label,
        max(period_label) as last_period_label,
        max(agreement_year) as last_year,
        max(ends_at) as last_at,
        max_by(value, ends_at) as last_value,
        min(value) as lowest_value,
        cast(sum(exact_at) as double) / count(*) as mean_at,
        cast(sum(exact_value) as double) / count(*) as mean_value,
        cast(sum(exact_at * exact_at) as double) as squares_at,
        cast(sum(exact_at * exact_value) as double) as products,
        cast(sum(exact_value * exact_value) as double) as squares_value
    from figures
    group by
        round_label, known_on, area_code, comparator_code, indicator_code, part, period_basis, definition_version
),

chosen as (
    select
        *,
        squares_at - points * mean_at * mean_at as spread_at,
        products - points * mean_at * mean_value as joint_spread,
        squares_value - points * mean_value * mean_value as spread_value,
        row_number() over (
            partition by known_on, area_code, comparator_code, indicator_code, part
            order by last_at desc, points desc, period_basis, definition_version desc
        ) as place
    from series
)

select
    round_label,
    known_on,
    area_code,
    comparator_code,
    indicator_code,
    part,
    period_basis,
    points,
    first_period_label,
    last_period_label,
    last_year,
    last_at,
    last_value,
    lowest_value,
    mean_at,
    mean_value,
    spread_at,
    case when points >= {{ var('forecast_points') }} then joint_spread / spread_at end as slope,
    case
        when points >= {{ var('forecast_points') }}
            then greatest(spread_value - joint_spread * joint_spread / spread_at, 0) / (points - 2)
    end as residual_variance
from chosen
where place = 1
