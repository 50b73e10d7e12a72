-- Of two figures that end on one day the one of the longer period counts: a year's, not its last quarter's.
select
    rounds.round_label,
    rounds.starts_on,
    rounds.ends_on,
    figures.*
from {{ ref('int_judged_figure') }} as figures
inner join {{ ref('int_judged_round') }} as rounds
    on
        {{ known_on('figures', 'rounds.ends_on') }}
        and figures.period_end <= rounds.ends_on
qualify
    row_number() over (
        partition by figures.area_code, figures.indicator_code, figures.part, rounds.round_label
        order by figures.period_end desc, figures.period_start, figures.period_basis
    ) = 1
