-- The same figures under another heading than in the feed's delivery before. One finding a delivery: where a heading
-- holds a period, renaming one renames them all. A heading may say that its figures are provisional, so only figures of
-- one status are compared.
with columns_compared as (
    select
        feed,
        delivery_id,
        source_file,
        source_sheet,
        source_column,
        lag(source_column) over (
            partition by feed, area_code, indicator_code, part, period_label, period_basis, status
            order by known_from, received_at, delivery_id
        ) as last_source_column
    from {{ ref('stg_observations') }}
    where dimensions = ''
),

renamed as (
    select distinct
        feed,
        delivery_id,
        source_file,
        source_sheet,
        source_column,
        last_source_column
    from columns_compared
    where source_column <> last_source_column
),

counted as (
    select
        *,
        count(*) over (partition by delivery_id) as occurrences
    from renamed
    qualify
        row_number() over (
            partition by delivery_id
            order by source_sheet, source_column, last_source_column
        ) = 1
)

select
    feed,
    delivery_id,
    'info' as severity,
    'renamed_column' as check_name,
    cast(null as string) as indicator_code,
    cast(null as string) as part,
    cast(null as string) as area_code,
    cast(null as string) as period_label,
    source_file as file_name,
    source_sheet as sheet,
    cast(null as integer) as row_number,
    source_column as column_name,
    cast(null as string) as cell_value,
    'columns that have another heading than in the delivery before: ' || cast(occurrences as string)
    || '; the first: ' || source_column || ', before ' || last_source_column || '.' as message,
    'Check with the publisher that they still mean the same.' as remedy,
    cast(occurrences as integer) as occurrences
from counted
