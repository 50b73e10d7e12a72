{# What the regions add to England's change comes to the whole of it, up to the last digits of a double. #}
{% test contributions_add_up(model) %}
with sums as (
    select
        contributions.indicator_code,
        contributions.part,
        contributions.period_label,
        contributions.period_basis,
        sum(case when areas.area_type = 'country' then contributions.contribution end) as whole,
        sum(case when areas.area_type = 'region' then contributions.contribution end) as parts,
        count(case when areas.area_type = 'region' then contributions.contribution end) as regions
    from {{ model }} as contributions
    inner join {{ ref('dim_area') }} as areas
        on contributions.region_code = areas.area_code
    group by all
)

select *
from sums
where
    (whole is null) <> (regions = 0)
    or abs(whole - parts) > 0.000000001 * (1 + abs(whole))
{% endtest %}
