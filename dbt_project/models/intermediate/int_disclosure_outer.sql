-- A council that carries a trust it is only partly in lies in it as well as those wholly in theirs.
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
),

within as (
    select
        units.*,
        containers.outer_code
    from units
    inner join {{ ref('int_area_container') }} as containers
        on units.area_code = containers.inner_code
    union
    select
        units.*,
        carrying.outer_code
    from units
    inner join {{ ref('int_carrying_cell') }} as carrying
        on
            {{ same_table('units', 'carrying', view=true) }}
            and units.area_code = carrying.area_code
)

select
    within.indicator_code,
    within.part,
    within.period_label,
    within.period_basis,
    within.known_on,
    within.is_breakdown,
    within.area_code,
    within.outer_code,
    within.is_sensitive,
    outers.is_sensitive as outer_is_sensitive,
    outers.is_sensitive = 0 and outers.is_told = 1 as outer_is_shown
from within
inner join units as outers
    on
        {{ same_table('within', 'outers', view=true) }}
        and within.outer_code = outers.area_code
