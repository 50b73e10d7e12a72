-- How many areas of a region have a designated target on a measure, and how those stood; counted for England too.
with regions as (
    select
        coalesce(areas.region_code, areas.area_code) as region_code,
        performance.indicator_code,
        performance.part,
        performance.round_label,
        count(*) as laas_chosen,
        sum(case when performance.is_assessed then 1 else 0 end) as laas_assessed,
        sum(case when performance.computed_status in ('exceeded', 'on_target') then 1 else 0 end) as laas_on_target
    from {{ ref('fct_performance') }} as performance
    inner join {{ ref('dim_area') }} as areas
        on performance.area_code = areas.area_code
    where performance.commitment_type = 'designated'
    group by all
)

select * from regions
union all
select
    countries.area_code as region_code,
    regions.indicator_code,
    regions.part,
    regions.round_label,
    sum(regions.laas_chosen) as laas_chosen,
    sum(regions.laas_assessed) as laas_assessed,
    sum(regions.laas_on_target) as laas_on_target
from regions
inner join {{ ref('dim_area') }} as countries
    on countries.area_type = 'country'
group by all
