select
    correction_code,
    feed,
    indicator_code,
    part,
    area_code,
    period_label,
    coalesce(dimensions, '') as dimensions,
    published_exactly,
    published_above,
    published_below,
    corrected_value,
    multiply_by,
    reason,
    source,
    decided_on
from {{ landed('corrections') }}
where
    edition = '{{ var("edition") }}'
    and {{ known_by_now('decided_on') }}
