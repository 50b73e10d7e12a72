-- The reason is looked for from what the figures themselves show, the most certain first. Counts that are all multiples
-- of ten or five were rounded to that; a total of estimates was rounded to whole numbers. Where areas are
-- missing, what the publisher's own counts have more must be no less than nothing and no more than there are people
-- in those areas.
with compared as (
    select
        rollups.*,
        indicators.per,
        0.5 * power(10, -coalesce(indicators.decimals, 0)) + 0.000000001 as shown_half,
        published.numerator as published_numerator,
        published.denominator as published_denominator,
        areas.area_type,
        rules.kind,
        rules.from_part,
        coalesce(rules.minus_part, rules.from_part) as second_part,
        coalesce(rules.base_period_label, rollups.period_label) as second_period_label
    from {{ ref('rollup_area') }} as rollups
    inner join {{ ref('dim_indicator') }} as indicators
        on
            rollups.indicator_code = indicators.indicator_code
            and rollups.part = indicators.part
            and rollups.definition_version = indicators.definition_version
    inner join {{ ref('fct_observation_current') }} as published
        on
            rollups.area_code = published.area_code
            and rollups.indicator_code = published.indicator_code
            and rollups.part = published.part
            and rollups.period_label = published.period_label
            and rollups.period_basis = published.period_basis
            and published.dimensions = ''
    inner join {{ ref('dim_area') }} as areas
        on rollups.area_code = areas.area_code
    left join {{ ref('derived_parts') }} as rules
        on
            rollups.indicator_code = rules.indicator_code
            and rollups.part = rules.part
            and rollups.method = rules.kind
    where rollups.published_value is not null
),

counts as (
    select
        observations.indicator_code,
        observations.part,
        areas.area_type,
        observations.numerator as counted
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('dim_area') }} as areas
        on observations.area_code = areas.area_code
    where
        observations.dimensions = ''
        and observations.numerator is not null
    union all
    select
        observations.indicator_code,
        observations.part,
        areas.area_type,
        observations.denominator as counted
    from {{ ref('fct_observation_current') }} as observations
    inner join {{ ref('dim_area') }} as areas
        on observations.area_code = areas.area_code
    where
        observations.dimensions = ''
        and observations.denominator is not null
),

rounded as (
    select
        indicator_code,
        part,
        area_type,
        case
            when max(abs(counted) % 10) = 0 then 10
            when max(abs(counted) % 5) = 0 then 5
            when max(abs(counted) % 1) = 0 then 0
            when max(abs(10 * counted - round(10 * counted))) < 0.000001 then 0.1
            else 0
        end as unit
    from counts
    group by all
),

-- Areas of one kind were rounded alike; the coarsest of those in a cover is what they may be off by.
of_covers as (
    select
        rounded.indicator_code,
        rounded.part,
        covers.cover,
        max(rounded.unit) as unit
    from rounded
    inner join {{ ref('area_covers') }} as covers
        on rounded.area_type = covers.area_type
    group by all
),

bounded as (
    select
        compared.*,
        compared.published_value - compared.value as difference,
        compared.published_numerator - compared.numerator as numerator_difference,
        compared.published_denominator - compared.denominator as denominator_difference,
        0.5 * (coalesce(bodies.unit, 0) + compared.areas_reporting * coalesce(of_covers.unit, 0)) + 0.000001
            as counts_half,
        coalesce(bodies.unit, 0) as body_unit
    from compared
    left join rounded as bodies
        on
            compared.indicator_code = bodies.indicator_code
            and compared.part = bodies.part
            and compared.area_type = bodies.area_type
    left join of_covers
        on
            compared.indicator_code = of_covers.indicator_code
            and compared.part = of_covers.part
            and compared.cover = of_covers.cover
),

other_covers as (
    select distinct
        bounded.area_code,
        bounded.indicator_code,
        bounded.part,
        bounded.period_label,
        bounded.period_basis
    from bounded
    inner join {{ ref('int_rollup_candidate') }} as candidates
        on
            bounded.area_code = candidates.parent_code
            and bounded.indicator_code = candidates.indicator_code
            and bounded.part = candidates.part
            and bounded.period_label = candidates.period_label
            and bounded.period_basis = candidates.period_basis
    where
        bounded.method = 'sum'
        and candidates.cover <> bounded.cover
        and candidates.areas_reporting = candidates.areas_due
        and abs(candidates.value_sum - bounded.published_value) <= 0.5 * (1 + candidates.areas_due)
),

