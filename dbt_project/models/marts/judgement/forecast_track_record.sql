-- A forecast is held against the outturn as known now, and against the target as it stood when the forecast was made.
with outturns as (
    select
        area_code,
        comparator_code,
        indicator_code,
        part,
        agreement_year,
        max_by(value, ends_at) as outturn
    from {{ ref('int_year_figure_known') }}
    where round_label is null
    group by area_code, comparator_code, indicator_code, part, agreement_year
),

scored as (
    select
        forecasts.round_label,
        forecasts.indicator_code,
        forecasts.part,
        cast(forecasts.chance as decimal(5, 4)) as chance,
        least(floor(forecasts.chance * 10), 9) as band,
        case
            when parts.polarity = 'lower_is_better' and outturns.outturn <= forecasts.level_to_reach then 1
            when parts.polarity = 'higher_is_better' and outturns.outturn >= forecasts.level_to_reach then 1
            else 0
        end as met,
        case
            when outturns.outturn between forecasts.forecast_lower and forecasts.forecast_upper then 1 else 0
        end as within_interval,
        case
            when abs(outturns.outturn - forecasts.forecast_value) < abs(outturns.outturn - forecasts.last_value) then 1
            else 0
        end as nearer
    from {{ ref('forecast') }} as forecasts
    inner join {{ ref('int_indicator_part') }} as parts
        on
            forecasts.indicator_code = parts.indicator_code
            and forecasts.part = parts.part
    inner join outturns
        on
            forecasts.area_code = outturns.area_code
            and forecasts.indicator_code = outturns.indicator_code
            and forecasts.part = outturns.part
            and {{ agreement_year('forecasts.target_period_end') }} = outturns.agreement_year
            and case when forecasts.target_basis = 'relative' then forecasts.comparator_code end
            is not distinct from outturns.comparator_code
    where forecasts.chance is not null
)

select
    round_label,
    indicator_code,
    part,
    cast(band / 10 as double) as chance_from,
    cast((band + 1) / 10 as double) as chance_to,
    cast(count(*) as integer) as forecasts,
    cast(sum(met) as integer) as met,
    avg(chance) as mean_chance,
    avg(cast(met as double)) as share_met,
    avg((chance - met) * (chance - met)) as brier_score,
    avg(cast(within_interval as double)) as share_within_interval,
    avg(cast(nearer as double)) as share_nearer_than_last_figure,
    '{{ var("edition") }}' as edition
from scored
group by grouping sets ((), (band), (round_label), (round_label, band), (indicator_code, part))
having count(*) > 0
order by round_label nulls first, indicator_code nulls first, part nulls first, chance_from nulls first
