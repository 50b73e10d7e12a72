-- Councils overlap twice: counties with their districts, and abolished councils with their successors. A
-- cover is one tier set (single with upper, or single with lower) as it stood from one day on, so within
-- one cover every place is counted once. A publisher may report an old year on later boundaries, so every
-- set since the first agreements is a candidate for every period; int_rollup_candidate compares them.
with councils as (
    select
        area_code,
        tier,
        region_code,
        coalesce(valid_from, cast('{{ var("first_boundaries_on") }}' as date)) as valid_from,
        valid_to
    from {{ ref('areas') }}
    where
        tier in ('single', 'upper', 'lower')
        and region_code is not null
),

placed as (
    select
        area_code,
        tier,
        region_code,
        valid_from,
        valid_to
    from councils
    union all
    select
        councils.area_code,
        councils.tier,
        country.area_code as region_code,
        councils.valid_from,
        councils.valid_to
    from councils
    cross join (select area_code from {{ ref('areas') }} where area_type = 'country') as country
),

covered as (
    select
        'upper' as cover,
        *
    from placed
    where tier in ('single', 'upper')
    union all
    select
        'lower' as cover,
        *
    from placed
    where tier in ('single', 'lower')
),

boundary_changes as (
    select distinct
        region_code,
        cover,
        cast('{{ var("first_boundaries_on") }}' as date) as boundaries_on
    from covered
    union
    select distinct
        region_code,
        cover,
        valid_from as boundaries_on
    from covered
    where valid_from > cast('{{ var("first_boundaries_on") }}' as date)
),

boundary_sets as (
    select
        region_code,
        cover,
        boundaries_on,
        lead(boundaries_on) over (partition by region_code, cover order by boundaries_on) as boundaries_until,
        boundaries_on = min(boundaries_on) over (partition by region_code, cover) as is_first_set
    from boundary_changes
)

select
    boundary_sets.region_code,
    boundary_sets.cover,
    boundary_sets.boundaries_on,
    boundary_sets.boundaries_until,
    boundary_sets.is_first_set,
    covered.area_code
from boundary_sets
inner join covered
    on
        boundary_sets.region_code = covered.region_code
        and boundary_sets.cover = covered.cover
        and covered.valid_from <= boundary_sets.boundaries_on
        and (covered.valid_to is null or covered.valid_to >= boundary_sets.boundaries_on)
