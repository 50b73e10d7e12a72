with units as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        known_on,
        is_breakdown,
        area_code,
        max(case when is_sensitive then 1 else 0 end) as is_sensitive,
        max(case when counted is not null then 1 else 0 end) as is_told
    from {{ ref('int_disclosure_cell') }}
    group by indicator_code, part, period_label, period_basis, known_on, is_breakdown, area_code
)

select
    units.indicator_code,
    units.part,
    units.period_label,
    units.period_basis,
    units.known_on,
    units.is_breakdown,
    units.area_code,
    outers.area_code as outer_code,
    units.is_sensitive,
    outers.is_sensitive as outer_is_sensitive,
    outers.is_sensitive = 0 and outers.is_told = 1 as outer_is_shown
from units
inner join {{ ref('int_area_container') }} as containers
    on units.area_code = containers.inner_code
inner join units as outers
    on
        {{ same_table('units', 'outers', view=true) }}
        and containers.outer_code = outers.area_code
