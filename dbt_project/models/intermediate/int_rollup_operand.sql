{#- Written out for each kind of row: a common part that both read would be held whole, millions of rows wide. -#}
{%- set kept = [
    'covers.parent_code', 'covers.relation', 'covers.cover', 'covers.boundaries_on', 'observations.area_code',
    'observations.indicator_code', 'observations.part', 'observations.definition_version',
    'observations.period_label', 'observations.period_basis', 'observations.period_start',
    'observations.period_end', 'observations.value', 'observations.numerator', 'observations.denominator',
    'observations.mark', 'covers.share', 'covers.people', 'covers.set_number',
] -%}
{%- set same_figure = 'covers.set_number, '
    ~ 'observations.indicator_code, observations.part, observations.period_label, observations.period_basis, '
    ~ 'observations.value, observations.numerator, observations.denominator' -%}
-- Totals only: a breakdown is not rolled up. An area whose numerator is hidden must leave its denominator out too, or
-- the rate comes out too low. A publisher that prints two areas as one repeats the figure on both, so
-- among rows marked combined_area an identical figure counts once. Where only one of them lies in a body smaller than a
-- region, the figure is not its own, and it has none.
with counted as (
    select
        {{ kept | join(',\n        ') }},
        1 as copy_number,
        observations.value is not null as is_reporting
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('rollup_cover') }} as covers
        on observations.area_code = covers.area_code
    where
        observations.dimensions = ''
        and covers.is_repeated is distinct from true
        and observations.mark is distinct from 'combined_area'
    union all
    select
        {{ kept | join(',\n        ') }},
        row_number() over (partition by {{ same_figure }} order by observations.area_code) as copy_number,
        covers.relation in ('region', 'country')
        or count(*) over (partition by {{ same_figure }}) > 1 as is_reporting
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('rollup_cover') }} as covers
        on observations.area_code = covers.area_code
    where
        observations.dimensions = ''
        and covers.is_repeated is distinct from true
        and observations.mark = 'combined_area'
)

select
    parent_code,
    relation,
    cover,
    boundaries_on,
    set_number,
    area_code,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    case when not is_reporting then null when copy_number > 1 then 0 else value * share end as value,
    case
        when not is_reporting then null
        when copy_number > 1 then 0
        when value is not null and denominator is not null then numerator * share
    end as numerator,
    case
        when not is_reporting then null
        when copy_number > 1 then 0
        when value is not null and numerator is not null then denominator * share
    end as denominator,
    mark,
    share,
    people,
    mark is distinct from 'did_not_exist' as is_listed,
    is_reporting,
    is_reporting and value is not null and (numerator is null or denominator is null) as lacks_ratio,
    coalesce(mark = 'not_applicable', false) as is_not_due
from counted
