-- A simulation: what the schemes would have paid had the agreements ended with the round.
with areas as (
    select
        targets.scheme_id,
        targets.round_label,
        targets.round_ends_on,
        targets.area_code,
        sum(case when targets.counts then 1 else 0 end) as targets_counted,
        sum(case when targets.counts then 0 else 1 end) as targets_left_out,
        cast(sum(cast(targets.weight * targets.rewarded_share as decimal(18, 8))) as double) / nullif(
            cast(sum(case when targets.counts then cast(targets.weight as decimal(18, 8)) end) as double), 0
        ) as average_share
    from {{ ref('reward_simulation_target') }} as targets
    group by targets.scheme_id, targets.round_label, targets.round_ends_on, targets.area_code
),

parts as (
    select
        areas.*,
        schemes.method,
        schemes.floor,
        schemes.cap,
        schemes.pot_gbp * (
            schemes.fixed_share / count(*) over (partition by areas.scheme_id, areas.round_label)
            + (1 - schemes.fixed_share) * places.population_mid2008
            / sum(places.population_mid2008) over (partition by areas.scheme_id, areas.round_label)
        ) as most_gbp
    from areas
    inner join {{ ref('reward_schemes') }} as schemes
        on areas.scheme_id = schemes.scheme_id
    inner join {{ ref('areas') }} as places
        on areas.area_code = places.area_code
),

paid as (
    select
        *,
        case
            when average_share is null then null
            when method = 'aggregate' and round(average_share, 6) < floor then 0
            else least(average_share, cap)
        end as paid_share
    from parts
)

select
    scheme_id,
    round_label,
    round_ends_on,
    area_code,
    true as is_simulation,
    cast(targets_counted as integer) as targets_counted,
    cast(targets_left_out as integer) as targets_left_out,
    average_share,
    cast(paid_share as double) as paid_share,
    most_gbp,
    paid_share * most_gbp as paid_gbp,
    'Simulation: ' || case
        when paid_share is null then 'no target of the area can be counted yet.'
        when paid_share = 0 and method = 'aggregate'
            then 'the average share, ' || cast(round(100 * average_share, 1) as string)
                || ' percent, is below the floor: nothing.'
        else
            cast(round(100 * paid_share, 1) as string) || ' percent of the area''s part of the pot, from '
            || cast(targets_counted as string) || ' targets.'
    end as words,
    '{{ var("edition") }}' as edition
from paid
order by scheme_id, round_ends_on, area_code
