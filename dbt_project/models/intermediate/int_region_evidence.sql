-- What the areas' figures behind a region's are like: how many are provisional or estimated, and from when on the
-- first of them was known. Counted for England too.
with countries as (
    select area_code
    from {{ ref('dim_area') }}
    where area_type = 'country'
),

linked as (
    select distinct indicator_code
    from {{ ref('bridge_psa_indicator') }}
),

counted as (
    select
        places.region_code,
        observations.indicator_code,
        observations.part,
        observations.period_label,
        observations.period_basis,
        min(observations.known_from) as first_known_on,
        sum(case when observations.is_current and observations.value is not null then 1 else 0 end) as figures,
        sum(
            case
                when observations.is_current and observations.value is not null and observations.status = 'provisional'
                    then 1
                else 0
            end
        ) as figures_provisional,
        sum(
            case
                when
                    observations.is_current
                    and observations.value is not null
                    and observations.mark in ('estimated', 'low_reliability')
                    then 1
                else 0
            end
        ) as figures_estimated
    from {{ ref('fct_observation') }} as observations
    inner join {{ ref('int_area_region') }} as places
        on observations.area_code = places.area_code
    inner join linked
        on observations.indicator_code = linked.indicator_code
    where observations.dimensions = ''
    group by all
)

select * from counted
union all
select
    countries.area_code as region_code,
    counted.indicator_code,
    counted.part,
    counted.period_label,
    counted.period_basis,
    min(counted.first_known_on) as first_known_on,
    sum(counted.figures) as figures,
    sum(counted.figures_provisional) as figures_provisional,
    sum(counted.figures_estimated) as figures_estimated
from counted
cross join countries
group by all
