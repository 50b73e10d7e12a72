-- Two areas that lie in the same totals shown can make up for one another: what one has more the other has less, and no
-- total tells. They must be of one layer, for a trust is not among the councils that add up to a region; and lie in totals
-- of the same layers, for those of one are shown beside others that add up to a region as well.
{% set table = 'indicator_code, part, period_label, period_basis, known_on, is_breakdown' -%}
with kinds as (
    select
        area_code,
        case when tier in ('single', 'upper', 'lower') then 'council' else area_type end as layer
    from {{ ref('areas') }}
    union all
    select
        area_code,
        max(area_type) as layer
    from {{ ref('int_area_delivered') }}
    group by area_code
),

outer_layers as (
    select distinct
        outers.indicator_code,
        outers.part,
        outers.period_label,
        outers.period_basis,
        outers.known_on,
        outers.is_breakdown,
        outers.area_code,
        kinds.layer
    from {{ ref('int_disclosure_outer') }} as outers
    inner join kinds
        on outers.outer_code = kinds.area_code
    where kinds.layer <> 'council'
),

layers as (
    select
        {{ table }},
        area_code,
        {{ listed('layer') }} as outer_layers
    from outer_layers
    group by {{ table }}, area_code
),

units as (
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
),

partly as (
    select distinct
        units.indicator_code,
        units.part,
        units.period_label,
        units.period_basis,
        units.known_on,
        units.is_breakdown,
        partly.outer_code as area_code
    from units
    inner join {{ ref('int_area_partly') }} as partly
        on units.area_code = partly.inner_code
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
    kinds.layer || ' in ' || coalesce(layers.outer_layers, '') as layers,
    coalesce(outers.outers_shown, 0) as outers_shown,
    outers.shown_in,
    units.is_sensitive = 1 and coalesce(inners.holds_sensitive, 0) = 0 as needs_partner,
    units.is_sensitive = 0
    and units.size is not null
    and inners.area_code is null
    and partly.area_code is null
    and coalesce(outers.is_in_sensitive, 0) = 0 as may_be_partner
from units
inner join kinds
    on units.area_code = kinds.area_code
left join layers
    on
        {{ same_table('units', 'layers', view=true) }}
        and units.area_code = layers.area_code
left join outers
    on
        {{ same_table('units', 'outers', view=true) }}
        and units.area_code = outers.area_code
left join inners
    on
        {{ same_table('units', 'inners', view=true) }}
        and units.area_code = inners.area_code
left join partly
    on
        {{ same_table('units', 'partly', view=true) }}
        and units.area_code = partly.area_code
