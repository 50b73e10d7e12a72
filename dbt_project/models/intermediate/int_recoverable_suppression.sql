-- Hidden counts are given away where a total is printed beside every other count that adds up to it: one alone exactly,
-- several as far as what is left for them leaves no room. Totals that are all multiples of five are taken for rounded.
with hiding as (
    select
        *,
        max(case when mark = 'suppressed' then 1 else 0 end) over (
            partition by delivery_id, indicator_code, part, period_label, period_basis
        ) as hides
    from {{ ref('int_observation_counted') }}
    where
        dimensions = ''
        and correction_code is null
        and (counted is not null or mark = 'suppressed')
    qualify hides = 1
),

totals as (
    select
        hiding.*,
        max(case when hiding.counted % 5 <> 0 then 1 else 0 end) over (
            partition by hiding.delivery_id, hiding.indicator_code, hiding.part, areas.area_type
        ) as is_exact
    from hiding
    inner join {{ ref('areas') }} as areas
        on hiding.area_code = areas.area_code
    where
        areas.tier not in ('single', 'lower')
        and hiding.counted is not null
),

tiers as (
    {% for cover, tier in [('upper', 'single'), ('upper', 'upper'), ('lower', 'single'), ('lower', 'lower')] -%}
    select
        '{{ cover }}' as cover,
        '{{ tier }}' as tier
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

covers as (
    select
        region_code as total_code,
        cover,
        boundaries_on,
        area_code
    from {{ ref('int_area_cover') }}
    union all
    select
        containers.outer_code as total_code,
        tiers.cover,
        days.boundaries_on,
        containers.inner_code as area_code
    from {{ ref('int_area_container') }} as containers
    inner join {{ ref('areas') }} as inners
        on containers.inner_code = inners.area_code
    inner join {{ ref('areas') }} as outers
        on containers.outer_code = outers.area_code
    inner join tiers
        on
            inners.tier = tiers.tier
            and outers.area_type not in ('country', 'region')
            and outers.tier not in ('single', 'lower')
    inner join (select distinct boundaries_on from {{ ref('int_area_cover') }}) as days
        on
            coalesce(inners.valid_from <= days.boundaries_on, true)
            and coalesce(inners.valid_to >= days.boundaries_on, true)
    union all
    select
        countries.area_code as total_code,
        'regions' as cover,
        cast('{{ var("first_boundaries_on") }}' as date) as boundaries_on,
        regions.area_code
    from {{ ref('areas') }} as countries
    cross join {{ ref('areas') }} as regions
    where
        countries.area_type = 'country'
        and regions.area_type = 'region'
),

sets as (
    select
        *,
        count(*) over (partition by total_code, cover, boundaries_on) as areas_in_set
    from covers
),

members as (
    select
        hiding.delivery_id,
        hiding.indicator_code,
        hiding.part,
        hiding.period_label,
        hiding.period_basis,
        hiding.area_code,
        hiding.mark,
        hiding.counted,
        sets.total_code,
        sets.cover,
        sets.boundaries_on,
        sets.areas_in_set
    from hiding
    inner join sets
        on hiding.area_code = sets.area_code
),

told as (
    select
        delivery_id,
        indicator_code,
        part,
        period_label,
        period_basis,
        total_code,
        cover,
        boundaries_on,
        sum(case when counted is null then 1 else 0 end) as hidden,
        sum(cast(counted as decimal(30, 8))) as counted
    from members
    group by delivery_id, indicator_code, part, period_label, period_basis, total_code, cover, boundaries_on
    having count(*) = max(areas_in_set) and sum(case when counted is null then 1 else 0 end) > 0
)

select
    members.delivery_id,
    totals.feed,
    totals.known_from,
    members.indicator_code,
    members.part,
    members.period_label,
    members.period_basis,
    members.area_code,
    members.total_code,
    told.hidden = 1 or totals.counted - coalesce(told.counted, 0) <= told.hidden as is_exact
from told
inner join totals
    on
        told.delivery_id = totals.delivery_id
        and told.indicator_code = totals.indicator_code
        and told.part = totals.part
        and told.period_label = totals.period_label
        and told.period_basis = totals.period_basis
        and told.total_code = totals.area_code
inner join members
    on
        told.delivery_id = members.delivery_id
        and told.indicator_code = members.indicator_code
        and told.part = members.part
        and told.period_label = members.period_label
        and told.period_basis = members.period_basis
        and told.total_code = members.total_code
        and told.cover = members.cover
        and told.boundaries_on = members.boundaries_on
where
    members.counted is null
    and totals.is_exact = 1
    and totals.counted >= coalesce(told.counted, 0)
    and (told.hidden = 1 or totals.counted - coalesce(told.counted, 0) - told.hidden < totals.bound)
qualify
    row_number() over (
        partition by members.delivery_id, members.indicator_code, members.part, members.period_label,
            members.period_basis, members.area_code
        order by
            case when told.hidden = 1 then 0 else 1 end, members.areas_in_set, members.total_code, members.cover,
            members.boundaries_on desc
    ) = 1
