-- What moves with a hidden total is as sensitive as it is, and has no more room than it.
with carrying as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        known_on,
        dimensions,
        area_code,
        min(counted) as counted,
        min(others) as others
    from {{ ref('int_carrying_cell') }}
    group by indicator_code, part, period_label, period_basis, known_on, dimensions, area_code
)

select
    told.indicator_code,
    told.part,
    told.period_label,
    told.period_basis,
    told.known_on,
    told.dimensions,
    told.is_breakdown,
    told.area_code,
    told.bound,
    told.is_share,
    coalesce(carrying.counted, told.counted) as counted,
    coalesce(carrying.others, told.others) as others,
    told.rest,
    told.is_sensitive or carrying.area_code is not null as is_sensitive
from {{ ref('int_told_cell') }} as told
left join carrying
    on
        {{ same_table('told', 'carrying') }}
        and told.known_on = carrying.known_on
        and told.dimensions = carrying.dimensions
        and told.area_code = carrying.area_code
