-- What the latest figure is compared with, as known at the end of the round, on the basis that the profile names.
-- What adds up through the year is compared with the same point of an earlier year only.
with latest as (
    select
        targets.area_code,
        targets.indicator_code,
        targets.part,
        targets.commitment_type,
        targets.round_label,
        targets.ends_on,
        targets.actual_period_basis,
        targets.actual_period_start,
        targets.actual_ends_month,
        profiles.direction_basis,
        parts.cumulative_in_year
    from {{ ref('int_target_in_round') }} as targets
    inner join {{ ref('rule_profiles') }} as profiles
        on targets.profile_id = profiles.profile_id
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
    where
        targets.actual_value is not null
        and profiles.direction_basis <> 'baseline'
)

select
    latest.area_code,
    latest.indicator_code,
    latest.part,
    latest.commitment_type,
    latest.round_label,
    figures.period_label,
    figures.value,
    figures.numerator,
    figures.denominator,
    figures.lower_ci,
    figures.upper_ci,
    figures.survey_base,
    figures.design_effect,
    figures.definition_version
from latest
inner join {{ ref('int_judged_figure') }} as figures
    on
        latest.area_code = figures.area_code
        and latest.indicator_code = figures.indicator_code
        and latest.part = figures.part
        and latest.actual_period_basis = figures.period_basis
        and latest.actual_ends_month > figures.ends_month
        and {{ known_on('figures', 'latest.ends_on') }}
where
    figures.value is not null
    and (
        not latest.cumulative_in_year
        or (latest.actual_ends_month - figures.ends_month) % 12 = 0
    )
    and case latest.direction_basis
        when 'same_period_last_year' then latest.actual_ends_month - figures.ends_month = 12
        when 'last_year_end' then figures.period_end < latest.actual_period_start and month(figures.period_end) = 3
        when 'previous_period' then figures.ends_month = {{ month_number('latest.actual_period_start') }} - 1
        else true
    end
qualify
    row_number() over (
        partition by
            latest.area_code, latest.indicator_code, latest.part, latest.commitment_type, latest.round_label
        order by figures.period_end desc, figures.period_start
    ) = 1
