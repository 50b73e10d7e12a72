-- A hidden total that is told beside all that add up to it is no secret: it can only be another with one of them. Where none
-- in it is sensitive itself, one is hidden with it: of those that hold nothing told the one in most totals, for that is at
-- the bottom of all of them, and the smallest. A trust that no council is wholly in goes with one partly in it.
{% set view = 'indicator_code, part, period_label, period_basis, known_on, is_breakdown' -%}
with cells as (
    select * from {{ ref('int_told_cell') }}
),

units as (
    select
        {{ view }},
        area_code,
        max(counted) as size,
        max(case when is_sensitive then 1 else 0 end) as is_sensitive
    from cells
    group by {{ view }}, area_code
),

within as (
    select
        inner_code,
        outer_code,
        true as is_whole
    from {{ ref('int_area_container') }}
    union all
    select
        inner_code,
        outer_code,
        false as is_whole
    from {{ ref('int_area_partly') }}
),

pairs as (
    select
        inners.*,
        outers.area_code as outer_code,
        outers.is_sensitive as outer_is_sensitive,
        within.is_whole
    from units as inners
    inner join within
        on inners.area_code = within.inner_code
    inner join units as outers
        on
            {{ same_table('inners', 'outers', view=true) }}
            and within.outer_code = outers.area_code
),

holders as (
    select
        {{ view }},
        outer_code as area_code,
        max(case when is_whole then is_sensitive else 0 end) as holds_sensitive,
        max(case when is_whole then 1 else 0 end) as holds_whole
    from pairs
    group by {{ view }}, outer_code
),

around as (
    select
        {{ view }},
        area_code,
        count(*) as areas
    from pairs
    where is_whole
    group by {{ view }}, area_code
)

select
    cells.indicator_code,
    cells.part,
    cells.period_label,
    cells.period_basis,
    cells.known_on,
    cells.is_breakdown,
    cells.dimensions,
    cells.area_code as outer_code,
    inners.area_code,
    least(coalesce(cells.counted, 1), inners.counted) as counted,
    case when cells.is_share then least(coalesce(cells.others, 1), inners.others) end as others
from cells
inner join holders
    on
        {{ same_table('cells', 'holders', view=true) }}
        and cells.area_code = holders.area_code
        and holders.holds_sensitive = 0
inner join pairs
    on
        {{ same_table('cells', 'pairs', view=true) }}
        and cells.area_code = pairs.outer_code
        and pairs.is_whole = (holders.holds_whole = 1)
inner join cells as inners
    on
        {{ same_table('cells', 'inners', view=true) }}
        and cells.dimensions = inners.dimensions
        and pairs.area_code = inners.area_code
left join holders as held
    on
        {{ same_table('inners', 'held', view=true) }}
        and inners.area_code = held.area_code
left join around
    on
        {{ same_table('inners', 'around', view=true) }}
        and inners.area_code = around.area_code
where
    cells.is_sensitive
    and inners.counted is not null
    and held.area_code is null
qualify
    row_number() over (
        partition by
            cells.indicator_code, cells.part, cells.period_label, cells.period_basis, cells.known_on,
            cells.is_breakdown, cells.dimensions, cells.area_code
        order by pairs.is_sensitive desc, around.areas desc nulls last, pairs.size, inners.area_code
    ) = 1
