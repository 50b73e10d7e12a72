-- Areas overlap twice: counties with their districts, and abolished councils with their successors. A cover is one
-- set of areas (single tier with counties, or single tier with districts ...) as it stood from one day on, so within
-- one cover every place is counted once. A publisher may report an old year on later boundaries, so every
-- set since the first agreements is a candidate for every period; int_rollup_candidate compares them.
with memberships as (
    select
        child_code,
        parent_code,
        relation,
        share,
        valid_from,
        valid_to
    from {{ ref('bridge_area_membership') }}
    where is_current
),

-- An area lies in a health authority as its trusts do. Where all of them lie in one, so does the whole area, whether
-- its trusts' shares are known or not.
trusts as (
    select
        areas.child_code,
        trusts.parent_code,
        areas.share,
        areas.valid_from,
        areas.valid_to,
        min(trusts.parent_code) over (
            partition by areas.child_code, areas.valid_from, areas.valid_to
        ) as first_authority,
        max(trusts.parent_code) over (
            partition by areas.child_code, areas.valid_from, areas.valid_to
        ) as last_authority
    from memberships as areas
    inner join memberships as trusts
        on areas.parent_code = trusts.child_code
    where
        areas.relation = 'primary_care_trust'
        and trusts.relation = 'strategic_health_authority'
),

stated as (
    select * from memberships
    union all
    select
        memberships.child_code,
        countries.area_code as parent_code,
        'country' as relation,
        memberships.share,
        memberships.valid_from,
        memberships.valid_to
    from memberships
    cross join (select area_code from {{ ref('dim_area') }} where area_type = 'country') as countries
    where memberships.relation = 'region'
    union all
    select
        child_code,
        parent_code,
        'strategic_health_authority' as relation,
        case
            when min(first_authority) = max(last_authority) then 1
            when count(*) = count(share) then cast(sum(cast(share as decimal(30, 8))) as double)
        end as share,
        valid_from,
        valid_to
    from trusts
    group by child_code, parent_code, valid_from, valid_to
),

-- The districts of a whole county lie where it lies, unless their places are stated one by one.
linked as (
    select * from stated
    union all
    select
        districts.child_code,
        counties.parent_code,
        counties.relation,
        1 as share,
        greatest(counties.valid_from, districts.valid_from) as valid_from,
        least(counties.valid_to, districts.valid_to) as valid_to
    from stated as counties
    inner join memberships as districts
        on
            counties.child_code = districts.parent_code
            and districts.relation = 'county'
    left join stated as own
        on
            districts.child_code = own.child_code
            and counties.parent_code = own.parent_code
            and counties.relation = own.relation
    where
        counties.share = 1
        and own.child_code is null
),

covered as (
    select
        linked.parent_code,
        linked.relation,
        covers.cover,
        covers.place,
        linked.child_code as area_code,
        linked.share,
        cast(round(areas.population_mid2008 * coalesce(linked.share, 1)) as integer) as people,
        greatest(
            linked.valid_from, areas.valid_from, cast('{{ var("first_boundaries_on") }}' as date)
        ) as valid_from,
        least(linked.valid_to, areas.valid_to) as valid_to
    from linked
    inner join {{ ref('dim_area') }} as areas
        on linked.child_code = areas.area_code
    inner join {{ ref('area_covers') }} as covers
        on areas.area_type = covers.area_type
),

boundary_changes as (
    select distinct
        parent_code,
        relation,
        cover,
        valid_from as boundaries_on
    from covered
),

boundary_sets as (
    select
        *,
        cast(
            row_number() over (order by relation, parent_code, cover, boundaries_on) as integer
        ) as set_number,
        lead(boundaries_on) over (
            partition by parent_code, relation, cover
            order by boundaries_on
        ) as boundaries_until,
        boundaries_on = min(boundaries_on) over (partition by parent_code, relation, cover) as is_first_set
    from boundary_changes
),

members as (
    select
        boundary_sets.*,
        covered.place,
        covered.area_code,
        covered.share,
        covered.people
    from boundary_sets
    inner join covered
        on
            boundary_sets.parent_code = covered.parent_code
            and boundary_sets.relation = covered.relation
            and boundary_sets.cover = covered.cover
            and covered.valid_from <= boundary_sets.boundaries_on
            and (covered.valid_to is null or covered.valid_to >= boundary_sets.boundaries_on)
),

-- Where no council has districts, single tier with counties and single tier with districts are the same areas.
covers_of_body as (
    select
        parent_code,
        relation,
        cover,
        min(place) as place,
        {{ listed("cast(boundaries_on as string) || area_code || coalesce(cast(share as string), '')") }} as made_of
    from members
    group by parent_code, relation, cover
),

repeats as (
    select
        *,
        row_number() over (partition by parent_code, relation, made_of order by place) > 1 as is_repeated
    from covers_of_body
)

select
    members.parent_code,
    members.relation,
    members.cover,
    members.place,
    members.boundaries_on,
    members.boundaries_until,
    members.is_first_set,
    members.set_number,
    members.area_code,
    members.share,
    members.people,
    repeats.is_repeated
from members
inner join repeats
    on
        members.parent_code = repeats.parent_code
        and members.relation = repeats.relation
        and members.cover = repeats.cover
order by members.relation, members.parent_code, members.cover, members.boundaries_on, members.area_code
