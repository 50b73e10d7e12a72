-- The comparator's figure for the period of a commitment's latest figure, as known at the end of the round.
select
    targets.area_code,
    targets.indicator_code,
    targets.part,
    targets.commitment_type,
    targets.round_label,
    figures.value
from {{ ref('int_target_in_round') }} as targets
inner join {{ ref('int_judged_figure') }} as figures
    on
        targets.comparator_code = figures.area_code
        and targets.indicator_code = figures.indicator_code
        and targets.part = figures.part
        and targets.actual_period_label = figures.period_label
        and targets.actual_period_basis = figures.period_basis
        and {{ known_on('figures', 'targets.ends_on') }}
