-- A later figure is compared with the one for the same season of the baseline, the newest that was over when the spending
-- period began. What is measured by a survey has improved only if chance does not explain it.
with assessments as (
    select
        assessments.assessment,
        assessments.season,
        assessments.round_label,
        rounds.ends_on as assessed_on
    from {{ ref('psa_assessments') }} as assessments
    inner join {{ ref('int_judged_round') }} as rounds
        on assessments.round_label = rounds.round_label
),

indicators as (
    select
        psa_number,
        indicator_ordinal,
        max(short_title) as short_title
    from {{ ref('psa_indicators') }}
    group by psa_number, indicator_ordinal
),

measures as (
    select
        links.psa_number,
        links.indicator_ordinal,
        parts.indicator_code,
        parts.part,
        parts.polarity,
        parts.is_survey_based
    from {{ ref('psa_indicators') }} as links
    inner join {{ ref('int_indicator_part') }} as parts
        on links.indicator_code = parts.indicator_code
    where
        links.relation = 'local_measure_of_indicator'
        and parts.is_headline
        and parts.polarity in ('higher_is_better', 'lower_is_better')
),

figures as (
    select
        assessments.assessment,
        observations.indicator_code,
        observations.part,
        observations.period_basis,
        observations.definition_version,
        observations.period_label,
        observations.period_end,
        month(observations.period_end) as ends_in,
        observations.value,
        observations.survey_base,
        coalesce(observations.design_effect, 1) as design_effect,
        observations.lower_ci,
        observations.upper_ci
    from {{ ref('fct_observation') }} as observations
    inner join {{ ref('areas') }} as areas
        on observations.area_code = areas.area_code
    inner join assessments
        on {{ known_on('observations', 'assessments.assessed_on') }}
    where
        areas.area_type = 'country'
        and observations.dimensions = ''
        and observations.value is not null
        and observations.period_end is not null
),

pairs as (
    select
        later.assessment,
        later.indicator_code,
        later.part,
        earlier.period_label as baseline_period_label,
        earlier.value as baseline_value,
        later.period_label as latest_period_label,
        later.value as latest_value,
        {{ shares_differ(
            'later.value / 100', 'later.survey_base', 'later.design_effect',
            'earlier.value / 100', 'earlier.survey_base', 'earlier.design_effect'
        ) }} as shares_differ,
        later.lower_ci > earlier.upper_ci or later.upper_ci < earlier.lower_ci as intervals_differ,
        row_number() over (
            partition by later.assessment, later.indicator_code, later.part
            order by later.period_end desc, earlier.period_end desc, later.period_basis
        ) as place
    from figures as later
    inner join figures as earlier
        on
            later.assessment = earlier.assessment
            and later.indicator_code = earlier.indicator_code
            and later.part = earlier.part
            and later.period_basis = earlier.period_basis
            and later.definition_version = earlier.definition_version
            and later.ends_in = earlier.ends_in
    where
        later.period_end > cast('{{ var("psa_baseline_ends_on") }}' as date)
        and earlier.period_end <= cast('{{ var("psa_baseline_ends_on") }}' as date)
)

select
    assessments.assessment,
    indicators.psa_number,
    indicators.indicator_ordinal,
    indicators.short_title,
    measures.indicator_code,
    measures.part,
    pairs.baseline_period_label,
    pairs.baseline_value,
    pairs.latest_period_label,
    pairs.latest_value,
    case
        when measures.indicator_code is null then 'not_measured_here'
        when pairs.assessment is null then 'no_first_data'
        when
            (measures.polarity = 'higher_is_better' and pairs.latest_value <= pairs.baseline_value)
            or (measures.polarity = 'lower_is_better' and pairs.latest_value >= pairs.baseline_value)
            then 'not_improved'
        when measures.is_survey_based and not coalesce(pairs.shares_differ, pairs.intervals_differ, false)
            then 'not_significant'
        else 'improved'
    end as outcome,
    '{{ var("edition") }}' as edition
from assessments
cross join indicators
left join measures
    on
        indicators.psa_number = measures.psa_number
        and indicators.indicator_ordinal = measures.indicator_ordinal
left join pairs
    on
        assessments.assessment = pairs.assessment
        and measures.indicator_code = pairs.indicator_code
        and measures.part = pairs.part
        and pairs.place = 1
order by
    indicators.psa_number, assessments.assessed_on, indicators.indicator_ordinal, measures.indicator_code, measures.part
