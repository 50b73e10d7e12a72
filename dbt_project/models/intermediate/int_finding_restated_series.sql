-- A delivery that changes most of what was settled of a measure tells a new method or new data, not a mended figure.
select
    feed,
    delivery_id,
    'info' as severity,
    'restated_series' as check_name,
    indicator_code,
    part,
    cast(null as string) as area_code,
    cast(null as string) as period_label,
    max(source_file) as file_name,
    cast(null as string) as sheet,
    cast(null as integer) as row_number,
    cast(null as string) as column_name,
    cast(null as string) as cell_value,
    'final values of ' || indicator_code || ' ' || part || ' that are not what they were: ' || cast(count(*) as string)
    || ' in ' || cast(count(distinct period_label) as string) || ' periods, changed by '
    || cast(round(100 * avg(value / nullif(previous_value, 0) - 1), 1) as string)
    || ' per cent on average: the series was restated.' as message,
    'Compare periods within this delivery only; the values known before stay as earlier revisions.' as remedy,
    cast(count(*) as integer) as occurrences
from {{ ref('fct_observation') }}
where
    revision_kind = 'restated'
    and dimensions = ''
    and derivation is null
group by feed, delivery_id, indicator_code, part
