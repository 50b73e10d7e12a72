-- A target set anew that would be reached by doing worse: than the baseline told with it, or than a later result known on
-- that day. An older result is not held against it: things may have got worse before the baseline. One finding a delivery
-- and measure, with the worst as its example.
with stated as (
    select
        *,
        lag(target_value) over (
            partition by area_code, indicator_code, part, commitment_type, period_label
            order by version
        ) as earlier_target
    from {{ ref('fct_target') }}
),

set_anew as (
    select
        stated.*,
        case when parts.polarity = 'lower_is_better' then -1 else 1 end as sign
    from stated
    inner join {{ ref('int_indicator_part') }} as parts
        on
            stated.indicator_code = parts.indicator_code
            and stated.part = parts.part
    where
        stated.state = 'agreed'
        and (stated.target_basis in ('level', 'ordinal') or (stated.target_basis = 'percent_change' and parts.is_change))
        and stated.target_value is distinct from stated.earlier_target
        and stated.period_end > stated.known_from
        and parts.polarity in ('higher_is_better', 'lower_is_better')
),

base_periods as (
    select
        indicator_code,
        part,
        replace(period_label, ' Q4', '') as base_period_label,
        max(agreement_year) as agreement_year
    from {{ ref('int_year_figure') }}
    group by indicator_code, part, replace(period_label, ' Q4', '')
),

results as (
    select
        set_anew.*,
        figures.period_label as result_period_label,
        figures.value as result,
        row_number() over (
            partition by
                set_anew.area_code, set_anew.indicator_code, set_anew.part, set_anew.commitment_type,
                set_anew.period_label, set_anew.version
            order by figures.ends_at desc, figures.period_basis
        ) as place
    from set_anew
    left join base_periods
        on
            set_anew.indicator_code = base_periods.indicator_code
            and set_anew.part = base_periods.part
            and set_anew.base_period_label = base_periods.base_period_label
    inner join {{ ref('int_year_figure') }} as figures
        on
            set_anew.area_code = figures.area_code
            and set_anew.indicator_code = figures.indicator_code
            and set_anew.part = figures.part
            and {{ known_on('figures', 'set_anew.known_from') }}
            and figures.agreement_year >= coalesce(
                base_periods.agreement_year,
                try_cast(
                    case
                        when set_anew.base_period_label like '____-__' then substr(set_anew.base_period_label, 1, 2)
                        || substr(set_anew.base_period_label, 6, 2)
                        else substr(set_anew.base_period_label, 1, 4)
                    end as integer
                ),
                figures.agreement_year
            )
),

compared as (
    select
        *,
        round(sign * (result - target_value), 6) as lost
    from results
    where place = 1
    union all
    select
        *,
        base_period_label as result_period_label,
        baseline_value as result,
        1 as place,
        round(sign * (baseline_value - target_value), 6) as lost
    from set_anew
    where
        baseline_value is not null
        and target_basis in ('level', 'ordinal')
),

counted as (
    select
        *,
        count(*) over (partition by delivery_id, indicator_code, part) as occurrences,
        row_number() over (
            partition by delivery_id, indicator_code, part
            order by lost / nullif(abs(result), 0) desc nulls last, area_code, commitment_type, period_label
        ) as example
    from (
        select *
        from compared
        where lost > 0
        qualify
            row_number() over (
                partition by area_code, indicator_code, part, commitment_type, period_label, version
                order by lost desc, result_period_label desc
            ) = 1
    ) as worse
)

select
    feed,
    delivery_id,
    'warning' as severity,
    'target_below_last_result' as check_name,
    indicator_code,
    part,
    area_code,
    period_label,
    source_file as file_name,
    source_sheet as sheet,
    source_row as row_number,
    cast(null as string) as column_name,
    source_text as cell_value,
    'targets of ' || indicator_code || ' ' || part || ' that are worse than the last result when they were set: '
    || cast(occurrences as string) || '; the furthest: ' || area_code || ', ' || cast(target_value as string)
    || ' in ' || period_label || ' after ' || cast(round(result, 2) as string)
    || coalesce(' in ' || result_period_label, '') || '.' as message,
    'Ask why less is aimed at than was reached, or correct the target.' as remedy,
    cast(occurrences as integer) as occurrences
from counted
where example = 1
