with versions as (
    {{
        versioned(ref('stg_actions'), [
            'partnership_code', 'area_code', 'indicator_code', 'part', 'round_label', 'action_number'
        ])
    }}
)

select
    partnership_code,
    area_code,
    indicator_code,
    part,
    round_label,
    action_number,
    action,
    owner_post,
    due_on,
    state,
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
order by partnership_code, area_code, indicator_code, part, round_label, action_number, version
