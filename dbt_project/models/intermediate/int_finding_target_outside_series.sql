-- A target so far from anything any area ever had that a decimal point or a unit must be wrong; a rank that is no place
-- among the areas with an agreement; a grade that the scale does not have.
with stated as (
    select
        *,
        lag(target_value) over (
            partition by area_code, indicator_code, part, commitment_type, period_label
            order by version
        ) as earlier_target
    from {{ ref('fct_target') }}
),

ranges as (
    select
        indicator_code,
        part,
        min(value) as lowest,
        max(value) as highest
    from {{ ref('int_year_figure') }}
    where known_to is null
    group by indicator_code, part
    having count(distinct area_code) >= {{ var('range_of_areas') }}
),

grades as (
    select
        indicator_code,
        part,
        min(grade) as lowest,
        max(grade) as highest
    from {{ ref('indicator_grades') }}
    group by indicator_code, part
),

agreements as (
    select count(distinct area_code) as areas
    from {{ ref('fct_target') }}
),

far as (
    select
        stated.*,
        case
            when
                (stated.target_basis = 'level' or (stated.target_basis = 'percent_change' and parts.is_change))
                and greatest(stated.target_value - ranges.highest, ranges.lowest - stated.target_value)
                > {{ var('ranges_away') }} * (ranges.highest - ranges.lowest)
                then
                    'is far from all figures of ' || stated.indicator_code || ' ' || stated.part || ', which lie between '
                    || cast(round(ranges.lowest, 2) as string) || ' and ' || cast(round(ranges.highest, 2) as string)
            when
                stated.target_basis = 'rank'
                and not coalesce(parts.polarity in ('higher_is_better', 'lower_is_better'), false)
                then 'is a rank, but neither more nor less of ' || stated.indicator_code || ' ' || stated.part || ' is better'
            when
                stated.target_basis = 'rank'
                and (
                    stated.target_value < 1 or stated.target_value <> floor(stated.target_value)
                    or stated.target_value > agreements.areas
                )
                then
                    'is no place among the ' || cast(agreements.areas as string) || ' areas with an agreement'
            when stated.target_basis = 'ordinal' and grades.highest is null
                then 'is a grade, but ' || stated.indicator_code || ' ' || stated.part || ' has no grades'
            when
                stated.target_basis = 'ordinal'
                and (
                    stated.target_value <> floor(stated.target_value)
                    or stated.target_value not between grades.lowest and grades.highest
                )
                then
                    'is no grade of ' || stated.indicator_code || ' ' || stated.part || ', which go from '
                    || cast(grades.lowest as string) || ' to ' || cast(grades.highest as string)
        end as wrong
    from stated
    inner join {{ ref('int_indicator_part') }} as parts
        on
            stated.indicator_code = parts.indicator_code
            and stated.part = parts.part
    left join ranges
        on
            stated.indicator_code = ranges.indicator_code
            and stated.part = ranges.part
    left join grades
        on
            stated.indicator_code = grades.indicator_code
            and stated.part = grades.part
    cross join agreements
    where stated.target_value is distinct from stated.earlier_target
)

select
    feed,
    delivery_id,
    'warning' as severity,
    'target_outside_series' as check_name,
    indicator_code,
    part,
    area_code,
    period_label,
    source_file as file_name,
    source_sheet as sheet,
    source_row as row_number,
    period_label as column_name,
    source_text as cell_value,
    'the target ' || cast(target_value as string) || ' of ' || area_code || ' for ' || period_label || ' ' || wrong || '.'
        as message,
    'Check the decimal point, the unit and the basis, and send the target again.' as remedy,
    1 as occurrences
from far
where wrong is not null
