-- A publisher on one set of boundaries leaves a cell blank where an area was not yet, or no longer, there.
with lives as (
    select
        area_code,
        valid_from,
        valid_to
    from {{ ref('areas') }}
),

landed as (
    select
        observations.*,
        observations.value is null
        and observations.mark = 'not_available'
        and (observations.period_end < lives.valid_from or observations.period_start > lives.valid_to)
            as is_outside_life
    from {{ ref('int_observation_protected') }} as observations
    left join lives
        on observations.area_code = lives.area_code
)

select
    delivery_id,
    feed,
    edition,
    source_file,
    known_from,
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
    case when coalesce(is_outside_life, false) then 'did_not_exist' else mark end as mark,
    suppressed_by,
    note,
    status,
    source_sheet,
    source_row,
    source_rows,
    source_column,
    source_text,
    cast(null as string) as derivation,
    correction_code
from landed

union all

select
    delivery_id,
    feed,
    edition,
    source_file,
    known_from,
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
    suppressed_by,
    note,
    status,
    source_sheet,
    source_row,
    source_rows,
    source_column,
    source_text,
    derivation,
    correction_code
from {{ ref('int_observation_derived') }}
