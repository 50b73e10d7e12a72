-- A delivery that only repeats what was known adds no row: a figure stays that of the delivery that said it first.
select
    area_code,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    dimensions,
    value,
    numerator,
    denominator,
    lower_ci,
    upper_ci,
    survey_base,
    design_effect,
    mark,
    suppressed_by,
    note,
    status,
    known_from,
    lead(known_from) over known as known_to,
    revision,
    revision_kind,
    previous_value,
    delivery_id,
    feed,
    edition,
    source_file,
    source_sheet,
    source_row,
    source_rows,
    source_column,
    source_text,
    derivation,
    correction_code,
    area_text,
    lead(delivery_id) over known is null as is_current
from {{ ref('int_observation_revision') }}
where revision_kind <> 'unchanged' or is_change = 1
window known as (
    partition by area_code, indicator_code, part, period_label, period_basis, dimensions
    order by known_from, received_at, delivery_id, correction_code nulls first
)
order by
    indicator_code, part, area_code, period_start, period_label, period_basis, dimensions, known_from,
    delivery_id, correction_code nulls first
