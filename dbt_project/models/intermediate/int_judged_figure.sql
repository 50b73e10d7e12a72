-- Figures that are not due yet are no figures; a figure said again is as old as when it was first said. Where anybody is
-- held against the other areas with an agreement, the figures of all of them are asked for.
with ranked as (
    select distinct
        commitments.indicator_code,
        commitments.part
    from {{ ref('int_commitment_in_round') }} as commitments
    inner join {{ ref('rule_profiles') }} as profiles
        on commitments.profile_id = profiles.profile_id
    where
        commitments.target_basis = 'rank'
        or profiles.compared_with = 'peers'
),

agreements as (
    select distinct area_code
    from {{ ref('int_target_version') }}
),

measures as (
    select
        area_code,
        indicator_code,
        part
    from {{ ref('int_target_version') }}
    union distinct
    select
        comparator_code as area_code,
        indicator_code,
        part
    from {{ ref('int_target_version') }}
    where comparator_code is not null
    union distinct
    select
        agreements.area_code,
        ranked.indicator_code,
        ranked.part
    from agreements
    cross join ranked
),

figures as (
    select
        observations.area_code,
        observations.indicator_code,
        observations.part,
        observations.period_label,
        observations.period_basis,
        observations.period_start,
        observations.period_end,
        observations.value,
        observations.numerator,
        observations.denominator,
        observations.lower_ci,
        observations.upper_ci,
        observations.survey_base,
        observations.design_effect,
        observations.mark,
        observations.status,
        observations.definition_version,
        observations.delivery_id,
        observations.feed,
        observations.known_from,
        observations.known_to,
        min(observations.known_from) over (
            partition by
                observations.area_code, observations.indicator_code, observations.part, observations.period_label,
                observations.period_basis, observations.revision
        ) as figure_known_from
    from {{ ref('fct_observation') }} as observations
    inner join measures
        on
            observations.area_code = measures.area_code
            and observations.indicator_code = measures.indicator_code
            and observations.part = measures.part
    where
        observations.dimensions = ''
        and observations.period_start is not null
        and observations.period_end is not null
)

select
    figures.*,
    {{ month_number('figures.period_end') }} as ends_month,
    {{ month_number('figures.period_end') }} - {{ month_number('figures.period_start') }} + 1 as months,
    marks.status_reason
from figures
left join {{ ref('marks') }} as marks
    on figures.mark = marks.mark
where
    coalesce(marks.status_reason <> 'not_due', true)
    and coalesce(figures.known_from < figures.known_to, true)
