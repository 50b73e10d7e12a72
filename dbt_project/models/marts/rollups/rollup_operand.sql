-- What was counted, not what was reported: an area printed together with another counts once, and one whose
-- numerator is hidden leaves its denominator out (see int_rollup_operand). A figure worked out from two roll-ups has the
-- operands of both. For regions and England only: rollup_cover names the areas of every other body.
with sides as (
    select
        indicator_code,
        part,
        kind,
        from_part as operand_part,
        cast(null as string) as base_period_label
    from {{ ref('derived_parts') }}
    union all
    select
        indicator_code,
        part,
        kind,
        coalesce(minus_part, from_part) as operand_part,
        base_period_label
    from {{ ref('derived_parts') }}
),

rolled as (
    select
        rollups.area_code,
        rollups.relation,
        rollups.indicator_code,
        rollups.part,
        rollups.period_label,
        rollups.period_basis,
        rollups.cover,
        rollups.boundaries_on,
        rollups.edition,
        coalesce(sides.operand_part, rollups.part) as operand_part,
        coalesce(sides.base_period_label, rollups.period_label) as operand_period_label
    from {{ ref('rollup_area') }} as rollups
    left join sides
        on
            rollups.indicator_code = sides.indicator_code
            and rollups.part = sides.part
            and rollups.method = sides.kind
    where
        rollups.reason is null
        and rollups.relation in ('country', 'region')
        and (rollups.method in ('ratio_of_sums', 'sum') or sides.kind is not null)
)

select
    rolled.area_code as parent_code,
    rolled.indicator_code,
    rolled.part,
    rolled.period_label,
    rolled.period_basis,
    operands.area_code,
    rolled.operand_part,
    rolled.operand_period_label,
    operands.value,
    operands.numerator,
    operands.denominator,
    operands.mark,
    rolled.edition
from rolled
inner join {{ ref('int_rollup_operand') }} as operands
    on
        rolled.area_code = operands.parent_code
        and rolled.relation = operands.relation
        and rolled.cover = operands.cover
        and rolled.boundaries_on = operands.boundaries_on
        and rolled.indicator_code = operands.indicator_code
        and rolled.operand_part = operands.part
        and rolled.operand_period_label = operands.period_label
        and rolled.period_basis = operands.period_basis
order by
    rolled.indicator_code, rolled.part, rolled.period_label, rolled.period_basis, rolled.area_code,
    operands.area_code, rolled.operand_part, rolled.operand_period_label
