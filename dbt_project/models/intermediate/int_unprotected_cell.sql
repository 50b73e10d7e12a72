-- Sensitive areas in the same totals make up for one another as soon as they leave room: each counts at least one. Words of
-- a breakdown do not: an area's own total holds them together. Nor do areas of one sensitive total, which would stay as it is.
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

holding as (
    select
        cells.indicator_code,
        cells.part,
        cells.period_label,
        cells.period_basis,
        cells.known_on,
        cells.is_breakdown,
        cells.dimensions,
        cells.area_code,
        cells.layers,
        cells.shown_in,
        outers.outer_code,
        coalesce(cells.counted, 1) - 1 as room,
        case when cells.is_share then coalesce(cells.others, 1) - 1 end as room_of_others
    from cells
    inner join {{ ref('int_disclosure_outer') }} as outers
        on
            {{ same_table('cells', 'outers', view=true) }}
            and cells.area_code = outers.area_code
            and outers.outer_is_sensitive = 1
),

-- What an area cannot count on: the others of its sensitive totals.
bound_up as (
    select
        {{ view }},
        dimensions,
        area_code,
        sum(room_of_total - room) as room,
        sum(room_of_others_of_total - room_of_others) as room_of_others
    from (
        select
            *,
            sum(room) over same_total as room_of_total,
            sum(room_of_others) over same_total as room_of_others_of_total
        from holding
        window same_total as (partition by {{ view }}, dimensions, layers, shown_in, outer_code)
    ) as held
    group by {{ view }}, dimensions, area_code
),

together as (
    select
        *,
        sum(coalesce(counted, 1) - 1) over beside as room,
        sum(case when is_share then coalesce(others, 1) - 1 end) over beside as room_of_others
    from cells
    window beside as (partition by {{ view }}, dimensions, layers, shown_in)
)

select
    together.indicator_code,
    together.part,
    together.period_label,
    together.period_basis,
    together.known_on,
    together.is_breakdown,
    together.dimensions,
    together.area_code,
    together.layers,
    together.shown_in,
    together.outers_shown,
    together.bound,
    together.counted,
    together.others
from together
left join bound_up
    on
        {{ same_table('together', 'bound_up', view=true) }}
        and together.dimensions = bound_up.dimensions
        and together.area_code = bound_up.area_code
where
    together.is_breakdown
    or together.room - coalesce(bound_up.room, 0) < together.bound
    or coalesce(together.room_of_others - coalesce(bound_up.room_of_others, 0) < together.bound, false)
