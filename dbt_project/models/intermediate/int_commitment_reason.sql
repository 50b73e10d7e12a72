-- Why a commitment has no status in a round, if that is so; the target is asked first, then the figure. A newer figure is
-- due once the months between two figures have gone by, those its publisher takes, and those to its next publication; of
-- a measure without any figure nothing is, before the target's year is over.
with dated as (
    select
        *,
        greatest(coalesce(months_between, 12), least(coalesce(actual_months, 1), 12)) as step,
        coalesce(actual_known_from >= starts_on, false) as has_new_data
    from {{ ref('int_judged_commitment') }}
),

-- The first figure that counts for the year to March may be one that ends in December before it.
stepped as (
    select
        *,
        case
            when step >= 12 then first_target_ends_month - 3
            else {{ month_number('first_target_start') }} + 2
        end - actual_ends_month as months_to_first
    from dated
),

expected as (
    select
        *,
        actual_ends_month + coalesce(arrival_lag_months, 0) + case
            when is_of_figure then step
            else step * greatest(1, cast(ceil(months_to_first / cast(step as double)) as integer))
        end as ready_month
    from stepped
),

due as (
    select
        expected.*,
        coalesce(
            expected.ready_month + coalesce(waits.months_to_wait, 1),
            expected.first_target_ends_month + 1
        ) <= expected.ends_month as is_overdue
    from expected
    left join {{ ref('int_feed_wait') }} as waits
        on
            expected.actual_feed = waits.feed
            and expected.ready_month % 12 = waits.ready_in
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    round_label,
    has_new_data,
    case
        when target_state is null then 'no_target'
        when target_state <> 'agreed' then target_state
        when indicator_valid_from > ends_on then 'deferred'
        when indicator_valid_to < starts_on and not (is_of_figure and has_new_data) then 'withdrawn'
        when not is_of_figure and actual_ends_month > first_target_ends_month then 'no_target'
        when not is_of_figure and is_overdue then 'awaited'
        when not is_of_figure then 'not_due'
        when actual_value is null then coalesce(actual_reason, 'awaited')
        when is_ranked and not coalesce(polarity in ('higher_is_better', 'lower_is_better'), false) then 'no_target'
        when actual_definition_version <> set_under_version then 'broken'
        when compared_with = 'previous' and is_redefined then 'broken'
        when is_part_of_year and (compared_with in ('annual_target', 'baseline') or judged_value is null) then 'not_due'
        when is_overdue and not has_new_data then 'awaited'
        when no_new_data <> 'carry' and not has_new_data then 'no_new_data'
        when compared_with not in ('previous', 'peers') and agreed_baseline is null
            and (target_basis = 'significant_change' or (target_basis = 'percent_change' and not is_change))
            then 'no_baseline'
        when compared_with not in ('previous', 'baseline', 'peers') and target_basis = 'relative'
            and comparator_value is null and target_value is not null
            then 'awaited'
    end as reason
from due
