-- A round is shown the newest period of which some council's figure was known when it ended; where nothing was (files that
-- were first read long after), the newest that was over by then, and first_known_on tells that it came later.
select
    rounds.round_label,
    rounds.ends_on as round_ends_on,
    evidence.indicator_code,
    evidence.part,
    evidence.period_label,
    evidence.period_basis
from {{ ref('int_judged_round') }} as rounds
inner join {{ ref('rollup_region') }} as rollups
    on rollups.period_end <= rounds.ends_on
inner join {{ ref('dim_area') }} as areas
    on
        rollups.region_code = areas.area_code
        and areas.area_type = 'country'
inner join {{ ref('int_region_evidence') }} as evidence
    on
        rollups.region_code = evidence.region_code
        and rollups.indicator_code = evidence.indicator_code
        and rollups.part = evidence.part
        and rollups.period_label = evidence.period_label
        and rollups.period_basis = evidence.period_basis
where rollups.areas_reporting > 0
qualify
    row_number() over (
        partition by rounds.round_label, evidence.indicator_code, evidence.part
        order by
            case when evidence.first_known_on <= rounds.ends_on then 0 else 1 end,
            rollups.period_end desc,
            rollups.period_start,
            evidence.period_basis,
            evidence.period_label
    ) = 1
