-- A hidden count is given away where a total is printed beside every other count that adds up to it. The count itself
-- is not repeated here. Totals that are all multiples of five are taken for rounded, which hides enough.
with hiding as (
    select
        *,
        max(case when mark = 'suppressed' then 1 else 0 end) over (
            partition by delivery_id, indicator_code, part, period_label, period_basis
        ) as hides
    from {{ ref('fct_observation') }}
    where
        dimensions = ''
        and derivation is null
        and (numerator is not null or mark = 'suppressed')
    qualify hides = 1
),

parents as (
    select
        hiding.*,
        max(case when hiding.numerator % 5 <> 0 then 1 else 0 end) over (
            partition by hiding.delivery_id, hiding.indicator_code, hiding.part
        ) as is_exact
    from hiding
    inner join {{ ref('areas') }} as areas
        on hiding.area_code = areas.area_code
    where
        areas.area_type in ('region', 'country')
        and hiding.numerator is not null
),

sets as (
    select
        *,
        count(*) over (partition by region_code, cover, boundaries_on) as areas_in_set
    from {{ ref('int_area_cover') }}
),

children as (
    select
        hiding.delivery_id,
        hiding.indicator_code,
        hiding.part,
        hiding.period_label,
        hiding.period_basis,
        sets.region_code,
        sets.cover,
        sets.boundaries_on,
        max(sets.areas_in_set) as areas_in_set,
        count(*) as areas,
        sum(case when hiding.numerator is null then 1 else 0 end) as hidden,
        sum(hiding.numerator) as told,
        max(case when hiding.numerator is null then hiding.area_code end) as area_code,
        max(case when hiding.numerator is null then hiding.area_text end) as area_text,
        max(case when hiding.numerator is null then hiding.source_sheet end) as source_sheet,
        max(case when hiding.numerator is null then hiding.source_row end) as source_row,
        max(case when hiding.numerator is null then hiding.source_column end) as source_column,
        max(case when hiding.numerator is null then hiding.source_text end) as source_text
    from hiding
    inner join sets
        on hiding.area_code = sets.area_code
    group by
        hiding.delivery_id, hiding.indicator_code, hiding.part, hiding.period_label, hiding.period_basis,
        sets.region_code, sets.cover, sets.boundaries_on
)

select
    parents.feed,
    parents.delivery_id,
    'warning' as severity,
    'recoverable_suppression' as check_name,
    parents.indicator_code,
    parents.part,
    children.area_code,
    parents.period_label,
    parents.source_file as file_name,
    children.source_sheet as sheet,
    children.source_row as row_number,
    children.source_column as column_name,
    children.source_text as cell_value,
    'the count of ' || coalesce(children.area_text, children.area_code) || ' is hidden, yet the total of '
    || coalesce(parents.area_text, parents.area_code) || ' and the counts of all its other areas give '
    || 'it away (' || parents.indicator_code || ' ' || parents.part
    || ', ' || parents.period_label || ').' as message,
    'Tell the publisher; do not show these counts together.' as remedy,
    1 as occurrences
from parents
inner join children
    on
        parents.delivery_id = children.delivery_id
        and parents.indicator_code = children.indicator_code
        and parents.part = children.part
        and parents.period_label = children.period_label
        and parents.period_basis = children.period_basis
        and parents.area_code = children.region_code
where
    parents.is_exact = 1
    and children.areas = children.areas_in_set
    and children.hidden = 1
    and parents.numerator >= children.told
qualify
    row_number() over (
        partition by parents.delivery_id, parents.indicator_code, parents.part, parents.period_label,
            parents.period_basis, children.area_code
        order by children.areas, parents.area_code, children.cover, children.boundaries_on desc
    ) = 1
