-- Both operands come from one delivery: a later delivery may have restated the base.
with rules as (
    select * from {{ ref('derived_parts') }}
),

scales as (
    select
        indicator_code,
        part,
        definition_version,
        per,
        power(10, decimals) as places
    from {{ ref('int_definition') }}
),

scaled as (
    select
        observations.*,
        scales.places,
        scales.per * observations.numerator / nullif(observations.denominator, 0) as ratio
    from {{ ref('int_observation_protected') }} as observations
    inner join (select distinct indicator_code from rules) as ruled
        on observations.indicator_code = ruled.indicator_code
    left join scales
        on
            observations.indicator_code = scales.indicator_code
            and observations.part = scales.part
            and observations.definition_version = scales.definition_version
),

-- A published value that was cut to the decimals of its indicator is less exact than its numerator and
-- denominator, unless those were rounded so much that they no longer give that value.
judged as (
    select
        *,
        coalesce(
            abs(value * places - round(value * places)) < 0.000001
            and abs(ratio - value) * places < 0.500001,
            false
        ) as is_rebuilt
    from scaled
),

measured as (
    select
        *,
        case when is_rebuilt then ratio else value end as exact_value,
        case
            when is_rebuilt then cast(numerator as string) || ' / ' || cast(denominator as string)
            else cast(value as string)
        end as exact_text
    from judged
),

base_periods as (
    select
        rules.indicator_code,
        rules.part,
        measured.delivery_id,
        measured.period_basis,
        min(measured.period_start) as base_start
    from rules
    inner join measured
        on
            rules.indicator_code = measured.indicator_code
            and rules.from_part = measured.part
            and rules.base_period_label = measured.period_label
    group by all
)

select
    rules.part as derived_part,
    rules.kind,
    rules.from_part,
    rules.base_period_label,
    rules.minus_part,
    first_operand.*,
    second_operand.delivery_id is not null as has_second,
    second_operand.known_from as second_known_from,
    second_operand.correction_code as second_correction_code,
    second_operand.exact_value as second_value,
    second_operand.exact_text as second_exact_text,
    second_operand.mark as second_mark,
    second_operand.suppressed_by as second_suppressed_by,
    second_operand.status as second_status,
    second_operand.source_rows as second_source_rows,
    second_operand.source_column as second_source_column,
    second_operand.source_text as second_source_text
from rules
inner join measured as first_operand
    on
        rules.indicator_code = first_operand.indicator_code
        and rules.from_part = first_operand.part
left join measured as second_operand
    on
        first_operand.delivery_id = second_operand.delivery_id
        and first_operand.indicator_code = second_operand.indicator_code
        and first_operand.area_code = second_operand.area_code
        and first_operand.dimensions = second_operand.dimensions
        and first_operand.period_basis = second_operand.period_basis
        and coalesce(rules.minus_part, rules.from_part) = second_operand.part
        and coalesce(rules.base_period_label, first_operand.period_label) = second_operand.period_label
left join base_periods
    on
        rules.indicator_code = base_periods.indicator_code
        and rules.part = base_periods.part
        and first_operand.delivery_id = base_periods.delivery_id
        and first_operand.period_basis = base_periods.period_basis
-- A change is told for periods after its base only; on the base itself it is nought by definition.
where base_periods.base_start is null or first_operand.period_start > base_periods.base_start
-- As delivered, and with whatever was corrected: a figure is never worked out from one of each.
qualify
    (first_operand.correction_code is null and second_operand.correction_code is null)
    or row_number() over (
        partition by
            rules.indicator_code, rules.part, first_operand.delivery_id, first_operand.area_code,
            first_operand.period_label, first_operand.period_basis, first_operand.dimensions
        order by
            case when first_operand.correction_code is null then 1 else 0 end
            + case when second_operand.correction_code is null then 1 else 0 end
    ) = 1
