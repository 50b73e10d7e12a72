with ranked as (
    select * from {{ ref('int_observation_ranked') }}
),

indicators as (
    select
        indicator_code,
        part,
        definition_version,
        polarity,
        decimals,
        cumulative_in_year
    from {{ ref('dim_indicator') }}
),

latest as (
    select
        ranked.*,
        indicators.polarity,
        indicators.decimals,
        coalesce(
            indicators.cumulative_in_year
            and ranked.period_basis in ('quarter', 'undated_quarter', 'half_year', 'term', 'month', 'week'),
            false
        ) as is_year_to_date
    from ranked
    inner join indicators
        on
            ranked.indicator_code = indicators.indicator_code
            and ranked.part = indicators.part
            and ranked.definition_version = indicators.definition_version
    where ranked.recency = 1
),

-- A figure that builds up through the year is compared with the same stretch of the year before; one under another
-- version of the definition with none before it.
compared as (
    select
        latest.*,
        previous.period_label as previous_period_label,
        previous.value as previous_value,
        latest.value - previous.value as change,
        case
            when latest.decimals is null then latest.value - previous.value
            else
                round(latest.value * power(10, latest.decimals))
                - round(previous.value * power(10, latest.decimals))
        end as visible_change
    from latest
    left join ranked as previous
        on
            latest.area_code = previous.area_code
            and latest.indicator_code = previous.indicator_code
            and latest.part = previous.part
            and latest.period_basis = previous.period_basis
            and latest.definition_version = previous.definition_version
            and (
                (not latest.is_year_to_date and previous.recency_in_basis = 2)
                or (
                    latest.is_year_to_date
                    and previous.period_start = latest.period_start - interval 1 year
                    and previous.period_end between
                        latest.period_end - interval 1 year - interval 1 day
                        and latest.period_end - interval 1 year + interval 1 day
                )
            )
)

select
    area_code,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    value,
    numerator,
    denominator,
    lower_ci,
    upper_ci,
    mark,
    note,
    status,
    previous_period_label,
    previous_value,
    change,
    case
        when visible_change is null then 'no_comparison'
        when polarity is null or polarity not in ('higher_is_better', 'lower_is_better') then 'no_comparison'
        when visible_change = 0 then 'maintained'
        when (visible_change > 0) = (polarity = 'higher_is_better') then 'improved'
        else 'deteriorated'
    end as direction_of_travel,
    cast(periods as integer) as periods,
    known_from,
    delivery_id,
    feed,
    edition,
    source_file,
    source_sheet,
    source_row,
    source_rows,
    source_column,
    source_text,
    derivation,
    correction_code,
    area_text
from compared
order by indicator_code, part, area_code
