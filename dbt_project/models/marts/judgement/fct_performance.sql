-- Status and direction are judged apart: neither is ever made of the other. What the partnership, the Government Office
-- and both together say of the round stands beside the computed status and never replaces it.
-- A tolerance written down for the indicator takes the place of the profile's own.
with rules as (
    select
        judged.*,
        reasons.has_new_data,
        reasons.reason,
        profiles.met_operator,
        profiles.amber_kind,
        coalesce(tolerances.tolerance, profiles.tolerance) as tolerance,
        profiles.amber_operator,
        profiles.exceeded_over,
        profiles.direction_basis,
        profiles.direction_test,
        profiles.direction_tolerance,
        case when not judged.is_redefined then judged.previous_value end as comparable_value
    from {{ ref('int_judged_commitment') }} as judged
    inner join {{ ref('int_commitment_reason') }} as reasons
        on
            {{ same_commitment('judged', 'reasons') }}
            and judged.round_label = reasons.round_label
    inner join {{ ref('rule_profiles') }} as profiles
        on judged.profile_id = profiles.profile_id
    left join {{ ref('indicator_tolerances') }} as tolerances
        on
            profiles.amber_kind = 'per_indicator'
            and judged.profile_id = tolerances.profile_id
            and judged.indicator_code = tolerances.indicator_code
            and judged.part = tolerances.part
),

held as (
    select
        *,
        {{ held_against('milestone_value', 'comparable_value', 'agreed_baseline', 'rules') }} as compared_value,
        {{ held_against('milestone_value_restated', 'cast(null as double)', 'baseline_restated_value', 'rules') }}
            as compared_value_restated
    from rules
),

measured as (
    select
        *,
        {{ gap('judged_value', 'compared_value', 'judged_polarity') | indent(8) }} as variance,
        {{ margin('compared_value', 'held') | indent(8) }} as margin,
        {{ gap('judged_value', 'compared_value_restated', 'judged_polarity') | indent(8) }} as variance_restated,
        {{ margin('compared_value_restated', 'held') | indent(8) }} as margin_restated
    from held
),

statuses as (
    select
        *,
        case
            when reason in ('awaited', 'no_new_data') and no_new_data = 'off_target' then 'off_target'
            when reason is not null then reason
            else
                {{ judged_status(
                    'judged_value', 'compared_value', 'variance', 'margin', 'judged_polarity', 'measured'
                ) | indent(16) }}
        end as computed_status,
        case
            when reason is null and baseline_restated_value is not null and compared_value_restated is not null
                then
                    {{ judged_status(
                        'judged_value', 'compared_value_restated', 'variance_restated', 'margin_restated',
                        'judged_polarity', 'measured'
                    ) | indent(20) }}
        end as status_on_restated_baseline,
        {{ judged_direction('actual_value', 'comparable_value', 'polarity', 'measured', 'is_significant') | indent(8) }}
            as direction
    from measured
),

-- A return is of the target, whichever of its partnerships sends it: mostly the local strategic partnership sends those
-- of its thematic ones.
returned as (
    select *
    from {{ ref('fct_return') }}
    where is_current
    qualify
        row_number() over (
            partition by area_code, indicator_code, part, round_label
            order by known_from desc, partnership_code
        ) = 1
),

said as (
    select
        statuses.*,
        returns.self_assessed_status,
        agreed.office_view,
        agreed.agreed_status,
        agreed.agreed_reason,
        agreed.agreed_on
    from statuses
    left join returned as returns
        on
            statuses.area_code = returns.area_code
            and statuses.indicator_code = returns.indicator_code
            and statuses.part = returns.part
            and statuses.round_label = returns.round_label
    left join {{ ref('fct_agreed_status') }} as agreed
        on
            {{ same_commitment('statuses', 'agreed') }}
            and statuses.round_label = agreed.round_label
            and agreed.is_current
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    ends_on as round_ends_on,
    profile_id,
    target_basis,
    target_period_label,
    target_period_end,
    target_value,
    target_state,
    base_period_label as baseline_period_label,
    baseline_value,
    baseline_restated_value,
    milestone_kind,
    compared_value,
    actual_value,
    actual_period_label,
    actual_period_end,
    actual_mark,
    actual_status,
    actual_known_from,
    actual_delivery_id,
    judged_value,
    cast(areas_ranked as integer) as areas_ranked,
    variance,
    case when target_basis not in ('rank', 'ordinal') then 100 * variance / nullif(abs(compared_value), 0) end
        as variance_percent,
    computed_status,
    computed_status in ('exceeded', 'on_target', 'near_target', 'off_target') as is_assessed,
    status_on_restated_baseline,
    has_new_data,
    previous_value,
    previous_period_label,
    direction,
    direction_basis,
    case
        when actual_value is null then 'no_figure'
        when polarity = 'plan_is_best' then 'plan_is_best'
        when polarity not in ('higher_is_better', 'lower_is_better') then 'no_polarity'
        when is_redefined then 'definition_changed'
        when previous_value is null then 'no_previous'
        when
            direction = 'unchanged'
            and actual_value = previous_value
            and (
                (polarity = 'lower_is_better' and actual_value = 0 and not is_change and unit <> 'percentage_points')
                or (polarity = 'higher_is_better' and actual_value = 100 and unit = 'percent' and not is_change)
            )
            then 'static_at_best'
        when direction = 'unchanged' and direction_test = 'significance' and not is_significant then 'not_significant'
        when direction = 'unchanged' and actual_value <> previous_value then 'within_tolerance'
        when direction_test = 'significance' and is_significant is null then 'not_tested'
    end as direction_reason,
    significance_test,
    cast({{ month_number('ends_on') }} - actual_ends_month as integer) as data_age_months,
    self_assessed_status,
    office_view,
    agreed_status,
    agreed_reason,
    agreed_on,
    partnership_code,
    organisation_code,
    reward_eligible,
    edition
from said
