-- What adds up over the year is held against a year's target; a baseline that is a quarter's figure is a part of one. A
-- rank is not measured from its baseline.
select
    targets.feed,
    targets.delivery_id,
    'warning' as severity,
    'quarter_against_year' as check_name,
    targets.indicator_code,
    targets.part,
    targets.area_code,
    targets.base_period_label as period_label,
    targets.source_file as file_name,
    targets.source_sheet as sheet,
    targets.source_row as row_number,
    cast(null as string) as column_name,
    targets.base_period_label as cell_value,
    'the baseline of ' || targets.area_code || ' for ' || targets.indicator_code || ' ' || targets.part
    || ' is the figure of a quarter, ' || targets.base_period_label || ', but adds up over the year: it is compared with '
    || cast(count(*) as string) || ' targets of whole years.' as message,
    'Give the whole year''s figure as the baseline.' as remedy,
    cast(count(*) as integer) as occurrences
from {{ ref('fct_target') }} as targets
inner join {{ ref('int_indicator_part') }} as parts
    on
        targets.indicator_code = parts.indicator_code
        and targets.part = parts.part
where
    parts.cumulative_in_year
    and targets.target_basis <> 'rank'
    and targets.base_period_label like '% Q_'
    and targets.base_period_label not like '% Q4'
    and {{ month_number('targets.period_end') }} - {{ month_number('targets.period_start') }} + 1 >= 12
group by
    targets.feed, targets.delivery_id, targets.indicator_code, targets.part, targets.area_code, targets.commitment_type,
    targets.base_period_label, targets.source_file, targets.source_sheet, targets.source_row
