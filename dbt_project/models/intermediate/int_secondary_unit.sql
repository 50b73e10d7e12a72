-- The smallest area in the same totals is hidden beside a sensitive one. Where none is large enough, an area elsewhere is,
-- with the totals that only one of the two lies in; where there is none at all, every total goes. A total is told by all
-- that add up to it: a trust that shares a council, of those that no trust holds whole, goes with the council's totals.
{% set view = 'indicator_code, part, period_label, period_basis, known_on, is_breakdown' -%}
with candidates as (
    select
        cells.indicator_code,
        cells.part,
        cells.period_label,
        cells.period_basis,
        cells.known_on,
        cells.is_breakdown,
        cells.dimensions,
        cells.area_code,
        cells.counted,
        cells.others,
        units.layers,
        units.shown_in,
        units.outers_shown,
        case when units.may_be_partner then units.size else 0 end as size,
        units.may_be_partner
    from {{ ref('int_disclosure_cell') }} as cells
    inner join {{ ref('int_disclosure_unit') }} as units
        on
            {{ same_table('cells', 'units', view=true) }}
            and cells.area_code = units.area_code
    where
        (
            units.may_be_partner
            and cells.counted > cells.bound
            and coalesce(cells.others > cells.bound, true)
            and (not cells.is_breakdown or coalesce(cells.rest > cells.bound, false))
        )
        or (units.needs_partner and cells.is_sensitive and not cells.is_breakdown)
),

beside as (
    select
        lacking.*,
        candidates.area_code as partner_code
    from {{ ref('int_unprotected_cell') }} as lacking
    left join candidates
        on
            {{ same_table('lacking', 'candidates', view=true) }}
            and lacking.dimensions = candidates.dimensions
            and lacking.layers = candidates.layers
            and lacking.shown_in = candidates.shown_in
            and candidates.may_be_partner
    qualify
        row_number() over (
            partition by
                lacking.indicator_code, lacking.part, lacking.period_label, lacking.period_basis, lacking.known_on,
                lacking.is_breakdown, lacking.dimensions, lacking.area_code
            order by candidates.size, candidates.area_code
        ) = 1
),

alone as (
    select *
    from beside
    where partner_code is null
),

outers as (
    select
        {{ view }},
        area_code,
        outer_code
    from {{ ref('int_disclosure_outer') }}
    where outer_is_shown
),

in_sensitive as (
    select *
    from {{ ref('int_disclosure_outer') }}
    where
        is_sensitive = 1
        and outer_is_sensitive = 1
),

of_one_total as (
    select distinct
        own.indicator_code,
        own.part,
        own.period_label,
        own.period_basis,
        own.known_on,
        own.is_breakdown,
        own.area_code,
        others.area_code as other_code
    from in_sensitive as own
    inner join in_sensitive as others
        on
            {{ same_table('own', 'others', view=true) }}
            and own.outer_code = others.outer_code
),

shared as (
    select
        alone.indicator_code,
        alone.part,
        alone.period_label,
        alone.period_basis,
        alone.known_on,
        alone.is_breakdown,
        alone.dimensions,
        alone.area_code,
        candidates.area_code as partner_code,
        max(candidates.size) as size,
        max(alone.outers_shown) + max(candidates.outers_shown) - 2 * count(*) as totals_lost
    from alone
    inner join outers
        on
            {{ same_table('alone', 'outers', view=true) }}
            and alone.area_code = outers.area_code
    inner join outers as others
        on
            {{ same_table('outers', 'others', view=true) }}
            and outers.outer_code = others.outer_code
    inner join candidates
        on
            {{ same_table('alone', 'candidates', view=true) }}
            and alone.dimensions = candidates.dimensions
            and others.area_code = candidates.area_code
            and alone.layers = candidates.layers
            and alone.area_code <> candidates.area_code
            and (
                candidates.may_be_partner
                -- hidden anyway, and enough together
                or (
                    not candidates.may_be_partner
                    and alone.counted + candidates.counted - 2 >= alone.bound
                    and coalesce(alone.others + candidates.others - 2 >= alone.bound, true)
                )
            )
    group by
        alone.indicator_code, alone.part, alone.period_label, alone.period_basis, alone.known_on, alone.is_breakdown,
        alone.dimensions, alone.area_code, candidates.area_code
),

elsewhere as (
    select shared.*
    from shared
    left join of_one_total
        on
            {{ same_table('shared', 'of_one_total', view=true) }}
            and shared.area_code = of_one_total.area_code
            and shared.partner_code = of_one_total.other_code
    where of_one_total.other_code is null
    qualify
        row_number() over (
            partition by
                shared.indicator_code, shared.part, shared.period_label, shared.period_basis, shared.known_on,
                shared.is_breakdown, shared.dimensions, shared.area_code
            order by shared.totals_lost, shared.size, shared.partner_code
        ) = 1
),

-- The sensitive area, and its partner from elsewhere: the totals of one that are not totals of the other.
ends as (
    select
        alone.*,
        alone.area_code as end_code,
        elsewhere.partner_code as other_end_code
    from alone
    left join elsewhere
        on
            {{ same_table('alone', 'elsewhere', view=true) }}
            and alone.dimensions = elsewhere.dimensions
            and alone.area_code = elsewhere.area_code
    union all
    select
        alone.*,
        elsewhere.partner_code as end_code,
        alone.area_code as other_end_code
    from alone
    inner join elsewhere
        on
            {{ same_table('alone', 'elsewhere', view=true) }}
            and alone.dimensions = elsewhere.dimensions
            and alone.area_code = elsewhere.area_code
),

lost as (
    select
        outers.indicator_code,
        outers.part,
        outers.period_label,
        outers.period_basis,
        outers.known_on,
        outers.is_breakdown,
        outers.outer_code as area_code,
        ends.end_code
    from ends
    inner join outers
        on
            {{ same_table('ends', 'outers', view=true) }}
            and ends.end_code = outers.area_code
    left join outers as others
        on
            {{ same_table('ends', 'others', view=true) }}
            and ends.other_end_code = others.area_code
            and outers.outer_code = others.outer_code
    where others.outer_code is null
)

select
    {{ view }},
    partner_code as area_code
from beside
where partner_code is not null
union
select
    {{ view }},
    partner_code as area_code
from elsewhere
union
select
    {{ view }},
    area_code
from lost
union
select
    lost.indicator_code,
    lost.part,
    lost.period_label,
    lost.period_basis,
    lost.known_on,
    lost.is_breakdown,
    min(units.area_code) as area_code
from lost
inner join {{ ref('int_area_partly') }} as partly
    on lost.end_code = partly.inner_code
inner join {{ ref('int_area_container') }} as containers
    on
        partly.outer_code = containers.inner_code
        and lost.area_code = containers.outer_code
inner join {{ ref('int_disclosure_unit') }} as units
    on
        {{ same_table('lost', 'units', view=true) }}
        and partly.outer_code = units.area_code
group by
    lost.indicator_code, lost.part, lost.period_label, lost.period_basis, lost.known_on, lost.is_breakdown, lost.end_code
