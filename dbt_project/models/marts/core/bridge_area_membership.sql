-- A delivered area lies in its council no longer than the council is there.
with memberships as (
    select
        child_code,
        parent_code,
        relation,
        share,
        valid_from,
        valid_to,
        source,
        verification,
        1 as version,
        cast(null as date) as known_from,
        cast(null as date) as known_to,
        true as is_current
    from {{ ref('area_memberships') }}
    union all
    select
        delivered.area_code as child_code,
        delivered.parent_code,
        'council' as relation,
        1.0 as share,
        delivered.valid_from,
        coalesce(delivered.valid_to, councils.valid_to) as valid_to,
        delivered.source,
        'sourced' as verification,
        delivered.version,
        delivered.known_from,
        delivered.known_to,
        delivered.is_current
    from {{ ref('int_area_delivered') }} as delivered
    left join {{ ref('areas') }} as councils
        on delivered.parent_code = councils.area_code
)

select
    child_code,
    parent_code,
    relation,
    share,
    valid_from,
    valid_to,
    source,
    verification,
    version,
    known_from,
    known_to,
    is_current
from memberships
order by relation, parent_code, child_code, version
