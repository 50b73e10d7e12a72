-- What the door found in a file, and what only the warehouse can find: a delivery against those before it. The door
-- quotes cells: of a row with a hidden figure it is told only that something was found.
with hidden as (
    select distinct
        observations.delivery_id,
        observations.source_sheet,
        observations.source_row
    from {{ ref('stg_observations') }} as observations
    inner join {{ ref('int_hidden_cell') }} as cells
        on
            {{ same_table('observations', 'cells') }}
            and observations.dimensions = cells.dimensions
            and observations.area_code = cells.area_code
),

issues as (
    select
        found.feed,
        found.delivery_id,
        found.severity,
        found.check_name,
        cast(null as string) as indicator_code,
        cast(null as string) as part,
        cast(null as string) as area_code,
        cast(null as string) as period_label,
        found.file_name,
        found.sheet,
        found.row_number,
        found.column_name,
        case when hidden.delivery_id is null then found.cell_value end as cell_value,
        case
            when hidden.delivery_id is null then found.message
            else 'The hub hides the figure of this row, and what was found in it.'
        end as message,
        found.remedy,
        found.occurrences
    from {{ ref('stg_issues') }} as found
    left join hidden
        on
            found.delivery_id = hidden.delivery_id
            and coalesce(found.sheet, '') = coalesce(hidden.source_sheet, '')
            and found.row_number = hidden.source_row
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
