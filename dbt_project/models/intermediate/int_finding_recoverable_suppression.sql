-- Which total gives a hidden count away, not the count itself.
select
    hidden.feed,
    hidden.delivery_id,
    'warning' as severity,
    'recoverable_suppression' as check_name,
    hidden.indicator_code,
    hidden.part,
    hidden.area_code,
    hidden.period_label,
    children.source_file as file_name,
    children.source_sheet as sheet,
    children.source_row as row_number,
    children.source_column as column_name,
    children.source_text as cell_value,
    'the count of ' || coalesce(children.area_text, children.area_code) || ' is hidden, yet the total of '
    || coalesce(totals.area_text, totals.area_code) || ' and the counts of all its other areas give '
    || 'it away (' || hidden.indicator_code || ' ' || hidden.part
    || ', ' || hidden.period_label || ').' as message,
    'Tell the publisher; the hub hides another count beside it.' as remedy,
    1 as occurrences
from {{ ref('int_recoverable_suppression') }} as hidden
inner join {{ ref('stg_observations') }} as children
    on
        hidden.delivery_id = children.delivery_id
        and hidden.indicator_code = children.indicator_code
        and hidden.part = children.part
        and hidden.period_label = children.period_label
        and hidden.period_basis = children.period_basis
        and hidden.area_code = children.area_code
inner join {{ ref('stg_observations') }} as totals
    on
        hidden.delivery_id = totals.delivery_id
        and hidden.indicator_code = totals.indicator_code
        and hidden.part = totals.part
        and hidden.period_label = totals.period_label
        and hidden.period_basis = totals.period_basis
        and hidden.total_code = totals.area_code
where
    hidden.is_exact
    and children.dimensions = ''
    and totals.dimensions = ''
