-- Between baseline and target a share of the way is covered. Where there is no way, for the target is the baseline or
-- was met there, nothing can be shared out: the target counts in full while it is held, and else not at all. A rank is not
-- between two levels, and between two grades there is no way to share out: a grade counts in full once reached, else not.
with baselines as (
    select
        commitments.area_code,
        commitments.indicator_code,
        commitments.part,
        commitments.commitment_type,
        commitments.round_label,
        commitments.reward_eligible,
        commitments.base_period_label,
        case when commitments.target_basis = 'relative' then figures.value else commitments.baseline_value end
            as baseline_level
    from {{ ref('int_target_in_round') }} as commitments
    left join {{ ref('int_year_figure_known') }} as figures
        on
            commitments.area_code = figures.area_code
            and commitments.indicator_code = figures.indicator_code
            and commitments.part = figures.part
            and commitments.round_label = figures.round_label
            and commitments.base_period_label = figures.period_label
            and commitments.target_basis = 'relative'
            and commitments.comparator_code = figures.comparator_code
),

firsts as (
    select
        area_code,
        indicator_code,
        part,
        commitment_type,
        round_label,
        min({{ agreement_year('target_period_end') }}) as first_year
    from {{ ref('forecast') }}
    group by area_code, indicator_code, part, commitment_type, round_label
),

commitments as (
    select
        finals.area_code,
        finals.indicator_code,
        finals.part,
        finals.commitment_type,
        finals.round_label,
        finals.round_ends_on,
        finals.target_period_label,
        finals.level_to_reach,
        finals.target_basis,
        finals.state,
        baselines.baseline_level,
        case when parts.polarity = 'lower_is_better' then -1 else 1 end as sign,
        parts.polarity in ('higher_is_better', 'lower_is_better') as has_polarity,
        baselines.reward_eligible,
        case when finals.last_year >= firsts.first_year then finals.last_period_label end as outturn_period_label,
        case when finals.last_year >= firsts.first_year then finals.last_value end as outturn,
        finals.edition
    from {{ ref('forecast') }} as finals
    inner join firsts
        on
            {{ same_commitment('finals', 'firsts') }}
            and finals.round_label = firsts.round_label
    inner join baselines
        on
            {{ same_commitment('finals', 'baselines') }}
            and finals.round_label = baselines.round_label
    inner join {{ ref('int_indicator_part') }} as parts
        on
            finals.indicator_code = parts.indicator_code
            and finals.part = parts.part
    where finals.is_final
),

measured as (
    select
        schemes.scheme_id,
        schemes.floor,
        schemes.cap,
        schemes.method,
        schemes.missing_outturn,
        commitments.*,
        case commitments.commitment_type
            when 'designated' then schemes.weight_designated
            when 'statutory' then schemes.weight_statutory
            else schemes.weight_local
        end as weight,
        round(sign * (level_to_reach - baseline_level), 6) as distance,
        round(sign * (outturn - baseline_level), 6) as covered,
        round(sign * (outturn - level_to_reach), 6) as beyond
    from commitments
    cross join {{ ref('reward_schemes') }} as schemes
),

explained as (
    select
        *,
        case
            when not reward_eligible then 'not_eligible'
            when state <> 'agreed' then state
            when not has_polarity then 'no_polarity'
            when target_basis = 'rank' then 'rank'
            when baseline_level is null or level_to_reach is null then 'no_baseline'
            when outturn is null then 'no_outturn'
            when distance = 0 then 'zero_distance'
            when distance < 0 then 'met_at_baseline'
            when beyond >= 0 then 'reached'
            when target_basis = 'ordinal' then 'grade_not_reached'
            when covered <= 0 then 'no_gain'
            else 'part_way'
        end as situation,
        case
            when outturn is null then case when missing_outturn = 'zero' then 0 end
            when distance <= 0 or target_basis = 'ordinal' then case when beyond >= 0 then 1 else 0 end
            else round(covered / nullif(distance, 0), 6)
        end as achieved_share
    from measured
    where weight > 0
),

counted as (
    select
        *,
        situation not in (
            'not_eligible', 'placeholder', 'deferred', 'frozen', 'withdrawn', 'no_polarity', 'rank', 'no_baseline'
        ) and achieved_share is not null as counts,
        greatest(least(achieved_share, cap), 0) as limited_share
    from explained
)

select
    scheme_id,
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    round_ends_on,
    target_period_label,
    baseline_level,
    level_to_reach,
    outturn_period_label,
    outturn,
    weight,
    counts,
    case when counts then cast(achieved_share as double) end as achieved_share,
    case
        when counts and method = 'per_target' and limited_share < floor then cast(0 as double)
        when counts then cast(limited_share as double)
    end as rewarded_share,
    situation,
    case situation
        when 'not_eligible' then 'Left out: taken out of the reward element, or never in it.'
        when 'placeholder' then 'Left out: the target is still to be filled in.'
        when 'deferred' then 'Left out: the target is deferred.'
        when 'frozen' then 'Left out: the target is frozen.'
        when 'withdrawn' then 'Left out: the target is withdrawn.'
        when 'no_polarity' then 'Left out: neither more nor less of it is better.'
        when 'rank' then 'Left out: a rank moves with the other areas, so there is no way to measure.'
        when 'no_baseline' then 'Left out: there is no baseline to measure the way from.'
        when 'no_outturn'
            then 'No figure for a year of the agreement is known yet: '
                || case when counts then 'counts as nothing.' else 'left out.' end
        when 'zero_distance'
            then 'The target is the baseline, so there is no way to share out: it counts '
                || case when beyond >= 0 then 'in full, for the baseline is held.' else 'as nothing, for it was lost.' end
        when 'met_at_baseline'
            then 'The target was met at the baseline, so there is no way to share out: it counts '
                || case when beyond >= 0 then 'in full, for it is still met.' else 'as nothing, for it is no longer met.' end
        when 'reached'
            then 'The target is reached'
                || case when beyond > 0 then '; what goes beyond it cannot make up for another.' else '.' end
        when 'grade_not_reached'
            then 'The grade aimed at is not reached, and between grades there is no way to share out: counts as nothing.'
        when 'no_gain' then 'No better than the baseline: counts as nothing.'
        else
            cast(round(100 * achieved_share, 1) as string) || ' percent of the way from baseline to target'
            || case
                when method = 'per_target' and limited_share < floor
                    then ': below the floor, so that it counts as nothing.'
                else '.'
            end
    end as explanation,
    edition
from counted
order by scheme_id, round_ends_on, area_code, indicator_code, part, commitment_type
