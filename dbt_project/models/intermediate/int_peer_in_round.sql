-- Where a figure stands among those of all areas with an agreement, for the same period, by the same definition and as
-- known at the end of the round: its place, best first, and the middle of them. Equal figures share the better place.
with asked as (
    select distinct
        targets.indicator_code,
        targets.part,
        targets.round_label,
        targets.ends_on,
        targets.actual_period_label,
        targets.actual_period_basis,
        targets.actual_definition_version,
        parts.polarity
    from {{ ref('int_target_in_round') }} as targets
    inner join {{ ref('rule_profiles') }} as profiles
        on targets.profile_id = profiles.profile_id
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
    where
        targets.actual_value is not null
        and parts.polarity in ('higher_is_better', 'lower_is_better')
        and (targets.target_basis = 'rank' or profiles.compared_with = 'peers')
),

agreements as (
    select distinct
        area_code,
        round_label
    from {{ ref('int_commitment_in_round') }}
),

placed as (
    select
        asked.*,
        figures.area_code,
        figures.value,
        rank() over best_first as place,
        row_number() over best_first as number,
        count(*) over (
            partition by
                asked.indicator_code, asked.part, asked.round_label, asked.actual_period_label, asked.actual_period_basis,
                asked.actual_definition_version
        ) as peers
    from asked
    inner join agreements
        on asked.round_label = agreements.round_label
    inner join {{ ref('int_judged_figure') }} as figures
        on
            agreements.area_code = figures.area_code
            and asked.indicator_code = figures.indicator_code
            and asked.part = figures.part
            and asked.actual_period_label = figures.period_label
            and asked.actual_period_basis = figures.period_basis
            and asked.actual_definition_version is not distinct from figures.definition_version
            and {{ known_on('figures', 'asked.ends_on') }}
    where figures.value is not null
    window best_first as (
        partition by
            asked.indicator_code, asked.part, asked.round_label, asked.actual_period_label, asked.actual_period_basis,
            asked.actual_definition_version
        order by round(case asked.polarity when 'higher_is_better' then -figures.value else figures.value end, 6)
    )
),

measured as (
    select
        *,
        avg(case when 2 * number between peers and peers + 2 then value end) over (
            partition by
                indicator_code, part, round_label, actual_period_label, actual_period_basis, actual_definition_version
        ) as middle
    from placed
)

select distinct
    measured.area_code,
    measured.indicator_code,
    measured.part,
    measured.round_label,
    measured.place,
    measured.peers,
    measured.middle
from measured
inner join {{ ref('int_target_in_round') }} as own
    on
        measured.area_code = own.area_code
        and measured.indicator_code = own.indicator_code
        and measured.part = own.part
        and measured.round_label = own.round_label
        and measured.actual_period_label = own.actual_period_label
        and measured.actual_period_basis = own.actual_period_basis
        and measured.actual_definition_version is not distinct from own.actual_definition_version
