-- The figure of the base period as its publisher gave it at the end of the round. A base year of a series that comes by
-- the quarter is the year's last quarter.
select
    targets.area_code,
    targets.indicator_code,
    targets.part,
    targets.commitment_type,
    targets.round_label,
    figures.value,
    figures.numerator,
    figures.denominator,
    figures.lower_ci,
    figures.upper_ci,
    figures.survey_base,
    figures.design_effect,
    figures.definition_version
from {{ ref('int_target_in_round') }} as targets
inner join {{ ref('int_judged_figure') }} as figures
    on
        targets.area_code = figures.area_code
        and targets.indicator_code = figures.indicator_code
        and targets.part = figures.part
        and figures.period_label in (targets.base_period_label, targets.base_period_label || ' Q4')
        and {{ known_on('figures', 'targets.ends_on') }}
qualify
    row_number() over (
        partition by
            targets.area_code, targets.indicator_code, targets.part, targets.commitment_type,
            targets.round_label
        order by figures.period_label, figures.period_basis
    ) = 1
