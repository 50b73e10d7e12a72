-- Counted once a target and round: what was last said of a target that is near or off target, then.
with causes as (
    select
        areas.region_code,
        said.round_label,
        said.area_code,
        said.indicator_code,
        said.part,
        said.cause,
        runs.round_ends_on
    from {{ ref('int_return_in_round') }} as said
    inner join (
        select distinct
            round_label,
            round_ends_on,
            area_code,
            indicator_code,
            part
        from {{ ref('fct_performance') }}
        where computed_status in ('near_target', 'off_target')
    ) as runs
        on
            said.round_label = runs.round_label
            and said.area_code = runs.area_code
            and said.indicator_code = runs.indicator_code
            and said.part = runs.part
    inner join {{ ref('dim_area') }} as areas
        on said.area_code = areas.area_code
),

kinds as (
    select
        wordings.cause,
        categories.category
    from (select distinct cause from causes) as wordings
    inner join {{ ref('cause_categories') }} as categories
        on lower(wordings.cause) like '%' || categories.words || '%'
    qualify
        row_number() over (
            partition by wordings.cause
            order by categories.precedence
        ) = 1
),

named as (
    select
        causes.*,
        case
            when causes.cause is null then 'not_named'
            else coalesce(kinds.category, 'other')
        end as category
    from causes
    left join kinds
        on causes.cause = kinds.cause
),

wordings as (
    select
        region_code,
        round_label,
        category,
        cause
    from named
    where cause is not null
    group by region_code, round_label, category, cause
    qualify
        row_number() over (
            partition by region_code, round_label, category
            order by count(*) desc, cause
        ) = 1
)

select
    named.region_code,
    named.round_label,
    named.round_ends_on,
    named.category,
    cast(count(*) as integer) as targets,
    cast(count(distinct named.area_code) as integer) as areas,
    cast(count(distinct named.indicator_code) as integer) as indicators,
    max(wordings.cause) as commonest_wording,
    '{{ var("edition") }}' as edition
from named
left join wordings
    on
        named.region_code = wordings.region_code
        and named.round_label = wordings.round_label
        and named.category = wordings.category
group by named.region_code, named.round_label, named.round_ends_on, named.category
order by named.region_code, named.round_ends_on, named.category
