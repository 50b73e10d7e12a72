-- What stands against what: the target as a level in the unit of the figure, brought to the point of the year that the
-- figure is of, what the figure is held against by the profile, and the same with the baseline as its publisher gives it
-- now. A rank is only asked for where the rule holds the figure against the target.
{% set is_ranked -%}
targets.target_basis = 'rank' and profiles.compared_with not in ('previous', 'baseline', 'peers')
{%- endset %}
with joined as (
    select
        targets.*,
        parts.unit,
        parts.decimals,
        parts.polarity,
        parts.cumulative_in_year,
        frequencies.months_between,
        parts.valid_from as indicator_valid_from,
        parts.valid_to as indicator_valid_to,
        profiles.compared_with,
        profiles.no_new_data,
        parts.is_change,
        base.value as base_value,
        comparators.value as comparator_value,
        case when peers.peers >= {{ var('range_of_areas') }} then peers.place end as peer_place,
        peers.peers,
        peers.middle as peer_middle,
        shares.share as usual_share,
        pairs.previous_period_label,
        pairs.previous_value,
        pairs.is_redefined,
        pairs.significance_test,
        pairs.is_significant,
        feeds.arrival_lag_months,
        set_under.definition_version as set_under_version,
        (
            targets.is_of_figure and targets.target_months >= 12 and targets.actual_months < 12
            and parts.cumulative_in_year and parts.unit <> 'percent_change'
            and targets.target_ends_month > targets.actual_ends_month
            and targets.target_basis <> 'ordinal'
            and not ({{ is_ranked }})
        ) as is_part_of_year,
        {{ is_ranked }} as is_ranked
    from {{ ref('int_target_in_round') }} as targets
    inner join {{ ref('rule_profiles') }} as profiles
        on targets.profile_id = profiles.profile_id
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
    left join {{ ref('frequencies') }} as frequencies
        on parts.frequency = frequencies.frequency
    left join {{ ref('int_share_of_year') }} as shares
        on
            targets.area_code = shares.area_code
            and targets.indicator_code = shares.indicator_code
            and targets.part = shares.part
            and targets.round_label = shares.round_label
    left join {{ ref('int_peer_in_round') }} as peers
        on
            targets.area_code = peers.area_code
            and targets.indicator_code = peers.indicator_code
            and targets.part = peers.part
            and targets.round_label = peers.round_label
    {% for model, name in [
        ('int_baseline_in_round', 'base'),
        ('int_comparator_in_round', 'comparators'),
        ('int_figure_pair', 'pairs'),
    ] -%}
    left join {{ ref(model) }} as {{ name }}
        on
            targets.area_code = {{ name }}.area_code
            and targets.indicator_code = {{ name }}.indicator_code
            and targets.part = {{ name }}.part
            and targets.commitment_type = {{ name }}.commitment_type
            and targets.round_label = {{ name }}.round_label
    {% endfor %}
    left join {{ ref('int_definition') }} as set_under
        on
            targets.indicator_code = set_under.indicator_code
            and targets.part = set_under.part
            and {{ known_on('set_under', 'targets.set_on') }}
    left join {{ ref('stg_feeds') }} as feeds
        on targets.actual_feed = feeds.feed
),

levelled as (
    select
        *,
        coalesce(baseline_value, base_value) as agreed_baseline,
        case when abs(base_value - baseline_value) > 0.5 * power(10, -decimals) then base_value end
            as baseline_restated_value,
        case
            when is_part_of_year
                then coalesce(usual_share, cast(12 - target_ends_month + actual_ends_month as double) / 12)
            else 1
        end as share_of_year,
        case polarity when 'higher_is_better' then 1 when 'lower_is_better' then -1 end as sign
    from joined
),

-- A significant change is told as the improvement on the baseline that counts as real. The comparator's figure is of the
-- same point of the year as the area's own.
valued as (
    select
        *,
        case target_basis
            when 'percent_change'
                then case when is_change then target_value else agreed_baseline * (1 + target_value / 100) end
            when 'relative' then comparator_value / nullif(share_of_year, 0) + target_value
            when 'significant_change' then agreed_baseline + sign * target_value
            else target_value
        end as target_level,
        case
            when baseline_restated_value is null or is_change then null
            when target_basis = 'percent_change' then baseline_restated_value * (1 + target_value / 100)
            when target_basis = 'significant_change' then baseline_restated_value + sign * target_value
            when target_basis = 'level' then target_value + baseline_restated_value - baseline_value
        end as target_level_restated
    from levelled
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    starts_on,
    ends_on,
    ends_month,
    profile_id,
    compared_with,
    no_new_data,
    target_basis,
    target_period_label,
    target_period_end,
    target_value,
    target_state,
    first_target_start,
    first_target_ends_month,
    base_period_label,
    baseline_value,
    baseline_restated_value,
    case when not (is_part_of_year and compared_with = 'baseline') then agreed_baseline end as agreed_baseline,
    partnership_code,
    organisation_code,
    reward_eligible,
    edition,
    indicator_valid_from,
    indicator_valid_to,
    months_between,
    arrival_lag_months,
    actual_value,
    actual_period_label,
    actual_period_end,
    actual_ends_month,
    actual_months,
    actual_mark,
    actual_status,
    actual_reason,
    actual_definition_version,
    set_under_version,
    actual_known_from,
    actual_delivery_id,
    actual_feed,
    unit,
    polarity,
    is_change,
    is_of_figure,
    is_part_of_year,
    comparator_value,
    previous_value,
    previous_period_label,
    is_redefined,
    significance_test,
    is_significant,
    case
        when not is_of_figure or target_value is null or compared_with in ('previous', 'baseline', 'peers') then null
        when target_months < 12 then 'given'
        when not is_part_of_year or compared_with in ('annual_target', 'expected_year_end') then 'annual'
        when usual_share is not null then 'seasonal'
        else 'straight_line'
    end as milestone_kind,
    is_ranked,
    case when is_ranked and peer_place is not null then peers end as areas_ranked,
    case when is_ranked then 'lower_is_better' else polarity end as judged_polarity,
    case
        when is_ranked then peer_place
        when compared_with = 'expected_year_end' then actual_value / nullif(share_of_year, 0)
        else actual_value
    end as judged_value,
    {% for level, name in [('target_level', 'milestone_value'), ('target_level_restated', 'milestone_value_restated')] -%}
    case
        when compared_with = 'peers' then {{ 'peer_middle' if loop.first else 'cast(null as double)' }}
        when not is_of_figure then null
        when compared_with = 'milestone' then {{ level }} * share_of_year
        when compared_with = 'annual_target' and is_part_of_year then null
        else {{ level }}
    end as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
from valued
