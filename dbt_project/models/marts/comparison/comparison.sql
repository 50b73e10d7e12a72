with subjects as (
    select * from {{ ref('int_comparison_subject') }}
),

comparators as (
    select 'england' as comparator
    union all
    select 'region' as comparator
    union all
    select peer_set as comparator from {{ ref('peer_sets') }}
),

peers_due as (
    select
        area_code,
        peer_set as comparator,
        count(*) as peers_due
    from {{ ref('peer') }}
    group by area_code, peer_set
),

choosing as (
    select
        peer_set as comparator,
        indicator_code,
        part
    from {{ ref('peer_variables') }}
    where indicator_code is not null
),

beside as (
    select
        subjects.*,
        comparators.comparator,
        comparators.comparator in ('england', 'region') as is_place,
        peers_due.peers_due,
        now.peers_in,
        now.comparator_code,
        now.value as held_value,
        now.lower_limit as held_lower,
        now.upper_limit as held_upper,
        now.status as held_status,
        now.method,
        choosing.comparator is not null as is_choosing,
        now.method = compared_before.method as is_as_before,
        now.method = compared_baseline.method as is_as_baseline,
        own_before.value as value_before,
        own_before.upper_limit - own_before.lower_limit as width_before,
        compared_before.value as compared_before,
        compared_before.upper_limit - compared_before.lower_limit as compared_width_before,
        own_baseline.value as value_baseline,
        compared_baseline.value as compared_baseline
    from subjects
    cross join comparators
    left join peers_due
        on
            subjects.area_code = peers_due.area_code
            and comparators.comparator = peers_due.comparator
    left join choosing
        on
            comparators.comparator = choosing.comparator
            and subjects.indicator_code = choosing.indicator_code
            and subjects.part = choosing.part
    {% for name, number in [
        ('now', 'measure_number'), ('compared_before', 'previous_number'), ('compared_baseline', 'baseline_number')
    ] -%}
    left join {{ ref('int_comparator_figure') }} as {{ name }}
        on
            subjects.area_code = {{ name }}.area_code
            and subjects.{{ number }} = {{ name }}.measure_number
            and comparators.comparator = {{ name }}.comparator
    {% endfor -%}
    {% for name, number in [('own_before', 'previous_number'), ('own_baseline', 'baseline_number')] -%}
    left join {{ ref('int_comparison_figure') }} as {{ name }}
        on
            subjects.area_code = {{ name }}.area_code
            and subjects.{{ number }} = {{ name }}.measure_number
    {% endfor %}
),

-- Why the two cannot be held against each other. A count depends on how big a place is.
reasoned as (
    select
        *,
        case
            when value is null then 'no_figure'
            when aggregation_rule = 'sum' or unit = 'number' then 'depends_on_size'
            when not is_place and peers_due is null then 'no_peers'
            when is_choosing then 'chooses_the_peers'
            when held_value is null and not is_place then 'too_few_peers'
            when held_value is null then 'no_comparator_figure'
        end as no_comparison
    from beside
),

-- A region or England has the area in it and is taken as it is, as Fingertips does. Peers are others: what chance did to
-- them counts too, and the limits of the difference are made of both figures' own (Newcombe 1998, method 10). The error
-- of a funnel is the one that a place of this size would have if it were like the comparator (Spiegelhalter 2005).
compared as (
    select
        *,
        case when no_comparison is null then held_value end as comparator_value,
        case when is_place then 0 else coalesce(held_value - held_lower, 0) end as held_room_below,
        case when is_place then 0 else coalesce(held_upper - held_value, 0) end as held_room_above,
        case when is_place then 0 else held_upper - held_lower end as held_width,
        case when is_place then 0 else compared_width_before end as held_width_before,
        case
            when no_comparison is not null or base is null then null
            when chance = 'proportion' and held_value between 0 and 100
                then sqrt(held_value * (100 - held_value) / base)
            when chance = 'rate' and held_value >= 0 then sqrt(held_value * per / base)
        end as funnel_error
    from reasoned
),

