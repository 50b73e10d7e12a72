-- The arrow a partnership gave against the figures known on the day of its return: the newest, and the one for the same
-- season the last time it was measured before. Small changes go either way with the next revision.
with arrows as (
    select
        returns.*,
        case when parts.polarity = 'lower_is_better' then -1 else 1 end as sign
    from {{ ref('fct_return') }} as returns
    inner join {{ ref('int_indicator_part') }} as parts
        on
            returns.indicator_code = parts.indicator_code
            and returns.part = parts.part
    where
        returns.is_current
        and returns.self_assessed_direction in ('improved', 'deteriorated')
        and parts.polarity in ('higher_is_better', 'lower_is_better')
),

pairs as (
    select
        arrows.*,
        later.period_label as later_period_label,
        later.value as later_value,
        earlier.period_label as earlier_period_label,
        earlier.value as earlier_value,
        row_number() over (
            partition by
                arrows.partnership_code, arrows.area_code, arrows.indicator_code, arrows.part, arrows.round_label
            order by later.period_end desc, later.period_basis, earlier.period_end desc
        ) as place
    from arrows
    inner join {{ ref('int_judged_figure') }} as later
        on
            arrows.area_code = later.area_code
            and arrows.indicator_code = later.indicator_code
            and arrows.part = later.part
            and {{ known_on('later', 'arrows.known_from') }}
    inner join {{ ref('int_judged_figure') }} as earlier
        on
            arrows.area_code = earlier.area_code
            and arrows.indicator_code = earlier.indicator_code
            and arrows.part = earlier.part
            and {{ known_on('earlier', 'arrows.known_from') }}
            and later.period_basis = earlier.period_basis
            and later.definition_version = earlier.definition_version
            and month(later.period_end) = month(earlier.period_end)
            and later.period_end > earlier.period_end
    where
        later.value is not null
        and earlier.value is not null
)

select
    feed,
    delivery_id,
    'warning' as severity,
    'arrow_against_figures' as check_name,
    indicator_code,
    part,
    area_code,
    round_label as period_label,
    source_file as file_name,
    source_sheet as sheet,
    source_row as row_number,
    cast(null as string) as column_name,
    self_assessed_direction as cell_value,
    'the return of ' || partnership_code || ' says that ' || indicator_code || ' ' || part || ' ' || self_assessed_direction
    || ', but it went from ' || cast(round(earlier_value, 2) as string) || ' in ' || earlier_period_label || ' to '
    || cast(round(later_value, 2) as string) || ' in ' || later_period_label || '.' as message,
    'Ask the partnership which figures its arrow compares.' as remedy,
    1 as occurrences
from pairs
where
    place = 1
    and abs(later_value - earlier_value) > {{ var('arrow_least_change') }} * abs(earlier_value)
    and sign * (later_value - earlier_value) * case self_assessed_direction when 'improved' then 1 else -1 end < 0
