select
    feed,
    delivery_id,
    cast(
        row_number() over (
            partition by delivery_id
            order by
                case severity when 'error' then 1 when 'warning' then 2 else 3 end,
                check_name,
                file_name,
                sheet,
                row_number,
                column_name,
                cell_value,
                message
        ) as integer
    ) as issue_number,
    severity,
    check_name,
    delivery_status,
    edition,
    known_from,
    source_file,
    file_name,
    sheet,
    row_number,
    column_name,
    cell_value,
    message,
    remedy,
    occurrences
from {{ ref('stg_issues') }}
order by feed, delivery_id, issue_number
