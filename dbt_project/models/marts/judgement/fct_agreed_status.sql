with versions as (
    {{
        versioned(ref('stg_agreed_statuses'), [
            'area_code', 'indicator_code', 'part', 'commitment_type', 'round_label'
        ])
    }}
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    office_view,
    office_reason,
    agreed_status,
    agreed_reason,
    agreed_on,
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
order by area_code, indicator_code, part, commitment_type, round_label, version
