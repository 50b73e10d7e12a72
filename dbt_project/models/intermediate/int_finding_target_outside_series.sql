-- A target so far from anything any area ever had that a decimal point or a unit must be wrong.
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
)

select
    stated.feed,
    stated.delivery_id,
    'warning' as severity,
    'target_outside_series' as check_name,
    stated.indicator_code,
    stated.part,
    stated.area_code,
    stated.period_label,
    stated.source_file as file_name,
    stated.source_sheet as sheet,
    stated.source_row as row_number,
    stated.period_label as column_name,
    stated.source_text as cell_value,
    'the target ' || cast(stated.target_value as string) || ' of ' || stated.area_code || ' for ' || stated.period_label
    || ' is far from all figures of ' || stated.indicator_code || ' ' || stated.part || ', which lie between '
    || cast(round(ranges.lowest, 2) as string) || ' and ' || cast(round(ranges.highest, 2) as string) || '.' as message,
    'Check the decimal point and the unit, and send the target again.' as remedy,
    1 as occurrences
from stated
inner join ranges
    on
        stated.indicator_code = ranges.indicator_code
        and stated.part = ranges.part
inner join {{ ref('int_indicator_part') }} as parts
    on
        stated.indicator_code = parts.indicator_code
        and stated.part = parts.part
where
    (stated.target_basis = 'level' or (stated.target_basis = 'percent_change' and parts.is_change))
    and stated.target_value is distinct from stated.earlier_target
    and greatest(stated.target_value - ranges.highest, ranges.lowest - stated.target_value)
    > {{ var('ranges_away') }} * (ranges.highest - ranges.lowest)
