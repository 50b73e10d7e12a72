-- A hidden total hides its breakdown, or the words would add up to it; a hidden word hides all words of its area, or the
-- total less the others would be it.
with units as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        area_code,
        is_breakdown
    from {{ ref('int_disclosure_cell') }}
    where is_sensitive
    union
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        area_code,
        is_breakdown
    from {{ ref('int_secondary_unit') }}
),

cells as (
    select distinct
        indicator_code,
        part,
        period_label,
        period_basis,
        dimensions,
        area_code
    from {{ ref('int_disclosure_cell') }}
),

hidden as (
    select
        cells.indicator_code,
        cells.part,
        cells.period_label,
        cells.period_basis,
        cells.dimensions,
        cells.area_code,
        coalesce(max(sensitive.is_small), 0) = 1 as is_small
    from cells
    inner join units
        on
            {{ same_table('cells', 'units') }}
            and cells.area_code = units.area_code
            and (cells.dimensions <> '' or not units.is_breakdown)
    left join {{ ref('int_sensitive_cell') }} as sensitive
        on
            {{ same_table('cells', 'sensitive') }}
            and cells.dimensions = sensitive.dimensions
            and cells.area_code = sensitive.area_code
    group by
        cells.indicator_code, cells.part, cells.period_label, cells.period_basis, cells.dimensions, cells.area_code
),

-- What a publisher worked out itself from two figures tells one of them by the other.
worked_out as (
    select distinct
        observations.indicator_code,
        observations.part,
        observations.period_label,
        observations.period_basis,
        observations.dimensions,
        observations.area_code
    from {{ ref('stg_observations') }} as observations
    inner join {{ ref('derived_parts') }} as rules
        on
            observations.indicator_code = rules.indicator_code
            and observations.part = rules.part
    inner join hidden
        on
            observations.indicator_code = hidden.indicator_code
            and hidden.part in (rules.from_part, coalesce(rules.minus_part, rules.from_part))
            and hidden.period_label in (observations.period_label, coalesce(rules.base_period_label, observations.period_label))
            and observations.period_basis = hidden.period_basis
            and observations.dimensions = hidden.dimensions
            and observations.area_code = hidden.area_code
)

select * from hidden
union all
select
    worked_out.*,
    false as is_small
from worked_out
