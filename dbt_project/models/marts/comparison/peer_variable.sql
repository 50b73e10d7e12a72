with contributions as (
    select
        peers.area_code,
        peers.peer_set,
        peers.rank,
        peers.peer_code,
        own.variable,
        own.weight,
        own.period_label,
        own.value,
        others.value as peer_value,
        own.deviations - others.deviations as deviations_apart,
        cast(
            own.weight * (own.deviations - others.deviations) * (own.deviations - others.deviations) as decimal(30, 8)
        ) as squared
    from {{ ref('peer') }} as peers
    inner join {{ ref('int_peer_value') }} as own
        on
            peers.peer_set = own.peer_set
            and peers.area_code = own.area_code
    inner join {{ ref('int_peer_value') }} as others
        on
            peers.peer_set = others.peer_set
            and peers.peer_code = others.area_code
            and own.variable = others.variable
),

shares as (
    select
        *,
        cast(squared as double)
        / nullif(cast(sum(squared) over (partition by area_code, peer_set, peer_code) as double), 0) as share
    from contributions
)

select
    shares.area_code,
    shares.peer_set,
    shares.peer_code,
    shares.variable,
    variables.title,
    shares.weight,
    shares.period_label,
    shares.value,
    shares.peer_value,
    round(shares.deviations_apart, 6) + 0 as deviations_apart,
    round(shares.share, 6) as share_of_distance,
    '{{ var("edition") }}' as edition
from shares
inner join {{ ref('peer_variables') }} as variables
    on
        shares.peer_set = variables.peer_set
        and shares.variable = variables.variable
order by shares.area_code, shares.peer_set, shares.rank, shares.variable
