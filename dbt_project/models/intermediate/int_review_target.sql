-- What is not settled about targets, what was changed in the year, and what speaks for changing them.
with unresolved as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        'unresolved' as section,
        targets.state as kind,
        targets.area_code,
        targets.indicator_code,
        targets.part,
        targets.commitment_type,
        targets.period_label as target_period_label,
        targets.target_basis,
        targets.target_value,
        cast(null as double) as previous_target_value,
        targets.decision as statement,
        targets.decided_on as stated_on
    from {{ ref('fct_target') }} as targets
    inner join {{ ref('int_review') }} as reviews
        on {{ known_on('targets', 'reviews.round_ends_on') }}
    where targets.state in ('placeholder', 'deferred')
),

changed as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        'change' as section,
        'changed_in_year' as kind,
        later.area_code,
        later.indicator_code,
        later.part,
        later.commitment_type,
        later.period_label as target_period_label,
        later.target_basis,
        later.target_value,
        earlier.target_value as previous_target_value,
        later.decision as statement,
        later.decided_on as stated_on
    from {{ ref('fct_target') }} as later
    inner join {{ ref('fct_target') }} as earlier
        on
            {{ same_commitment('later', 'earlier') }}
            and later.period_label = earlier.period_label
            and later.version = earlier.version + 1
    inner join {{ ref('int_review') }} as reviews
        on later.known_from between reviews.year_starts_on and reviews.round_ends_on
    where
        later.state <> earlier.state
        or coalesce(later.target_value <> earlier.target_value, true)
        and not (later.target_value is null and earlier.target_value is null)
),

proposed as (
    select
        reviews.review_year,
        reviews.round_label,
        reviews.round_ends_on,
        'change' as section,
        case
            when performance.computed_status = 'broken' then 'not_comparable'
            when performance.target_state = 'frozen' then 'frozen'
            else 'baseline_restated'
        end as kind,
        performance.area_code,
        performance.indicator_code,
        performance.part,
        performance.commitment_type,
        performance.target_period_label,
        performance.target_basis,
        performance.target_value,
        cast(null as double) as previous_target_value,
        cast(null as string) as statement,
        cast(null as date) as stated_on
    from {{ ref('fct_performance') }} as performance
    inner join {{ ref('int_review') }} as reviews
        on performance.round_label = reviews.round_label
    where
        performance.computed_status = 'broken'
        or performance.target_state = 'frozen'
        or performance.status_on_restated_baseline <> performance.computed_status
)

select * from unresolved
union all
select * from changed
union all
select * from proposed
