with versions as (
    {{ versioned(ref('stg_returns'), ['partnership_code', 'area_code', 'indicator_code', 'part', 'round_label']) }}
)

select
    partnership_code,
    area_code,
    indicator_code,
    part,
    round_label,
    self_assessed_status,
    self_assessed_direction,
    commentary,
    cause,
    board_decision,
    board_decided_on,
    version,
    known_from,
    known_to,
    is_current,
    delivery_id,
    feed,
    edition,
    source_file,
    source_sheet,
    source_row,
    source_text
from versions
order by partnership_code, area_code, indicator_code, part, round_label, version
