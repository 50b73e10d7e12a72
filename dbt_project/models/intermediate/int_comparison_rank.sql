-- Where a council's latest figure may stand among those it is held against, best first. An area whose whole interval is
-- better stands before it for certain, one whose whole interval is worse after it; all others may be either. Within England
-- and a region the limits are counted in their order: holding each of 150 councils against each would take as long as all
-- the rest together.
with figures as (
    select
        areas.area_code,
        areas.area_class,
        areas.region_code,
        figures.measure_number,
        parts.better_sign,
        figures.interval_method,
        parts.better_sign * figures.value as good,
        case when parts.better_sign = 1 then figures.lower_limit else -figures.upper_limit end as good_at_least,
        case when parts.better_sign = 1 then figures.upper_limit else -figures.lower_limit end as good_at_most
    from {{ ref('int_comparison_figure') }} as figures
    inner join {{ ref('int_comparison_area') }} as areas
        on figures.area_code = areas.area_code
    -- only measures that are somebody's latest
    inner join (
        select distinct
            measure_number,
            better_sign
        from {{ ref('int_comparison_subject') }}
        where better_sign is not null
    ) as parts
        on figures.measure_number = parts.measure_number
    where figures.value is not null
),

grouped as (
    select
        *,
        'england' as comparator,
        area_class as place
    from figures
    union all
    select
        *,
        'region' as comparator,
        area_class || region_code as place
    from figures
    where region_code is not null
),

-- Each area stands in the order twice: with the least and with the most its figure may be.
ends as (
    select
        area_code,
        measure_number,
        comparator,
        place,
        'at_least' as which,
        good_at_least as good_end
    from grouped
    where interval_method is not null
    union all
    select
        area_code,
        measure_number,
        comparator,
        place,
        'at_most' as which,
        good_at_most as good_end
    from grouped
    where interval_method is not null
),

counted as (
    select
        *,
        sum(case when which = 'at_least' then 1 else 0 end) over (
            partition by measure_number, comparator, place
            order by good_end desc, which desc
            rows between unbounded preceding and current row
        ) as at_least_before,
        sum(case when which = 'at_most' then 1 else 0 end) over (
            partition by measure_number, comparator, place
            order by good_end, which
            rows between unbounded preceding and current row
        ) as at_most_before
    from ends
),

surely as (
    select
        area_code,
        measure_number,
        comparator,
        max(case when which = 'at_most' then at_least_before end) as surely_better,
        max(case when which = 'at_least' then at_most_before end) as surely_worse
    from counted
    group by area_code, measure_number, comparator
),

among_places as (
    select
        grouped.area_code,
        grouped.measure_number,
        grouped.comparator,
        count(*) over (partition by grouped.measure_number, grouped.comparator, grouped.place) as areas_ranked,
        rank() over (
            partition by grouped.measure_number, grouped.comparator, grouped.place order by grouped.good desc
        ) - 1 as areas_better,
        surely.surely_better,
        surely.surely_worse
    from grouped
    left join surely
        on
            grouped.area_code = surely.area_code
            and grouped.measure_number = surely.measure_number
            and grouped.comparator = surely.comparator
),

among_peers as (
    select
        own.area_code,
        own.measure_number,
        peers.peer_set as comparator,
        1 + count(*) as areas_ranked,
        sum(case when own.better_sign * (others.value - own.value) > 0 then 1 else 0 end) as areas_better,
        sum(
            case
                when own.interval_method is null then null
                when own.better_sign = 1 and others.lower_limit > own.upper_limit then 1
                when own.better_sign = -1 and others.upper_limit < own.lower_limit then 1
                else 0
            end
        ) as surely_better,
        sum(
            case
                when own.interval_method is null then null
                when own.better_sign = 1 and others.upper_limit < own.lower_limit then 1
                when own.better_sign = -1 and others.lower_limit > own.upper_limit then 1
                else 0
            end
        ) as surely_worse
    from {{ ref('int_comparison_subject') }} as own
    inner join {{ ref('peer') }} as peers
        on own.area_code = peers.area_code
    inner join {{ ref('int_comparison_figure') }} as others
        on
            peers.peer_code = others.area_code
            and own.measure_number = others.measure_number
    where
        own.value is not null
        and own.better_sign is not null
        and others.value is not null
    group by own.area_code, own.measure_number, peers.peer_set
),

ranked as (
    select * from among_places
    union all
    select * from among_peers
)

select
    area_code,
    measure_number,
    comparator,
    cast(areas_ranked as integer) as areas_ranked,
    cast(1 + surely_better as integer) as rank_best,
    cast(areas_ranked - surely_worse as integer) as rank_worst,
    case
        when areas_ranked >= {{ var('least_ranked') }}
            then cast(ceil(4 * (1 + areas_better) / cast(areas_ranked as double)) as integer)
    end as quartile
from ranked
