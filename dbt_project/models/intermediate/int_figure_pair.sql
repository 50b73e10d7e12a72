-- The latest figure beside what its direction is measured from, which the profile names, and what both rest on: a share
-- of a base, or a count. Two definitions make no pair, nor do what has added up so far and a baseline of a whole year.
with baselines as (
    select
        targets.area_code,
        targets.indicator_code,
        targets.part,
        targets.commitment_type,
        targets.round_label,
        targets.base_period_label as period_label,
        coalesce(targets.baseline_value, base.value) as value,
        base.numerator,
        base.denominator,
        base.lower_ci,
        base.upper_ci,
        base.survey_base,
        base.design_effect,
        base.definition_version
    from {{ ref('int_target_in_round') }} as targets
    inner join {{ ref('rule_profiles') }} as profiles
        on targets.profile_id = profiles.profile_id
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
    left join {{ ref('int_baseline_in_round') }} as base
        on
            {{ same_commitment('targets', 'base') }}
            and targets.round_label = base.round_label
    where
        profiles.direction_basis = 'baseline'
        and not (parts.cumulative_in_year and targets.actual_months < 12 and targets.actual_ends_month % 12 <> 3)
),

previous as (
    select * from {{ ref('int_previous_figure') }}
    union all
    select * from baselines
),

pairs as (
    select
        targets.area_code,
        targets.indicator_code,
        targets.part,
        targets.commitment_type,
        targets.round_label,
        parts.unit,
        previous.period_label as previous_period_label,
        previous.value as previous_value,
        previous.definition_version <> targets.actual_definition_version as is_redefined,
        targets.actual_value,
        {% for side, figure in [('actual', 'targets.actual_'), ('previous', 'previous.')] -%}
        {{ figure }}lower_ci as {{ side }}_lower_ci,
        {{ figure }}upper_ci as {{ side }}_upper_ci,
        {{ figure }}survey_base as {{ side }}_survey_base,
        coalesce({{ figure }}design_effect, 1) as {{ side }}_design,
        case when parts.unit = 'percent' and {{ figure }}value between 0 and 100 then {{ figure }}value / 100 end
            as {{ side }}_share,
        case
            when parts.unit = 'percent' and {{ figure }}denominator > 0 then {{ figure }}denominator
        end as {{ side }}_base,
        case
            when parts.unit = 'number' then {{ figure }}value
            when parts.unit like 'rate_per_%' and {{ figure }}denominator > 0 then {{ figure }}numerator
        end as {{ side }}_count,
        case when parts.unit = 'number' then 1 else parts.per / nullif({{ figure }}denominator, 0) end
            as {{ side }}_scale{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_target_in_round') }} as targets
    inner join previous
        on
            {{ same_commitment('targets', 'previous') }}
            and targets.round_label = previous.round_label
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
),

tested as (
    select
        *,
        case
            when actual_share is not null and previous_share is not null and actual_survey_base > 0
                and previous_survey_base > 0 then 'two_proportions'
            when actual_lower_ci is not null and previous_lower_ci is not null and actual_upper_ci is not null
                and previous_upper_ci is not null then 'published_interval'
            when actual_share is not null and previous_share is not null and actual_base is not null
                and previous_base is not null then 'wilson'
            when actual_count >= 0 and previous_count >= 0 and actual_scale is not null
                and previous_scale is not null then 'byar'
        end as significance_test
    from pairs
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    previous_period_label,
    previous_value,
    coalesce(is_redefined, false) as is_redefined,
    significance_test,
    case significance_test
        when 'two_proportions'
            then
                {{ shares_differ(
                    'actual_share', 'actual_survey_base', 'actual_design',
                    'previous_share', 'previous_survey_base', 'previous_design'
                ) }}
        when 'published_interval'
            then actual_lower_ci > previous_upper_ci or actual_upper_ci < previous_lower_ci
        when 'wilson'
            then
                {{ wilson('actual_share', 'actual_base', '-') }} > {{ wilson('previous_share', 'previous_base', '+') }}
                or {{ wilson('actual_share', 'actual_base', '+') }}
                < {{ wilson('previous_share', 'previous_base', '-') }}
        when 'byar'
            then
                {{ byar_lower('actual_count') }} * actual_scale
                > {{ byar_upper('previous_count') }} * previous_scale
                or {{ byar_upper('actual_count') }} * actual_scale
                < {{ byar_lower('previous_count') }} * previous_scale
    end as is_significant
from tested
