-- Of two figures that end on one day the one of the longer period counts: a year's, not its last quarter's.
with latest as (
    select
        figures.area_code,
        figures.indicator_code,
        figures.part,
        rounds.round_label,
        rounds.ends_on,
        max(figures.period_end) as period_end
    from {{ ref('int_judged_figure') }} as figures
    inner join {{ ref('int_judged_round') }} as rounds
        on
            {{ known_on('figures', 'rounds.ends_on') }}
            and figures.period_end <= rounds.ends_on
    group by figures.area_code, figures.indicator_code, figures.part, rounds.round_label, rounds.ends_on
)

select
    latest.round_label,
    figures.*
from latest
inner join {{ ref('int_judged_figure') }} as figures
    on
        latest.area_code = figures.area_code
        and latest.indicator_code = figures.indicator_code
        and latest.part = figures.part
        and latest.period_end = figures.period_end
        and {{ known_on('figures', 'latest.ends_on') }}
qualify
    row_number() over (
        partition by figures.area_code, figures.indicator_code, figures.part, latest.round_label
        order by figures.period_start, figures.period_basis
    ) = 1
