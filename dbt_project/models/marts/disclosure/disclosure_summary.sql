-- How many of the hidden cells are small themselves is told for all tables together: of one table it would tell which of
-- two cells was hidden for the other's sake.
{% set view = 'indicator_code, part, period_label, period_basis, known_on, is_breakdown' -%}
with held as (
    select
        outers.indicator_code,
        outers.part,
        outers.period_label,
        outers.period_basis,
        outers.known_on,
        outers.is_breakdown,
        outers.outer_code,
        cells.dimensions
    from {{ ref('int_disclosure_outer') }} as outers
    inner join {{ ref('int_disclosure_unit') }} as units
        on
            {{ same_table('outers', 'units', view=true) }}
            and outers.area_code = units.area_code
    inner join {{ ref('int_disclosure_cell') }} as cells
        on
            {{ same_table('outers', 'cells', view=true) }}
            and outers.area_code = cells.area_code
    where
        outers.outer_is_shown
        and units.needs_partner
        and cells.is_sensitive
    group by
        outers.indicator_code, outers.part, outers.period_label, outers.period_basis, outers.known_on,
        outers.is_breakdown, outers.outer_code, cells.dimensions
    having
        sum(coalesce(cells.counted, 1)) - count(*) < max(cells.bound)
        or coalesce(
            sum(case when cells.is_share then coalesce(cells.others, 1) end) - count(*) < max(cells.bound), false
        )
),

-- A total that gives away what it holds needs one more cell hidden: itself or in it. Two totals of which neither lies in
-- the other need one each.
apart as (
    select
        held.indicator_code,
        held.part,
        held.period_label,
        held.period_basis,
        held.known_on,
        count(*) as totals
    from held
    left join (
        select
            inner_totals.*,
            containers.outer_code as around_code
        from held as inner_totals
        inner join {{ ref('int_area_container') }} as containers
            on inner_totals.outer_code = containers.inner_code
    ) as inners
        on
            {{ same_table('held', 'inners', view=true) }}
            and held.dimensions = inners.dimensions
            and held.outer_code = inners.around_code
    where inners.outer_code is null
    group by held.indicator_code, held.part, held.period_label, held.period_basis, held.known_on
),

needed as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        max(totals) as totals
    from apart
    group by indicator_code, part, period_label, period_basis
),

cells as (
    select
        count(*) as cells,
        sum(case when suppressed_by = 'publisher' then 1 else 0 end) as hidden_by_publisher,
        sum(case when suppressed_by = 'hub' then 1 else 0 end) as hidden_by_hub
    from {{ ref('fct_observation_current') }}
    where derivation is null
),

small as (
    select count(*) as cells
    from {{ ref('int_hidden_cell') }}
    where is_small
)

select
    cast(cells.cells as integer) as cells,
    cast(cells.hidden_by_publisher as integer) as hidden_by_publisher,
    cast(cells.hidden_by_hub as integer) as hidden_by_hub,
    cast(small.cells as integer) as small_cells,
    cast(cells.hidden_by_hub - small.cells as integer) as added_cells,
    cast(small.cells + coalesce((select sum(totals) from needed), 0) as integer) as least_hidden_by_hub,
    '{{ var("edition") }}' as edition
from cells
cross join small
