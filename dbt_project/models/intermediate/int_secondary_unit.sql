-- The smallest area in the same totals is hidden beside a sensitive one. Where none is large enough, an area elsewhere is,
-- with the totals that only one of the two lies in; where there is none at all, every total goes.
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
    select *
    from shared
    qualify
        row_number() over (
            partition by
                indicator_code, part, period_label, period_basis, known_on, is_breakdown, dimensions, area_code
            order by totals_lost, size, partner_code
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
    outers.indicator_code,
    outers.part,
    outers.period_label,
    outers.period_basis,
    outers.known_on,
    outers.is_breakdown,
    outers.outer_code as area_code
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
