-- The target a commitment is judged against in a round is that of the period its latest figure counts for: a figure of a
-- year or more counts for a year of the agreements, a shorter one for the period it lies in. Without such a target the
-- one of the round itself is shown, or the next.
with candidates as (
    select
        commitments.*,
        targets.period_label as target_period_label,
        targets.period_start as target_period_start,
        targets.period_end as target_period_end,
        targets.target_value,
        targets.state as target_state,
        {{ month_number('targets.period_end') }} as target_ends_month,
        {{ month_number('targets.period_end') }} - {{ month_number('targets.period_start') }} + 1 as target_months,
        figures.period_label as actual_period_label,
        figures.period_basis as actual_period_basis,
        figures.period_start as actual_period_start,
        figures.period_end as actual_period_end,
        figures.ends_month as actual_ends_month,
        figures.months as actual_months,
        figures.value as actual_value,
        figures.numerator as actual_numerator,
        figures.denominator as actual_denominator,
        figures.lower_ci as actual_lower_ci,
        figures.upper_ci as actual_upper_ci,
        figures.survey_base as actual_survey_base,
        figures.design_effect as actual_design_effect,
        figures.mark as actual_mark,
        figures.status as actual_status,
        figures.status_reason as actual_reason,
        figures.definition_version as actual_definition_version,
        figures.delivery_id as actual_delivery_id,
        figures.feed as actual_feed,
        figures.figure_known_from as actual_known_from
    from {{ ref('int_commitment_in_round') }} as commitments
    left join {{ ref('fct_target') }} as targets
        on
            commitments.area_code = targets.area_code
            and commitments.indicator_code = targets.indicator_code
            and commitments.part = targets.part
            and commitments.commitment_type = targets.commitment_type
            and commitments.version = targets.version
    left join {{ ref('int_figure_in_round') }} as figures
        on
            commitments.area_code = figures.area_code
            and commitments.indicator_code = figures.indicator_code
            and commitments.part = figures.part
            and commitments.round_label = figures.round_label
),

paired as (
    select
        *,
        coalesce(
            case
                when actual_months >= 12
                    then
                        target_months >= 12
                        and {{ agreement_year('actual_period_end') }} = year(target_period_start)
                else
                    target_months >= actual_months
                    and actual_period_end between target_period_start and target_period_end
            end,
            false
        ) as is_of_figure,
        min(case when target_state = 'agreed' then target_period_start end) over (
            partition by area_code, indicator_code, part, commitment_type, round_label
        ) as first_target_start,
        min(case when target_state = 'agreed' then target_ends_month end) over (
            partition by area_code, indicator_code, part, commitment_type, round_label
        ) as first_target_ends_month
    from candidates
)

select *
from paired
qualify
    row_number() over (
        partition by area_code, indicator_code, part, commitment_type, round_label
        order by
            case when is_of_figure then 1 else 2 end,
            case when is_of_figure then target_months end,
            case when target_period_end >= starts_on then 1 else 2 end,
            case when target_period_end >= starts_on then target_period_end end,
            target_period_end desc,
            target_months desc
    ) = 1