judged as (
    select
        bounded.*,
        case
            when bounded.reason is not null then 'not_combined'
            when bounded.method = 'published' then 'published_taken'
            when abs(bounded.difference) <= bounded.shown_half then 'agrees'
            when bounded.kind is not null then 'of_its_parts'
            when bounded.method = 'sum' and abs(bounded.difference) <= 0.5 * (1 + bounded.areas_reporting)
                then 'rounded_counts'
            when bounded.method = 'sum' and other_covers.area_code is not null then 'other_areas'
            when bounded.method = 'sum' then 'other_total'
            when
                abs(
                    bounded.per * bounded.published_numerator / nullif(bounded.published_denominator, 0)
                    - bounded.published_value
                ) > bounded.shown_half
                then 'published_value_off'
            when
                bounded.areas_reporting < bounded.areas_due
                and bounded.numerator_difference >= -bounded.counts_half
                and bounded.denominator_difference >= -bounded.counts_half
                and bounded.numerator_difference
                <= bounded.denominator_difference * greatest(1, 100 / bounded.per) + 2 * bounded.counts_half
                then case when bounded.areas_suppressed > 0 then 'suppressed_cells' else 'areas_missing' end
            when
                bounded.body_unit > 0
                and abs(bounded.numerator_difference) <= bounded.counts_half
                and abs(bounded.denominator_difference) <= bounded.counts_half
                then 'rounded_counts'
            when bounded.numerator_difference is not null and bounded.denominator_difference is not null
                then 'other_total'
            else 'unexplained'
        end as own_code
    from bounded
    left join other_covers
        on
            bounded.area_code = other_covers.area_code
            and bounded.indicator_code = other_covers.indicator_code
            and bounded.part = other_covers.part
            and bounded.period_label = other_covers.period_label
            and bounded.period_basis = other_covers.period_basis
),

-- A figure worked out from two others is off for the reason one of them is.
traced as (
    select
        judged.*,
        case
            when judged.own_code <> 'of_its_parts' then judged.own_code
            when coalesce(first_side.own_code, 'agrees') <> 'agrees' then first_side.own_code
            when coalesce(second_side.own_code, 'agrees') <> 'agrees' then second_side.own_code
            else 'unexplained'
        end as reason_code
    from judged
    left join judged as first_side
        on
            judged.area_code = first_side.area_code
            and judged.indicator_code = first_side.indicator_code
            and judged.from_part = first_side.part
            and judged.period_label = first_side.period_label
            and judged.period_basis = first_side.period_basis
    left join judged as second_side
        on
            judged.area_code = second_side.area_code
            and judged.indicator_code = second_side.indicator_code
            and judged.second_part = second_side.part
            and judged.second_period_label = second_side.period_label
            and judged.period_basis = second_side.period_basis
)

select
    area_code,
    relation,
    indicator_code,
    part,
    definition_version,
    period_label,
    period_basis,
    period_start,
    period_end,
    published_value,
    value,
    difference,
    numerator_difference,
    denominator_difference,
    method,
    areas_due,
    areas_reporting,
    areas_suppressed,
    case
        when reason_code in ('agrees', 'not_combined', 'published_taken', 'unexplained') then reason_code
        else 'explained'
    end as outcome,
    reason_code,
    case
        when own_code = 'of_its_parts' and reason_code <> 'unexplained'
            then 'One of the two figures it is worked out from differs: '
        else ''
    end
    || case reason_code
        when 'agrees' then 'The same to the last decimal that is shown.'
        when 'not_combined' then reason
        when 'published_taken' then 'The publisher''s own figure is taken: areas cannot be combined.'
        when 'rounded_counts'
            then 'Within what rounding allows: counts of the publisher were rounded before they were added or divided.'
        when 'other_areas'
            then 'The areas of the other tier, or of other boundaries, add up to the publisher''s figure: its rows of '
            || 'the two do not agree with each other.'
        when 'other_total'
            then 'All ' || cast(areas_reporting as string) || ' of ' || cast(areas_due as string)
            || ' areas that have a figure do not add up to the publisher''s own counts: its total is not made of '
            || 'its areas'' rows alone.'
        when 'published_value_off'
            then 'The publisher''s value is not what its own numerator and denominator give.'
        when 'suppressed_cells'
            then cast(areas_due - areas_reporting as string) || ' of ' || cast(areas_due as string)
            || ' areas have no figure here, ' || cast(areas_suppressed as string)
            || ' of them hidden as small; the publisher''s own counts hold them.'
        when 'areas_missing'
            then cast(areas_due - areas_reporting as string) || ' of ' || cast(areas_due as string)
            || ' areas have no figure here; the publisher''s own counts hold them.'
        else 'No reason shows in the figures.'
    end as reason,
    '{{ var("edition") }}' as edition
from traced
order by indicator_code, part, period_start, period_label, period_basis, relation, area_code
