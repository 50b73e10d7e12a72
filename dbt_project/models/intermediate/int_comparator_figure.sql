-- The figure that a council's is held against, for its latest period, the one before and the baseline: that of England
-- and of its region, and of each set of its peers. Peers' counts are added and divided where every one of them has its
-- counts and the measure is a ratio of sums; the middle one of their figures stands for them otherwise.
with asked as (
    {% for number in ['measure_number', 'previous_number', 'baseline_number'] -%}
    select
        area_code,
        region_code,
        {{ number }} as measure_number,
        per,
        aggregation_rule
    from {{ ref('int_comparison_subject') }}
    where {{ number }} is not null
    {{ 'union' if not loop.last }}
    {% endfor %}
),

figures as (
    select * from {{ ref('int_comparison_figure') }}
    where value is not null
),

countries as (
    select area_code from {{ ref('areas') }}
    where tier = 'national'
),

placed as (
    select
        asked.*,
        'england' as comparator,
        countries.area_code as comparator_code
    from asked
    cross join countries
    union all
    select
        *,
        'region' as comparator,
        region_code as comparator_code
    from asked
    where region_code is not null
),

of_places as (
    select
        placed.area_code,
        placed.measure_number,
        placed.comparator,
        placed.comparator_code,
        figures.value,
        figures.lower_limit,
        figures.upper_limit,
        figures.status,
        figures.origin as method,
        cast(null as integer) as peers_in
    from placed
    inner join figures
        on
            placed.comparator_code = figures.area_code
            and placed.measure_number = figures.measure_number
),

-- Two areas printed with one figure would count twice.
together as (
    select
        asked.area_code,
        asked.measure_number,
        peers.peer_set,
        max(asked.per) as per,
        max(figures.chance) as chance,
        count(*) as peers_in,
        median(figures.value) as middle,
        cast(sum(cast(figures.numerator as decimal(30, 8))) as double) as numerator,
        cast(sum(cast(figures.denominator as decimal(30, 8))) as double) as denominator,
        cast(sum(cast(figures.denominator * figures.denominator / figures.base as decimal(30, 8))) as double)
            as squares_by_base,
        count(figures.base) as have_bases,
        min(
            case
                when asked.aggregation_rule = 'ratio_of_sums' and asked.per is not null and figures.denominator > 0
                    and figures.numerator is not null then 1
                else 0
            end
        ) as have_counts
    from asked
    inner join {{ ref('peer') }} as peers
        on asked.area_code = peers.area_code
    inner join figures
        on
            peers.peer_code = figures.area_code
            and asked.measure_number = figures.measure_number
            and figures.mark is distinct from 'combined_area'
    group by asked.area_code, asked.measure_number, peers.peer_set
),

-- The base of the whole is what a sample of people drawn from all the peers at once would need for the same error; where
-- the bases are the denominators it is their sum.
valued as (
    select
        *,
        case when have_bases = peers_in then denominator * denominator / nullif(squares_by_base, 0) end as base,
        case
            when peers_in < {{ var('least_peers') }} then null
            when have_counts = 1 then per * numerator / denominator
            else middle
        end as value,
        case when have_counts = 1 then 'ratio_of_sums' else 'median' end as method,
        per / nullif(denominator, 0) as scale,
        case
            when have_counts = 0 or have_bases < peers_in then null
            when chance = 'proportion' and numerator between 0 and denominator then 'wilson'
            when chance = 'rate' and numerator >= 0 then 'byar'
        end as interval_method,
        cast(null as double) as lower_ci,
        cast(null as double) as upper_ci
    from together
)

select * from of_places
union all
select
    area_code,
    measure_number,
    peer_set as comparator,
    cast(null as string) as comparator_code,
    value,
    case when interval_method is not null then round({{ limit_of_figure('lower') }}, 6) end as lower_limit,
    case when interval_method is not null then round({{ limit_of_figure('upper') }}, 6) end as upper_limit,
    cast(null as string) as status,
    method,
    cast(peers_in as integer) as peers_in
from valued
