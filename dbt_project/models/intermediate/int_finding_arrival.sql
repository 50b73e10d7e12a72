-- Deliveries that came after their month, and due months in which none came.
select
    feed,
    delivery_id,
    'warning' as severity,
    status || '_delivery' as check_name,
    cast(null as string) as indicator_code,
    cast(null as string) as part,
    cast(null as string) as area_code,
    cast(null as string) as period_label,
    cast(null as string) as file_name,
    cast(null as string) as sheet,
    cast(null as integer) as row_number,
    cast(null as string) as column_name,
    cast(null as string) as cell_value,
    'a delivery was due by ' || cast(due_on as string)
    || case
        when status = 'late' then ' and came ' || cast(days_late as string) || ' days after, on '
            || cast(known_from as string)
        when deliveries_refused > 0 then '; what came was refused'
        else ' and none came'
    end || '.' as message,
    case status
        when 'late' then 'Figures between the two days were those of the delivery before.'
        else 'Ask the publisher; figures are those of the delivery before.'
    end as remedy,
    1 as occurrences
from {{ ref('fct_arrival') }}
where status in ('late', 'missing')
