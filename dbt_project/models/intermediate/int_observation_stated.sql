-- A correction puts a further row beside the delivery's own, known from the day it was decided. Limits around a wrong
-- figure are wrong with it: they move by the same factor, or are left out.
with defined as (
    select
        observations.*,
        observations.known_from as delivery_known_from,
        coalesce(definitions.definition_version, 1) as definition_version
    from {{ ref('stg_observations') }} as observations
    left join {{ ref('int_definition') }} as definitions
        on
            observations.indicator_code = definitions.indicator_code
            and observations.part = definitions.part
            and (definitions.known_from is null or observations.known_from >= definitions.known_from)
            and (definitions.known_to is null or observations.known_from < definitions.known_to)
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
    value,
    numerator,
    denominator,
    lower_ci,
    upper_ci,
    survey_base,
    design_effect,
    mark,
    note,
    status,
    source_sheet,
    source_row,
    source_rows,
    source_column,
    source_text,
    cast(null as string) as correction_code
from defined

union all

select
    defined.delivery_id,
    defined.feed,
    defined.edition,
    defined.source_file,
    corrections.known_from,
    defined.delivery_known_from,
    defined.received_at,
    defined.indicator_code,
    defined.part,
    defined.definition_version,
    defined.area_code,
    defined.area_text,
    defined.period_label,
    defined.period_basis,
    defined.period_start,
    defined.period_end,
    defined.dimensions,
    corrections.corrected_value as value,
    defined.numerator,
    defined.denominator,
    round(defined.lower_ci * corrections.multiply_by, 8) as lower_ci,
    round(defined.upper_ci * corrections.multiply_by, 8) as upper_ci,
    defined.survey_base,
    defined.design_effect,
    defined.mark,
    coalesce(defined.note || ' ', '') || 'Corrected by the hub from '
    || cast(corrections.published_value as string) || ': ' || corrections.reason || '.' as note,
    defined.status,
    defined.source_sheet,
    defined.source_row,
    defined.source_rows,
    defined.source_column,
    defined.source_text,
    corrections.correction_code
from {{ ref('int_correction') }} as corrections
inner join defined
    on
        corrections.delivery_id = defined.delivery_id
        and corrections.indicator_code = defined.indicator_code
        and corrections.part = defined.part
        and corrections.area_code = defined.area_code
        and corrections.period_label = defined.period_label
        and corrections.period_basis = defined.period_basis
        and corrections.dimensions = defined.dimensions
