-- The figure of the base period as its publisher gave it at the end of the round. A base year of a series that comes by
-- the quarter is the year's last quarter.
select
    commitments.area_code,
    commitments.indicator_code,
    commitments.part,
    commitments.commitment_type,
    commitments.round_label,
    figures.value,
    figures.numerator,
    figures.denominator,
    figures.lower_ci,
    figures.upper_ci,
    figures.survey_base,
    figures.design_effect,
    figures.definition_version
from {{ ref('int_commitment_in_round') }} as commitments
inner join {{ ref('int_judged_figure') }} as figures
    on
        commitments.area_code = figures.area_code
        and commitments.indicator_code = figures.indicator_code
        and commitments.part = figures.part
        and figures.period_label in (commitments.base_period_label, commitments.base_period_label || ' Q4')
        and {{ known_on('figures', 'commitments.ends_on') }}
qualify
    row_number() over (
        partition by
            commitments.area_code, commitments.indicator_code, commitments.part, commitments.commitment_type,
            commitments.round_label
        order by figures.period_label, figures.period_basis
    ) = 1
