-- What was counted, not what was reported: an area printed together with another counts once, and one whose
-- numerator is hidden leaves its denominator out (see int_rollup_input).
select
    rollups.region_code,
    rollups.indicator_code,
    rollups.part,
    rollups.period_label,
    rollups.period_basis,
    inputs.area_code,
    inputs.value,
    inputs.numerator,
    inputs.denominator,
    inputs.mark,
    rollups.edition
from {{ ref('rollup_region') }} as rollups
inner join {{ ref('int_area_cover') }} as covers
    on
        rollups.region_code = covers.region_code
        and rollups.cover = covers.cover
        and rollups.boundaries_on = covers.boundaries_on
inner join {{ ref('int_rollup_input') }} as inputs
    on
        covers.area_code = inputs.area_code
        and rollups.indicator_code = inputs.indicator_code
        and rollups.part = inputs.part
        and rollups.period_label = inputs.period_label
        and rollups.period_basis = inputs.period_basis
where rollups.reason is null
order by
    rollups.indicator_code, rollups.part, rollups.period_label, rollups.period_basis, rollups.region_code,
    inputs.area_code
