-- Two areas that lie in the same totals shown can make up for one another: what one has more the other has less, and no
-- total tells.
{% set table = 'indicator_code, part, period_label, period_basis, known_on, is_breakdown' -%}
with units as (
    select
        {{ table }},
        area_code,
        max(case when is_sensitive then 1 else 0 end) as is_sensitive,
        max(counted) as size
    from {{ ref('int_disclosure_cell') }}
    group by {{ table }}, area_code
),

outers as (
    select
        {{ table }},
        area_code,
        {{ listed("case when outer_is_shown then outer_code end") }} as shown_in,
        sum(case when outer_is_shown then 1 else 0 end) as outers_shown,
        max(outer_is_sensitive) as is_in_sensitive
    from {{ ref('int_disclosure_outer') }}
    group by {{ table }}, area_code
),

inners as (
    select
        {{ table }},
        outer_code as area_code,
        max(is_sensitive) as holds_sensitive
    from {{ ref('int_disclosure_outer') }}
    group by {{ table }}, outer_code
)

select
    units.indicator_code,
    units.part,
    units.period_label,
    units.period_basis,
    units.known_on,
    units.is_breakdown,
    units.area_code,
    units.size,
    coalesce(outers.outers_shown, 0) as outers_shown,
    outers.shown_in,
    units.is_sensitive = 1 and coalesce(inners.holds_sensitive, 0) = 0 as needs_partner,
    units.is_sensitive = 0
    and units.size is not null
    and inners.area_code is null
    and coalesce(outers.is_in_sensitive, 0) = 0 as may_be_partner
from units
left join outers
    on
        {{ same_table('units', 'outers', view=true) }}
        and units.area_code = outers.area_code
left join inners
    on
        {{ same_table('units', 'inners', view=true) }}
        and units.area_code = inners.area_code
