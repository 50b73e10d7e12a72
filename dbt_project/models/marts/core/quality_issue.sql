-- What the door found in a file, and what only the warehouse can find: a delivery against those before it.
with issues as (
    select
        feed,
        delivery_id,
        severity,
        check_name,
        cast(null as string) as indicator_code,
        cast(null as string) as part,
        cast(null as string) as area_code,
        cast(null as string) as period_label,
        file_name,
        sheet,
        row_number,
        column_name,
        cell_value,
        message,
        remedy,
        occurrences
    from {{ ref('stg_issues') }}
    union all
    select * from {{ ref('int_finding') }}
)

select
    issues.feed,
    issues.delivery_id,
    cast(
        row_number() over (
            partition by issues.feed, issues.delivery_id
            order by
                case issues.severity when 'error' then 1 when 'warning' then 2 else 3 end,
                issues.check_name,
                issues.file_name,
                issues.sheet,
                issues.row_number,
                issues.column_name,
                issues.cell_value,
                issues.message
        ) as integer
    ) as issue_number,
    issues.severity,
    issues.check_name,
    deliveries.status as delivery_status,
    '{{ var("edition") }}' as edition,
    deliveries.known_from,
    deliveries.file_name as source_file,
    coalesce(issues.file_name, deliveries.file_name) as file_name,
    issues.sheet,
    issues.row_number,
    issues.column_name,
    issues.cell_value,
    issues.indicator_code,
    issues.part,
    issues.area_code,
    issues.period_label,
    issues.message,
    issues.remedy,
    issues.occurrences
from issues
left join {{ ref('stg_deliveries') }} as deliveries
    on issues.delivery_id = deliveries.delivery_id
order by issues.feed, issues.delivery_id, issue_number