-- Adding nought makes of the minus nought, which a rounding may leave, a plain one.
tested as (
    select
        *,
        value - comparator_value as difference,
        round(
            value - comparator_value
            - sqrt((value - lower_limit) * (value - lower_limit) + held_room_above * held_room_above), 6
        ) as difference_lower,
        round(
            value - comparator_value
            + sqrt((upper_limit - value) * (upper_limit - value) + held_room_below * held_room_below), 6
        ) as difference_upper,
        better_sign * (value - comparator_value) as ahead_by,
        case
            when is_as_before then round(better_sign * (value - comparator_value - value_before + compared_before), 6)
        end as lead_gained,
        sqrt(
            (upper_limit - lower_limit) * (upper_limit - lower_limit) + width_before * width_before
            + held_width * held_width + held_width_before * held_width_before
        ) / 2 as chance_of_lead,
        case
            when is_as_baseline and no_comparison is null
                then round(better_sign * (compared_baseline - value_baseline), 6) + 0
        end as baseline_gap,
        {% for name, z in [('95', 'significance_z'), ('998', 'funnel_z')] -%}
        case
            when funnel_error is not null then round(greatest(comparator_value - {{ var(z) }} * funnel_error, 0), 6)
        end as funnel_lower_{{ name }},
        case
            when chance = 'proportion' and funnel_error is not null
                then round(least(comparator_value + {{ var(z) }} * funnel_error, 100), 6)
            else round(comparator_value + {{ var(z) }} * funnel_error, 6)
        end as funnel_upper_{{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from compared
),

ranks as (
    select * from {{ ref('int_comparison_rank') }}
)

select
    tested.area_code,
    tested.indicator_code,
    tested.part,
    tested.comparator,
    tested.definition_version,
    tested.period_label,
    tested.period_basis,
    tested.period_start,
    tested.period_end,
    tested.value,
    tested.mark,
    tested.status,
    tested.lower_limit,
    tested.upper_limit,
    tested.interval_method,
    tested.base,
    case when tested.comparator_value is not null then tested.comparator_code end as comparator_code,
    tested.comparator_value,
    case when tested.comparator_value is not null then tested.held_lower end as comparator_lower,
    case when tested.comparator_value is not null then tested.held_upper end as comparator_upper,
    case when tested.comparator_value is not null then tested.held_status end as comparator_status,
    case when tested.comparator_value is not null then tested.method end as method,
    cast(tested.peers_due as integer) as peers_due,
    case when tested.peers_due is not null then coalesce(tested.peers_in, 0) end as peers_in,
    round(tested.difference, 6) + 0 as difference,
    tested.difference_lower,
    tested.difference_upper,
    case
        when tested.difference_lower is null then null
        when tested.is_place or tested.held_lower is null then 'reference_value'
        else 'difference'
    end as significance_test,
    case
        when tested.difference_lower is null then 'not_comparable'
        when tested.difference_lower <= 0 and tested.difference_upper >= 0 then 'similar'
        when tested.better_sign is null then case when tested.difference > 0 then 'higher' else 'lower' end
        when tested.ahead_by > 0 then 'better'
        else 'worse'
    end as significance,
    coalesce(tested.no_comparison, case when tested.difference_lower is null then 'no_interval' end) as reason,
    ranks.areas_ranked,
    ranks.rank_best,
    ranks.rank_worst,
    ranks.quartile,
    tested.funnel_lower_95,
    tested.funnel_upper_95,
    tested.funnel_lower_998,
    tested.funnel_upper_998,
    case
        when tested.funnel_lower_95 is null then null
        when tested.value > tested.funnel_upper_998 then 'above_998'
        when tested.value < tested.funnel_lower_998 then 'below_998'
        when tested.value > tested.funnel_upper_95 then 'above_95'
        when tested.value < tested.funnel_lower_95 then 'below_95'
        else 'inside'
    end as funnel_position,
    tested.previous_period_label,
    case
        when tested.lead_gained is null then 'no_comparison'
        when abs(tested.lead_gained) <= coalesce(tested.chance_of_lead, 0) then 'keeping_pace'
        when round(tested.lead_gained, coalesce(tested.decimals, 6)) = 0 then 'keeping_pace'
        when tested.lead_gained > 0 then 'gaining'
        else 'losing'
    end as relative_direction,
    case when tested.lead_gained is not null then tested.chance_of_lead is not null end as is_direction_tested,
    tested.baseline_period_label,
    tested.baseline_gap,
    case when tested.baseline_gap > 0 then round((tested.baseline_gap + tested.ahead_by) / tested.baseline_gap, 6) + 0 end
        as gap_closed,
    case
        when tested.no_comparison is not null then tested.no_comparison
        when tested.better_sign is null then 'no_polarity'
        when tested.compared_baseline is null or tested.value_baseline is null then 'no_baseline'
        when not tested.is_as_baseline then 'other_method'
        when tested.baseline_gap = 0 then 'no_gap'
        when tested.baseline_gap < 0 then 'ahead'
    end as gap_reason,
    '{{ var("edition") }}' as edition
from tested
left join ranks
    on
        tested.area_code = ranks.area_code
        and tested.measure_number = ranks.measure_number
        and tested.comparator = ranks.comparator
        and coalesce(tested.no_comparison, '') not in ('depends_on_size', 'chooses_the_peers', 'too_few_peers')
