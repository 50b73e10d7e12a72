-- The target a commitment is judged against in a round is that of the period its latest figure counts for: a figure of a
-- year or more counts for a year of the agreements, a shorter one for the period it lies in. Without such a target the
-- one of the round itself is shown, or the next.
with commitments as (
    select * from {{ ref('int_commitment_in_round') }}
),

figures as (
    select * from {{ ref('int_figure_in_round') }}
),

targets as (
    select
        *,
        {{ month_number('period_end') }} as ends_month,
        {{ month_number('period_end') }} - {{ month_number('period_start') }} + 1 as months
    from {{ ref('fct_target') }}
),

candidates as (
    select
        commitments.area_code,
        commitments.indicator_code,
        commitments.part,
        commitments.commitment_type,
        commitments.round_label,
        commitments.starts_on,
        targets.period_label as target_period_label,
        targets.period_start as target_period_start,
        targets.period_end as target_period_end,
        targets.target_value,
        targets.state as target_state,
        targets.ends_month as target_ends_month,
        targets.months as target_months,
        coalesce(
            case
                when figures.months >= 12
                    then
                        targets.months >= 12
                        and {{ agreement_year('figures.period_end') }} = year(targets.period_start)
                else
                    targets.months >= figures.months
                    and figures.period_end between targets.period_start and targets.period_end
            end,
            false
        ) as is_of_figure
    from commitments
    inner join targets
        on
            {{ same_commitment('commitments', 'targets') }}
            and commitments.version = targets.version
    left join figures
        on
            commitments.area_code = figures.area_code
            and commitments.indicator_code = figures.indicator_code
            and commitments.part = figures.part
            and commitments.round_label = figures.round_label
),

chosen as (
    select *
    from candidates
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
),

firsts as (
    select
        area_code,
        indicator_code,
        part,
        commitment_type,
        version,
        min(period_start) as first_target_start,
        min(ends_month) as first_target_ends_month
    from targets
    where state = 'agreed'
    group by area_code, indicator_code, part, commitment_type, version
)

select
    commitments.*,
    chosen.target_period_label,
    chosen.target_period_start,
    chosen.target_period_end,
    chosen.target_value,
    chosen.target_state,
    chosen.target_ends_month,
    chosen.target_months,
    firsts.first_target_start,
    firsts.first_target_ends_month,
    coalesce(chosen.is_of_figure, false) as is_of_figure,
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
from commitments
left join chosen
    on
        {{ same_commitment('commitments', 'chosen') }}
        and commitments.round_label = chosen.round_label
left join firsts
    on
        {{ same_commitment('commitments', 'firsts') }}
        and commitments.version = firsts.version
left join figures
    on
        commitments.area_code = figures.area_code
        and commitments.indicator_code = figures.indicator_code
        and commitments.part = figures.part
        and commitments.round_label = figures.round_label
