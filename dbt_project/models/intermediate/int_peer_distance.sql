-- How far apart areas of one class are, over every variable held for the class; an area without one of them has no peers.
with complete as (
    select * from {{ ref('int_peer_value') }}
    where variables_held = variables_due
)

select
    subjects.peer_set,
    subjects.area_code,
    peers.area_code as peer_code,
    round(
        sqrt(
            cast(
                sum(
                    cast(
                        subjects.weight * (subjects.deviations - peers.deviations)
                        * (subjects.deviations - peers.deviations) as decimal(30, 8)
                    )
                ) as double
            ) / sum(subjects.weight)
        ), 6
    ) as distance
from complete as subjects
inner join complete as peers
    on
        subjects.peer_set = peers.peer_set
        and subjects.variable = peers.variable
        and subjects.area_class = peers.area_class
        and subjects.area_code <> peers.area_code
        and (peers.valid_from is null or peers.valid_from <= subjects.compared_on)
        and (peers.valid_to is null or peers.valid_to >= subjects.compared_on)
group by subjects.peer_set, subjects.area_code, peers.area_code
