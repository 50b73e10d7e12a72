-- Sensitive areas in the same totals make up for one another as soon as they leave room: each counts at least one. Words of
-- a breakdown do not: an area's own total holds them together.
{% set view = 'indicator_code, part, period_label, period_basis, known_on, is_breakdown' -%}
with cells as (
    select
        cells.*,
        units.layers,
        units.shown_in,
        units.outers_shown
    from {{ ref('int_disclosure_cell') }} as cells
    inner join {{ ref('int_disclosure_unit') }} as units
        on
            {{ same_table('cells', 'units', view=true) }}
            and cells.area_code = units.area_code
    where
        cells.is_sensitive
        and units.needs_partner
        and units.outers_shown > 0
),

together as (
    select
        *,
        count(*) over beside as areas,
        sum(coalesce(counted, 1)) over beside as counted_beside,
        sum(case when is_share then coalesce(others, 1) end) over beside as others_beside
    from cells
    window beside as (partition by {{ view }}, dimensions, layers, shown_in)
)

select
    {{ view }},
    dimensions,
    area_code,
    layers,
    shown_in,
    outers_shown,
    bound,
    counted,
    others
from together
where
    is_breakdown
    or counted_beside - areas < bound
    or coalesce(others_beside - areas < bound, false)
