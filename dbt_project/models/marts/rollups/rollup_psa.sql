with links as (
    select distinct
        psa_number,
        indicator_code
    from {{ ref('bridge_psa_indicator') }}
    where indicator_code is not null
),

areas as (
    select
        area_code,
        region_code
    from {{ ref('dim_area') }}
),

regions as (
    select area_code as region_code
    from {{ ref('dim_area') }}
    where area_type in ('country', 'region')
),

countries as (
    select area_code
    from {{ ref('dim_area') }}
    where area_type = 'country'
),

held as (
    select
        coalesce(areas.region_code, areas.area_code) as region_code,
        observations.indicator_code,
        max(observations.period_end) as latest_period_end
    from {{ ref('fct_observation_current') }} as observations
    inner join areas
        on observations.area_code = areas.area_code
    where observations.value is not null
    group by all
),

-- Whatever is held anywhere in the country counts for the country.
placed as (
    select
        region_code,
        indicator_code,
        latest_period_end
    from held
    union all
    select
        countries.area_code as region_code,
        held.indicator_code,
        max(held.latest_period_end) as latest_period_end
    from held
    cross join countries
    where held.region_code <> countries.area_code
    group by all
),

counted as (
    select
        psas.psa_number,
        regions.region_code,
        count(distinct links.indicator_code) as indicators_linked,
        count(distinct placed.indicator_code) as indicators_with_data,
        max(placed.latest_period_end) as latest_period_end
    from {{ ref('dim_psa') }} as psas
    cross join regions
    left join links
        on psas.psa_number = links.psa_number
    left join placed
        on
            links.indicator_code = placed.indicator_code
            and regions.region_code = placed.region_code
    group by all
)

select
    psa_number,
    region_code,
    cast(indicators_linked as integer) as indicators_linked,
    cast(indicators_with_data as integer) as indicators_with_data,
    indicators_with_data / cast(nullif(indicators_linked, 0) as double) as coverage,
    latest_period_end,
    'none' as method,
    case
        when indicators_linked = 0
            then 'No national indicator is linked to this agreement, so no local figure speaks for it.'
        when indicators_linked = 1
            then 'The agreement is a national one; its one local indicator shows a part of it, not the whole.'
        else
            'Its ' || cast(indicators_linked as string)
            || ' indicators have different units and populations: no single number is right for it.'
    end as reason,
    '{{ var("edition") }}' as edition
from counted
order by psa_number, region_code
