-- How much of a year's figure was usually there by the same point of earlier years, as known at the end of the round:
-- what had added up then in all complete years before, over what those years came to. Decimals add up to the same in
-- any order.
with latest as (
    select distinct
        targets.area_code,
        targets.indicator_code,
        targets.part,
        targets.round_label,
        targets.ends_on,
        targets.actual_period_basis,
        targets.actual_ends_month,
        targets.target_ends_month - targets.actual_ends_month as months_left
    from {{ ref('int_target_in_round') }} as targets
    inner join {{ ref('int_indicator_part') }} as parts
        on
            targets.indicator_code = parts.indicator_code
            and targets.part = parts.part
    where
        targets.is_of_figure
        and targets.target_months >= 12
        and targets.actual_months < 12
        and parts.cumulative_in_year
        and targets.target_ends_month > targets.actual_ends_month
)

select
    latest.area_code,
    latest.indicator_code,
    latest.part,
    latest.round_label,
    cast(sum(cast(so_far.value as decimal(30, 8))) as double)
    / nullif(cast(sum(cast(whole.value as decimal(30, 8))) as double), 0) as share,
    count(*) as years
from latest
inner join {{ ref('int_judged_figure') }} as so_far
    on
        latest.area_code = so_far.area_code
        and latest.indicator_code = so_far.indicator_code
        and latest.part = so_far.part
        and latest.actual_period_basis = so_far.period_basis
        and latest.actual_ends_month > so_far.ends_month
        and (latest.actual_ends_month - so_far.ends_month) % 12 = 0
        and {{ known_on('so_far', 'latest.ends_on') }}
inner join {{ ref('int_judged_figure') }} as whole
    on
        so_far.area_code = whole.area_code
        and so_far.indicator_code = whole.indicator_code
        and so_far.part = whole.part
        and so_far.period_basis = whole.period_basis
        and so_far.ends_month + latest.months_left = whole.ends_month
        and so_far.definition_version = whole.definition_version
        and {{ known_on('whole', 'latest.ends_on') }}
where
    so_far.value is not null
    and whole.value is not null
group by latest.area_code, latest.indicator_code, latest.part, latest.round_label
