-- Which commitments stood under which plan in each round, each once a plan: by the link that names the part if there is
-- one. A thematic partnership is the plan of the targets that name it.
with performance as (
    select
        area_code,
        indicator_code,
        part,
        commitment_type,
        round_label,
        round_ends_on,
        partnership_code
    from {{ ref('fct_performance') }}
),

links as (
    select
        links.plan_code,
        plans.plan_type,
        plans.area_code,
        links.indicator_code,
        links.part,
        links.post,
        links.known_from,
        links.known_to,
        links.valid_from,
        links.valid_to
    from {{ ref('bridge_plan_indicator') }} as links
    inner join {{ ref('dim_plan') }} as plans
        on links.plan_code = plans.plan_code
),

linked as (
    select
        links.plan_code,
        links.plan_type,
        links.post,
        links.part as linked_part,
        links.known_from,
        links.known_to,
        links.valid_from,
        links.valid_to,
        performance.*
    from performance
    inner join links
        on
            performance.area_code = links.area_code
            and performance.indicator_code = links.indicator_code
    union all
    select
        links.plan_code,
        links.plan_type,
        links.post,
        links.part as linked_part,
        links.known_from,
        links.known_to,
        links.valid_from,
        links.valid_to,
        performance.*
    from performance
    inner join links
        on
            performance.indicator_code = links.indicator_code
            and links.area_code is null
),

members as (
    select
        plan_code,
        plan_type,
        area_code,
        indicator_code,
        part,
        commitment_type,
        round_label,
        round_ends_on,
        post,
        case when linked_part is null then 1 else 0 end as place
    from linked
    where
        (linked_part is null or linked_part = part)
        and {{ known_on('linked', 'round_ends_on') }}
        and (valid_from is null or valid_from <= round_ends_on)
        and (valid_to is null or valid_to >= round_ends_on)
    union all
    select
        partnership_code as plan_code,
        'thematic_partnership' as plan_type,
        area_code,
        indicator_code,
        part,
        commitment_type,
        round_label,
        round_ends_on,
        cast(null as string) as post,
        0 as place
    from performance
    where partnership_code is not null
    union all
    select
        targets.plan_code,
        'local_area_agreement' as plan_type,
        performance.area_code,
        performance.indicator_code,
        performance.part,
        performance.commitment_type,
        performance.round_label,
        performance.round_ends_on,
        cast(null as string) as post,
        2 as place
    from performance
    inner join {{ ref('dim_target') }} as targets
        on {{ same_commitment('performance', 'targets') }}
)

select
    plan_code,
    plan_type,
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    round_ends_on,
    case min(place)
        when 0 then min(case when place = 0 then post end)
        when 1 then min(case when place = 1 then post end)
    end as post
from members
group by plan_code, plan_type, area_code, indicator_code, part, commitment_type, round_label, round_ends_on
