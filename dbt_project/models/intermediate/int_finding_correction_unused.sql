-- Said only once the feed has delivered: before that there is nothing a correction could be used on.
select
    corrections.feed,
    cast(null as string) as delivery_id,
    'warning' as severity,
    'correction_unused' as check_name,
    corrections.indicator_code,
    corrections.part,
    corrections.area_code,
    corrections.period_label,
    'corrections.yaml' as file_name,
    cast(null as string) as sheet,
    cast(null as integer) as row_number,
    cast(null as string) as column_name,
    corrections.correction_code as cell_value,
    'The correction ' || corrections.correction_code || ' changes nothing: no delivery of the feed holds the figure as '
    || 'the correction found it.' as message,
    'Remove the correction, or put its key and guard right.' as remedy,
    1 as occurrences
from {{ ref('stg_corrections') }} as corrections
left join {{ ref('int_correction') }} as applied
    on corrections.correction_code = applied.correction_code
where
    applied.correction_code is null
    and corrections.feed in (select feed from {{ ref('stg_deliveries') }} where status = 'landed')
