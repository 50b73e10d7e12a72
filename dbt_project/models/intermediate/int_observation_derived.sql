with operands as (
    select
        *,
        case kind
            when 'percent_change' then 100 * (exact_value - second_value) / nullif(second_value, 0)
            when 'difference' then exact_value - second_value
        end as derived_value
    from {{ ref('int_derived_operand') }}
),

-- What the publisher worked out itself is not worked out again.
published as (
    select
        observations.delivery_id,
        observations.indicator_code,
        observations.part,
        observations.area_code,
        observations.period_label,
        observations.period_basis,
        observations.dimensions
    from {{ ref('stg_observations') }} as observations
    inner join {{ ref('derived_parts') }} as rules
        on
            observations.indicator_code = rules.indicator_code
            and observations.part = rules.part
)

select
    operands.delivery_id,
    operands.feed,
    operands.edition,
    operands.source_file,
    greatest(operands.known_from, coalesce(operands.second_known_from, operands.known_from)) as known_from,
    operands.received_at,
    operands.indicator_code,
    operands.derived_part as part,
    coalesce(definitions.definition_version, 1) as definition_version,
    operands.area_code,
    operands.area_text,
    operands.period_label,
    operands.period_basis,
    operands.period_start,
    operands.period_end,
    operands.dimensions,
    operands.derived_value as value,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(null as double) as lower_ci,
    cast(null as double) as upper_ci,
    cast(null as double) as survey_base,
    cast(null as double) as design_effect,
    case
        when operands.derived_value is not null then coalesce(operands.mark, operands.second_mark)
        when operands.exact_value is null then operands.mark
        when not operands.has_second then 'not_available'
        when operands.second_value is null then operands.second_mark
        else 'not_applicable'
    end as mark,
    case
        when operands.derived_value is not null then null
        when operands.exact_value is null then operands.suppressed_by
        else operands.second_suppressed_by
    end as suppressed_by,
    operands.note,
    case
        when 'provisional' in (operands.status, coalesce(operands.second_status, '')) then 'provisional'
        when 'revised' in (operands.status, coalesce(operands.second_status, '')) then 'revised'
        else operands.status
    end as status,
    operands.source_sheet,
    operands.source_row,
    case
        when not operands.has_second or operands.second_source_rows = operands.source_rows
            then operands.source_rows
        else operands.source_rows || '+' || operands.second_source_rows
    end as source_rows,
    case
        when not operands.has_second or operands.second_source_column = operands.source_column
            then operands.source_column
        else operands.source_column || ' / ' || operands.second_source_column
    end as source_column,
    case
        when operands.has_second then operands.source_text || ' / ' || operands.second_source_text
        else operands.source_text
    end as source_text,
    case operands.kind
        when 'percent_change'
            then 'Percentage change in ' || operands.from_part || ' since ' || operands.base_period_label
        when 'difference' then operands.from_part || ' minus ' || operands.minus_part
    end || ', worked out by the hub from this delivery'
    || case
        when not operands.has_second then ', which lacks the second of the two values'
        when operands.derived_value is null then ''
        else ': ' || operands.exact_text || ' against ' || operands.second_exact_text
    end as derivation,
    coalesce(operands.correction_code, operands.second_correction_code) as correction_code
from operands
left join {{ ref('int_definition') }} as definitions
    on
        operands.indicator_code = definitions.indicator_code
        and operands.derived_part = definitions.part
        and (definitions.known_from is null or operands.delivery_known_from >= definitions.known_from)
        and (definitions.known_to is null or operands.delivery_known_from < definitions.known_to)
left join published
    on
        operands.delivery_id = published.delivery_id
        and operands.indicator_code = published.indicator_code
        and operands.derived_part = published.part
        and operands.area_code = published.area_code
        and operands.period_label = published.period_label
        and operands.period_basis = published.period_basis
        and operands.dimensions = published.dimensions
where published.delivery_id is null
