{# The operands add up to the figures made of them, and no such figure is without operands. #}
{% test adds_up(model, to) %}
with sums as (
    select
        parent_code,
        indicator_code,
        part,
        period_label,
        period_basis,
        cast(sum(cast(value as decimal(30, 8))) as double) as value,
        cast(sum(cast(numerator as decimal(30, 8))) as double) as numerator,
        cast(sum(cast(denominator as decimal(30, 8))) as double) as denominator
    from {{ model }}
    group by parent_code, indicator_code, part, period_label, period_basis
)

select rollups.*
from {{ to }} as rollups
left join sums
    on
        rollups.area_code = sums.parent_code
        and rollups.indicator_code = sums.indicator_code
        and rollups.part = sums.part
        and rollups.period_label = sums.period_label
        and rollups.period_basis = sums.period_basis
where
    rollups.reason is null
    and rollups.method in ('ratio_of_sums', 'sum')
    and rollups.relation in ('country', 'region')
    and not coalesce(
        case rollups.method
            when 'sum' then rollups.value = sums.value
            else rollups.numerator = sums.numerator and rollups.denominator = sums.denominator
        end,
        false
    )
{% endtest %}
