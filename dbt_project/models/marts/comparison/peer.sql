with areas as (
    select * from {{ ref('int_comparison_area') }}
),

numbers as (
    select
        sets.peer_set,
        codes.code,
        areas.*
    from {{ ref('peer_sets') }} as sets
    inner join {{ ref('area_codes') }} as codes
        on sets.code_scheme = codes.scheme
    inner join areas
        on codes.area_code = areas.area_code
),

-- A number outlives its authority: the one that bore it on the day counts, and no other is put in its place.
published as (
    select
        neighbours.peer_set,
        subjects.area_code,
        neighbours.rank,
        peers.area_code as peer_code,
        neighbours.peer_number as peer_as_published,
        neighbours.closeness,
        neighbours.source,
        neighbours.verification
    from {{ ref('neighbours') }} as neighbours
    inner join numbers as subjects
        on
            neighbours.peer_set = subjects.peer_set
            and neighbours.area_number = subjects.code
    left join numbers as peers
        on
            neighbours.peer_set = peers.peer_set
            and neighbours.peer_number = peers.code
            and subjects.area_class = peers.area_class
            and (peers.valid_from is null or peers.valid_from <= subjects.compared_on)
            and (peers.valid_to is null or peers.valid_to >= subjects.compared_on)
),

ranked as (
    select
        distances.*,
        sets.peers_wanted,
        sets.source,
        sets.verification,
        row_number() over (
            partition by distances.peer_set, distances.area_code order by distances.distance, distances.peer_code
        ) as rank
    from {{ ref('int_peer_distance') }} as distances
    inner join {{ ref('peer_sets') }} as sets
        on distances.peer_set = sets.peer_set
),

unioned as (
    select
        area_code,
        peer_set,
        rank,
        peer_code,
        peer_as_published,
        closeness,
        cast(null as double) as distance,
        case when peer_code is null then 'not_in_force' end as reason,
        source,
        verification
    from published
    union all
    select
        area_code,
        peer_set,
        cast(rank as integer) as rank,
        peer_code,
        cast(null as string) as peer_as_published,
        cast(null as string) as closeness,
        distance,
        cast(null as string) as reason,
        source,
        verification
    from ranked
    where rank <= peers_wanted
)

select
    area_code,
    peer_set,
    rank,
    peer_code,
    peer_as_published,
    closeness,
    distance,
    reason,
    source,
    verification,
    '{{ var("edition") }}' as edition
from unioned
order by area_code, peer_set, rank
