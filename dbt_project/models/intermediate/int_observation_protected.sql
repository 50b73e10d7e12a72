-- What a hidden cell tells is hidden in every revision and correction of it, and so is all that carries the number. A row
-- its publisher left blank stays as it is.
with judged as (
    select
        observations.*,
        hidden.area_code is not null
        and observations.mark is distinct from 'suppressed'
        and (
            observations.value is not null
            or observations.numerator is not null
            or observations.denominator is not null
        ) as is_hidden
    from {{ ref('int_observation_stated') }} as observations
    left join {{ ref('int_hidden_cell') }} as hidden
        on
            {{ same_table('observations', 'hidden') }}
            and observations.dimensions = hidden.dimensions
            and observations.area_code = hidden.area_code
)

select
    delivery_id,
    feed,
    edition,
    source_file,
    known_from,
    delivery_known_from,
    received_at,
    indicator_code,
    part,
    definition_version,
    area_code,
    area_text,
    period_label,
    period_basis,
    period_start,
    period_end,
    dimensions,
    case when not is_hidden then value end as value,
    case when not is_hidden then numerator end as numerator,
    case when not is_hidden then denominator end as denominator,
    case when not is_hidden then lower_ci end as lower_ci,
    case when not is_hidden then upper_ci end as upper_ci,
    case when not is_hidden then survey_base end as survey_base,
    case when not is_hidden then design_effect end as design_effect,
    case when is_hidden then 'suppressed' else mark end as mark,
    case when is_hidden then 'hub' when mark = 'suppressed' then 'publisher' end as suppressed_by,
    case when is_hidden then 'Hidden by the hub, so that no small count is given away.' else note end as note,
    status,
    source_sheet,
    source_row,
    source_rows,
    source_column,
    case when not is_hidden then source_text end as source_text,
    correction_code
from judged
