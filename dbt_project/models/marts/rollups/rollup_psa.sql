with regions as (
    select
        area_code as region_code,
        area_type = 'country' as is_country
    from {{ ref('dim_area') }}
    where area_type in ('country', 'region')
),

links as (
    select distinct
        links.psa_number,
        parts.indicator_code,
        parts.part
    from {{ ref('bridge_psa_indicator') }} as links
    inner join {{ ref('int_indicator_part') }} as parts
        on links.indicator_code = parts.indicator_code
),

issues as (
    select
        periods.round_label,
        periods.indicator_code,
        periods.part,
        regions.region_code,
        count(*) as issues
    from {{ ref('int_period_in_round') }} as periods
    inner join {{ ref('quality_issue') }} as issues
        on
            periods.indicator_code = issues.indicator_code
            and periods.part = issues.part
            and periods.period_label = issues.period_label
            and periods.round_ends_on >= issues.known_from
    left join {{ ref('dim_area') }} as areas
        on issues.area_code = areas.area_code
    inner join regions
        on
            regions.is_country
            or areas.region_code is null
            or areas.region_code = regions.region_code
    where issues.severity in ('warning', 'error')
    group by all
),

assessments as (
    select
        rounds.round_label,
        assessments.assessment
    from {{ ref('int_judged_round') }} as rounds
    inner join {{ ref('psa_assessments') }} as assessments
        on true
    inner join {{ ref('rounds') }} as assessed
        on
            assessments.round_label = assessed.round_label
            and rounds.ends_on >= assessed.ends_on
    qualify
        row_number() over (
            partition by rounds.round_label
            order by assessed.ends_on desc
        ) = 1
),

figures as (
    select
        links.psa_number,
        links.indicator_code,
        links.part,
        regions.region_code,
        rounds.round_label,
        rounds.ends_on as round_ends_on,
        periods.period_label,
        periods.period_basis,
        rollups.period_end,
        evidence.first_known_on,
        {{ month_number('rounds.ends_on') }} - {{ month_number('rollups.period_end') }} as data_age_months,
        rollups.value,
        coalesce(rollups.method, 'none') as method,
        case
            when periods.period_label is null
                then 'No council area has a figure for a period that was over when the round ended.'
            else rollups.reason
        end as reason,
        before.previous_period_label,
        earlier.value as previous_value,
        before.contribution,
        before.rate_effect,
        before.mix_effect,
        case
            when periods.period_label is null then 'There is no figure to compare.'
            else before.contribution_reason
        end as contribution_reason,
        coalesce(chosen.laas_chosen, 0) as laas_chosen,
        coalesce(chosen.laas_assessed, 0) as laas_assessed,
        coalesce(chosen.laas_on_target, 0) as laas_on_target,
        rollups.areas_due,
        coalesce(rollups.areas_reporting, 0) as areas_reporting,
        rollups.coverage,
        coalesce(evidence.figures, 0) as figures,
        coalesce(evidence.figures_provisional, 0) as figures_provisional,
        coalesce(evidence.figures_estimated, 0) as figures_estimated,
        coalesce(issues.issues, 0) as issues,
        assessments.assessment
    from links
    cross join regions
    cross join {{ ref('int_judged_round') }} as rounds
    left join {{ ref('int_period_in_round') }} as periods
        on
            links.indicator_code = periods.indicator_code
            and links.part = periods.part
            and rounds.round_label = periods.round_label
    left join {{ ref('rollup_region') }} as rollups
        on
            regions.region_code = rollups.region_code
            and periods.indicator_code = rollups.indicator_code
            and periods.part = rollups.part
            and periods.period_label = rollups.period_label
            and periods.period_basis = rollups.period_basis
    left join {{ ref('int_region_contribution') }} as before
        on
            regions.region_code = before.region_code
            and periods.indicator_code = before.indicator_code
            and periods.part = before.part
            and periods.period_label = before.period_label
            and periods.period_basis = before.period_basis
    left join {{ ref('rollup_region') }} as earlier
        on
            regions.region_code = earlier.region_code
            and before.indicator_code = earlier.indicator_code
            and before.part = earlier.part
            and before.previous_period_label = earlier.period_label
            and before.period_basis = earlier.period_basis
    left join {{ ref('int_region_evidence') }} as evidence
        on
            regions.region_code = evidence.region_code
            and periods.indicator_code = evidence.indicator_code
            and periods.part = evidence.part
            and periods.period_label = evidence.period_label
            and periods.period_basis = evidence.period_basis
    left join {{ ref('int_designated_in_round') }} as chosen
        on
            regions.region_code = chosen.region_code
            and links.indicator_code = chosen.indicator_code
            and links.part = chosen.part
            and rounds.round_label = chosen.round_label
    left join issues
        on
            regions.region_code = issues.region_code
            and links.indicator_code = issues.indicator_code
            and links.part = issues.part
            and rounds.round_label = issues.round_label
    left join assessments
        on rounds.round_label = assessments.round_label
),

rated as (
    select
        figures.*,
        rules.rating,
        rules.rule_id,
        rules.precedence
    from figures
    inner join {{ ref('data_quality_rules') }} as rules
        on
            (rules.most_areas is null or figures.areas_reporting <= rules.most_areas)
            and (rules.coverage_below is null or figures.coverage < rules.coverage_below)
            and (rules.least_age_months is null or figures.data_age_months >= rules.least_age_months)
            and (
                rules.least_share_estimated is null
                or figures.figures_estimated >= rules.least_share_estimated * nullif(figures.figures, 0)
            )
            and (
                rules.least_share_provisional is null
                or figures.figures_provisional >= rules.least_share_provisional * nullif(figures.figures, 0)
            )
            and (rules.least_issues is null or figures.issues >= rules.least_issues)
    qualify
        row_number() over (
            partition by
                figures.psa_number, figures.indicator_code, figures.part, figures.region_code, figures.round_label
            order by rules.precedence
        ) = 1
)

select
    psa_number,
    indicator_code,
    part,
    region_code,
    round_label,
    round_ends_on,
    period_label,
    period_basis,
    period_end,
    first_known_on,
    cast(data_age_months as integer) as data_age_months,
    value,
    method,
    reason,
    previous_period_label,
    previous_value,
    value - previous_value as change,
    contribution,
    rate_effect,
    mix_effect,
    contribution_reason,
    cast(laas_chosen as integer) as laas_chosen,
    cast(laas_assessed as integer) as laas_assessed,
    cast(laas_on_target as integer) as laas_on_target,
    areas_due,
    areas_reporting,
    coverage,
    cast(figures_provisional as integer) as figures_provisional,
    cast(figures_estimated as integer) as figures_estimated,
    cast(issues as integer) as issues,
    rating as quality_rating,
    rule_id as quality_rule_id,
    assessment,
    '{{ var("edition") }}' as edition
from rated
order by psa_number, indicator_code, part, region_code, round_ends_on
