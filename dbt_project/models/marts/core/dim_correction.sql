with applied as (
    select
        corrections.correction_code,
        corrections.period_basis,
        corrections.published_value,
        corrections.corrected_value,
        corrections.delivery_id,
        corrections.known_from,
        cast(count(*) over (partition by corrections.correction_code) as integer) as deliveries_corrected
    from {{ ref('int_correction') }} as corrections
    inner join {{ ref('stg_deliveries') }} as deliveries
        on corrections.delivery_id = deliveries.delivery_id
    qualify
        row_number() over (
            partition by corrections.correction_code
            order by corrections.known_from desc, deliveries.received_at desc, corrections.delivery_id desc
        ) = 1
)

select
    corrections.correction_code,
    corrections.feed,
    corrections.indicator_code,
    corrections.part,
    corrections.area_code,
    corrections.period_label,
    corrections.dimensions,
    corrections.reason,
    corrections.source,
    corrections.decided_on,
    case when hidden.area_code is null then applied.published_value end as original_value,
    case when hidden.area_code is null then applied.corrected_value end as corrected_value,
    applied.delivery_id,
    applied.known_from,
    coalesce(applied.deliveries_corrected, 0) as deliveries_corrected,
    '{{ var("edition") }}' as edition
from {{ ref('stg_corrections') }} as corrections
left join applied
    on corrections.correction_code = applied.correction_code
left join {{ ref('int_hidden_cell') }} as hidden
    on
        corrections.indicator_code = hidden.indicator_code
        and corrections.part = hidden.part
        and corrections.area_code = hidden.area_code
        and corrections.period_label = hidden.period_label
        and corrections.dimensions = hidden.dimensions
        and applied.period_basis = hidden.period_basis
order by corrections.correction_code
