with versions as (
    {{ versioned(ref('stg_return_register'), ['partnership_code', 'round_label']) }}
)

select
    partnership_code,
    round_label,
    returns_due,
    due_on,
    received_on,
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
order by partnership_code, round_label, version
