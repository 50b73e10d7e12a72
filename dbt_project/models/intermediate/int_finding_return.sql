-- Returns of partnerships that came after the day they were due, or had not come by the day of the register's file.
-- One finding a delivery, round and kind, with the first row of the register as its example.
with judged as (
    select
        *,
        case
            when received_on > due_on then 'late_return'
            when received_on is null and due_on < known_from then 'missing_return'
        end as check_name
    from {{ ref('fct_return_register') }}
    where is_current
),

counted as (
    select
        *,
        count(*) over (partition by delivery_id, round_label, check_name) as occurrences
    from judged
    where check_name is not null
    qualify
        row_number() over (
            partition by delivery_id, round_label, check_name
            order by source_sheet, source_row
        ) = 1
)

select
    feed,
    delivery_id,
    'warning' as severity,
    check_name,
    cast(null as string) as indicator_code,
    cast(null as string) as part,
    cast(null as string) as area_code,
    round_label as period_label,
    source_file as file_name,
    source_sheet as sheet,
    source_row as row_number,
    cast(null as string) as column_name,
    partnership_code as cell_value,
    case check_name
        when 'late_return' then 'partnerships that sent what was due for ' || round_label || ' after its day: '
        else 'partnerships that had not sent what was due for ' || round_label || ' by '
            || cast(known_from as string) || ': '
    end
    || cast(occurrences as string) || '; the first: ' || partnership_code || ', due on ' || cast(due_on as string)
    || coalesce(', received on ' || cast(received_on as string), '') || '.' as message,
    'See marts.fct_return_register for all of them.' as remedy,
    cast(occurrences as integer) as occurrences
from counted
