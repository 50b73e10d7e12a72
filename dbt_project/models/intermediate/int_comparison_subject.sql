-- The latest figure of each council on each measure, with the number of the same measure in the period before, and in the
-- one that progress is measured from: the last that was over when the spending period of the agreements began, else the
-- first there is, of the same time of year.
with figures as (
    select
        figures.*,
        areas.area_class,
        areas.region_code
    from {{ ref('int_comparison_figure') }} as figures
    inner join {{ ref('int_comparison_area') }} as areas
        on figures.area_code = areas.area_code
),

latest as (
    select
        figures.*,
        observations.previous_period_label
    from figures
    inner join {{ ref('latest_observation') }} as observations
        on
            figures.area_code = observations.area_code
            and figures.indicator_code = observations.indicator_code
            and figures.part = observations.part
            and figures.definition_version = observations.definition_version
            and figures.period_label = observations.period_label
            and figures.period_basis = observations.period_basis
),

earlier as (
    select
        latest.area_code,
        latest.measure_number,
        figures.measure_number as earlier_number,
        figures.period_label,
        figures.period_label is not distinct from latest.previous_period_label as is_previous,
        case
            when
                figures.value is not null
                and figures.period_end < latest.period_end
                and month(figures.period_end) = month(latest.period_end)
                then
                    row_number() over (
                        partition by
                            latest.area_code, latest.measure_number, figures.value is not null
                            and figures.period_end < latest.period_end
                            and month(figures.period_end) = month(latest.period_end)
                        order by
                            case
                                when figures.period_end <= cast('{{ var("psa_baseline_ends_on") }}' as date) then 0
                                else 1
                            end,
                            abs(
                                {{ month_number('figures.period_end') }}
                                - {{ month_number("cast('" ~ var('psa_baseline_ends_on') ~ "' as date)") }}
                            ),
                            figures.period_start desc,
                            figures.period_label
                    )
        end as baseline_choice
    from latest
    inner join figures
        on
            latest.area_code = figures.area_code
            and latest.indicator_code = figures.indicator_code
            and latest.part = figures.part
            and latest.definition_version = figures.definition_version
            and latest.period_basis = figures.period_basis
            and latest.measure_number <> figures.measure_number
),

periods as (
    select
        area_code,
        measure_number,
        max(case when is_previous then earlier_number end) as previous_number,
        max(case when baseline_choice = 1 then earlier_number end) as baseline_number,
        max(case when baseline_choice = 1 then period_label end) as baseline_period_label
    from earlier
    group by area_code, measure_number
)

select
    latest.*,
    periods.previous_number,
    periods.baseline_number,
    periods.baseline_period_label,
    parts.unit,
    parts.decimals,
    parts.per,
    parts.aggregation_rule,
    case parts.polarity when 'higher_is_better' then 1 when 'lower_is_better' then -1 end as better_sign
from latest
inner join {{ ref('dim_indicator') }} as parts
    on
        latest.indicator_code = parts.indicator_code
        and latest.part = parts.part
        and latest.definition_version = parts.definition_version
left join periods
    on
        latest.area_code = periods.area_code
        and latest.measure_number = periods.measure_number
