-- Where a target is held against another area (comparator_code), the figure is the difference from that area's own for
-- the same period, as both were known. A round without a label is now.
with moments as (
    select
        round_label,
        ends_on
    from {{ ref('int_judged_round') }}
    union all
    select
        cast(null as string) as round_label,
        cast('9999-12-30' as date) as ends_on
),

known as (
    select
        moments.round_label,
        moments.ends_on as known_on,
        figures.area_code,
        figures.indicator_code,
        figures.part,
        figures.period_basis,
        figures.definition_version,
        figures.period_label,
        figures.agreement_year,
        figures.ends_at,
        figures.value
    from {{ ref('int_year_figure') }} as figures
    inner join moments
        on {{ known_on('figures', 'moments.ends_on') }}
),

compared as (
    select distinct
        area_code,
        indicator_code,
        part,
        comparator_code
    from {{ ref('fct_target') }}
    where target_basis = 'relative'
)

select
    round_label,
    known_on,
    area_code,
    cast(null as string) as comparator_code,
    indicator_code,
    part,
    period_basis,
    definition_version,
    period_label,
    agreement_year,
    ends_at,
    value
from known
union all
select
    known.round_label,
    known.known_on,
    known.area_code,
    compared.comparator_code,
    known.indicator_code,
    known.part,
    known.period_basis,
    known.definition_version,
    known.period_label,
    known.agreement_year,
    known.ends_at,
    known.value - others.value as value
from known
inner join compared
    on
        known.area_code = compared.area_code
        and known.indicator_code = compared.indicator_code
        and known.part = compared.part
inner join known as others
    on
        compared.comparator_code = others.area_code
        and known.indicator_code = others.indicator_code
        and known.part = others.part
        and known.known_on = others.known_on
        and known.period_basis = others.period_basis
        and known.period_label = others.period_label
        and known.definition_version = others.definition_version
