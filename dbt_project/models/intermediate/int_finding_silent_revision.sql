-- Figures told as final, changed by a later delivery that tells them as final again. One finding a delivery and
-- measure, with the first cell of the file as its example.
with silent as (
    select
        *,
        count(*) over (partition by delivery_id, indicator_code, part) as occurrences
    from {{ ref('fct_observation') }}
    where
        revision_kind = 'silent'
        and dimensions = ''
        and derivation is null
    qualify
        row_number() over (
            partition by delivery_id, indicator_code, part
            order by source_sheet, source_row, source_column, area_code, period_label
        ) = 1
)

select
    feed,
    delivery_id,
    'warning' as severity,
    'silent_revision' as check_name,
    indicator_code,
    part,
    area_code,
    period_label,
    source_file as file_name,
    source_sheet as sheet,
    source_row as row_number,
    source_column as column_name,
    source_text as cell_value,
    'final values of ' || indicator_code || ' ' || part || ' changed without a word: '
    || cast(occurrences as string) || '; the first: ' || coalesce(area_text, area_code) || ', ' || period_label
    || ', was ' || cast(round(previous_value, 6) as string) || ' and is ' || cast(round(value, 6) as string)
    || '.' as message,
    'Ask the publisher what changed; the values known before stay as earlier revisions.' as remedy,
    cast(occurrences as integer) as occurrences
from silent
