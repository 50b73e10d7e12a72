-- Management data holds every count as it is; a publisher has hidden its own, and what it hid is sensitive where the hub
-- would give it back. Once sensitive a cell stays so, in every revision: what a later one tells is close to it.
with counted as (
    select * from {{ ref('int_observation_counted') }}
),

small as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        dimensions,
        area_code,
        min(known_from) as sensitive_from
    from counted
    where
        disclosure = 'management'
        and (
            (counted > 0 and counted < suppression_threshold)
            or (others > 0 and others < suppression_threshold)
            or (denominator > 0 and denominator < suppression_threshold)
        )
    group by indicator_code, part, period_label, period_basis, dimensions, area_code
),

suppressed as (
    select distinct
        indicator_code,
        part,
        period_label,
        period_basis,
        dimensions,
        area_code
    from counted
    where mark = 'suppressed'
),

-- Shown once and hidden now: what was shown before is hidden with it. Hidden once and shown now is the publisher's choice.
history as (
    select
        counted.indicator_code,
        counted.part,
        counted.period_label,
        counted.period_basis,
        counted.dimensions,
        counted.area_code,
        counted.known_from,
        counted.mark,
        row_number() over (
            partition by
                counted.indicator_code, counted.part, counted.period_label, counted.period_basis, counted.dimensions,
                counted.area_code
            order by
                counted.known_from desc, counted.received_at desc, counted.delivery_id desc,
                counted.correction_code desc nulls last
        ) as recency,
        sum(case when counted.value is not null then 1 else 0 end) over (
            partition by
                counted.indicator_code, counted.part, counted.period_label, counted.period_basis, counted.dimensions,
                counted.area_code
        ) as shown
    from counted
    inner join suppressed
        on
            counted.indicator_code = suppressed.indicator_code
            and counted.part = suppressed.part
            and counted.period_label = suppressed.period_label
            and counted.period_basis = suppressed.period_basis
            and counted.dimensions = suppressed.dimensions
            and counted.area_code = suppressed.area_code
),

of_publisher as (
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        dimensions,
        area_code,
        known_from as sensitive_from
    from history
    where
        recency = 1
        and mark = 'suppressed'
        and shown > 0
    union all
    select
        indicator_code,
        part,
        period_label,
        period_basis,
        '' as dimensions,
        area_code,
        min(known_from) as sensitive_from
    from {{ ref('int_recoverable_suppression') }}
    group by indicator_code, part, period_label, period_basis, area_code
)

select
    indicator_code,
    part,
    period_label,
    period_basis,
    dimensions,
    area_code,
    min(sensitive_from) as sensitive_from,
    max(is_small) as is_small
from (
    select
        *,
        1 as is_small
    from small
    union all
    select
        *,
        0 as is_small
    from of_publisher
) as every_kind
group by indicator_code, part, period_label, period_basis, dimensions, area_code
