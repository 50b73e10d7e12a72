-- Every release up to now was made of what was known by its day, and what one of them hid stays hidden: each day on which
-- a table changed is judged by itself. A count is the least that was told of it so far.
with tables as (
    select distinct
        indicator_code,
        part,
        period_label,
        period_basis
    from {{ ref('int_sensitive_cell') }}
),

told as (
    select counted.*
    from {{ ref('int_observation_counted') }} as counted
    inner join tables
        on
            {{ same_table('counted', 'tables') }}
),

days as (
    select distinct
        indicator_code,
        part,
        period_label,
        period_basis,
        known_from as known_on
    from told
),

known as (
    select
        told.indicator_code,
        told.part,
        told.period_label,
        told.period_basis,
        days.known_on,
        told.dimensions,
        told.area_code,
        max(told.bound) as bound,
        max(case when told.is_share then 1 else 0 end) as is_share,
        min(told.counted) as counted,
        min(told.others) as others
    from told
    inner join days
        on
            {{ same_table('told', 'days') }}
            and told.known_from <= days.known_on
    group by
        told.indicator_code, told.part, told.period_label, told.period_basis, days.known_on, told.dimensions,
        told.area_code
)

select
    known.indicator_code,
    known.part,
    known.period_label,
    known.period_basis,
    known.known_on,
    known.dimensions,
    known.dimensions <> '' as is_breakdown,
    known.area_code,
    known.bound,
    known.is_share = 1 as is_share,
    known.counted,
    known.others,
    max(case when known.dimensions = '' then known.counted end) over (
        partition by
            known.indicator_code, known.part, known.period_label, known.period_basis, known.known_on, known.area_code
    ) - known.counted as rest,
    sensitive.area_code is not null as is_sensitive
from known
left join {{ ref('int_sensitive_cell') }} as sensitive
    on
        {{ same_table('known', 'sensitive') }}
        and known.dimensions = sensitive.dimensions
        and known.area_code = sensitive.area_code
        and known.known_on >= sensitive.sensitive_from
