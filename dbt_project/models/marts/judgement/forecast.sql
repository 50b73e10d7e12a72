-- The level to reach is on the scale of the figures: for a significant change the baseline moved by the target, for a
-- percentage change of a level the baseline changed by it. A rank has no level: what it takes depends on the other areas.
-- Of grades only the order is known, not how far apart they are, so that no line goes through them. A line
-- that happens to fit exactly is no certainty: its error is at least that of figures rounded to their decimals.
with lasts as (
    select
        area_code,
        indicator_code,
        part,
        commitment_type,
        version,
        max(period_end) as last_period_end
    from {{ ref('fct_target') }}
    group by area_code, indicator_code, part, commitment_type, version
),

targets as (
    select
        commitments.area_code,
        commitments.indicator_code,
        commitments.part,
        commitments.commitment_type,
        commitments.round_label,
        commitments.ends_on as round_ends_on,
        commitments.target_basis,
        commitments.comparator_code,
        commitments.baseline_value,
        commitments.edition,
        targets.period_label,
        targets.period_end,
        targets.target_value,
        targets.state,
        {{ agreement_year('targets.period_end') }} as agreement_year,
        case when commitments.target_basis = 'relative' then commitments.comparator_code end as series_comparator,
        lasts.last_period_end
    from {{ ref('int_target_in_round') }} as commitments
    inner join {{ ref('fct_target') }} as targets
        on
            {{ same_commitment('commitments', 'targets') }}
            and commitments.version = targets.version
    inner join lasts
        on
            {{ same_commitment('commitments', 'lasts') }}
            and commitments.version = lasts.version
),

levels as (
    select
        targets.*,
        parts.polarity,
        parts.unit,
        parts.is_change or parts.unit = 'percentage_points' as goes_below_zero,
        power(10.0, -2 * parts.decimals) / 12 as rounding_variance,
        case
            when targets.target_basis = 'rank' then null
            when targets.target_basis = 'percent_change' and not parts.is_change
                then targets.baseline_value * (1 + targets.target_value / 100)
            when targets.target_basis <> 'significant_change' then targets.target_value
            when parts.polarity = 'lower_is_better' then targets.baseline_value - targets.target_value
            else targets.baseline_value + targets.target_value
        end as level_to_reach
    from targets
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
),

lines as (
    select
        levels.*,
        trends.points,
        trends.first_period_label,
        trends.last_period_label,
        trends.last_value,
        trends.last_year,
        trends.slope,
        trends.points - 2 as freedom,
        trends.lowest_value,
        case
            when levels.state <> 'agreed' then levels.state
            when levels.level_to_reach is null and levels.target_basis <> 'rank' then 'no_baseline'
            when trends.last_year >= levels.agreement_year then 'outturn_known'
            when levels.target_basis in ('rank', 'ordinal') then levels.target_basis
            when trends.slope is null then 'not_enough_data'
        end as reason,
        trends.mean_value + trends.slope * (
            trends.last_at + levels.agreement_year - trends.last_year - trends.mean_at
        ) as on_line,
        sqrt(
            greatest(trends.residual_variance, levels.rounding_variance) * (
                1 + 1.0 / trends.points
                + power(trends.last_at + levels.agreement_year - trends.last_year - trends.mean_at, 2)
                / trends.spread_at
            )
        ) as error
    from levels
    left join {{ ref('int_trend') }} as trends
        on
            levels.area_code = trends.area_code
            and levels.indicator_code = trends.indicator_code
            and levels.part = trends.part
            and levels.round_label = trends.round_label
            and levels.series_comparator is not distinct from trends.comparator_code
),

measured as (
    select
        *,
        case when reason is null then on_line end as forecast_at,
        case when reason is null then error end as forecast_error,
        case when reason is null then (on_line - level_to_reach) / error end as t_over,
        case when reason is null then {{ t_for_normal(var('forecast_interval_z'), 'freedom') }} * error end as reach,
        case
            when reason is null and lowest_value >= 0 and series_comparator is null and not goes_below_zero then 0.0
        end as floor_value
    from lines
),

likely as (
    select
        *,
        case when unit = 'percent' and floor_value is not null then 100.0 end as ceiling_value,
        {{ normal_for_t('t_over', 'freedom') }} as z_over
    from measured
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    round_ends_on,
    period_label as target_period_label,
    period_end as target_period_end,
    period_end = last_period_end as is_final,
    state,
    target_basis,
    comparator_code,
    target_value,
    level_to_reach,
    cast(coalesce(points, 0) as integer) as points,
    first_period_label,
    last_period_label,
    cast(last_year as integer) as last_year,
    last_value,
    case when reason is null then slope end as slope,
    {% for limited, name in [
        ('forecast_at', 'value'), ('forecast_at - reach', 'lower'), ('forecast_at + reach', 'upper')
    ] -%}
    greatest(least({{ limited }}, coalesce(ceiling_value, {{ limited }})), coalesce(floor_value, {{ limited }}))
        as forecast_{{ name }},
    {% endfor -%}
    forecast_error,
    case polarity
        when 'higher_is_better' then round({{ normal_below('z_over') }}, 4)
        when 'lower_is_better' then round(1 - {{ normal_below('z_over') }}, 4)
    end as chance,
    reason,
    edition
from likely
