-- An indicator of an agreement has improved when every measure of it that has a first figure did.
with indicators as (
    select
        assessment,
        psa_number,
        indicator_ordinal,
        max(case when outcome in ('improved', 'not_improved', 'not_significant') then 1 else 0 end) as has_data,
        min(case when outcome in ('not_improved', 'not_significant') then 0 else 1 end) as no_failure
    from {{ ref('psa_indicator_progress') }}
    group by assessment, psa_number, indicator_ordinal
),

counted as (
    select
        assessment,
        psa_number,
        count(*) as indicators,
        sum(has_data * no_failure) as improved,
        sum(has_data * (1 - no_failure)) as not_improved,
        sum(1 - has_data) as without_first_data
    from indicators
    group by assessment, psa_number
)

select
    counted.psa_number,
    counted.assessment,
    assessments.season,
    assessments.round_label,
    rounds.ends_on as assessed_on,
    cast(counted.indicators as integer) as indicators,
    cast(counted.improved as integer) as improved,
    cast(counted.not_improved as integer) as not_improved,
    cast(counted.without_first_data as integer) as without_first_data,
    counted.improved / cast(counted.indicators as double) as share_improved,
    case
        when 2 * counted.without_first_data > counted.indicators then 'not_yet_assessed'
        when counted.improved > {{ var('psa_strong_share') }} * counted.indicators then 'strong'
        when counted.improved > 0 then 'some'
        else 'no_progress'
    end as progress,
    cast(counted.improved as string) || ' of ' || cast(counted.indicators as string) || ' indicators improved, '
    || cast(counted.without_first_data as string) || ' without a figure after the baseline.' as words,
    '{{ var("edition") }}' as edition
from counted
inner join {{ ref('psa_assessments') }} as assessments
    on counted.assessment = assessments.assessment
inner join {{ ref('rounds') }} as rounds
    on assessments.round_label = rounds.round_label
order by counted.psa_number, rounds.ends_on
