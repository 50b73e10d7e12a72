-- A partnership manages the indicators that are its duty in the round and those whose targets name it. An indicator of
-- several parts is on target when all its assessed parts are.
with performance as (
    select * from {{ ref('fct_performance') }}
),

rounds as (
    select distinct
        round_label,
        round_ends_on
    from performance
),

rules as (
    {{ rule_of_area(ref('partnership_light_rules'), ref('fct_performance')) }}
),

managed as (
    select
        duties.partnership_code,
        partnerships.area_code,
        duties.indicator_code,
        rounds.round_label,
        rounds.round_ends_on
    from {{ ref('bridge_partnership_indicator') }} as duties
    inner join rounds
        on
            {{ known_on('duties', 'rounds.round_ends_on') }}
            and (duties.valid_from is null or duties.valid_from <= rounds.round_ends_on)
            and (duties.valid_to is null or duties.valid_to >= rounds.round_ends_on)
    inner join {{ ref('dim_partnership') }} as partnerships
        on duties.partnership_code = partnerships.partnership_code
    union distinct
    select
        partnership_code,
        area_code,
        indicator_code,
        round_label,
        round_ends_on
    from performance
    where partnership_code is not null
),

indicators as (
    select
        area_code,
        indicator_code,
        round_label,
        max(case when commitment_type = 'designated' then 1 else 0 end) as is_designated,
        sum(case when is_assessed then 1 else 0 end) as parts,
        sum(case when computed_status in ('exceeded', 'on_target') then 1 else 0 end) as parts_on_target,
        sum(case when computed_status = 'off_target' then 1 else 0 end) as parts_off_target
    from performance
    group by area_code, indicator_code, round_label
),

judged as (
    select
        managed.partnership_code,
        managed.area_code,
        managed.round_label,
        managed.round_ends_on,
        rules.rule_id,
        rules.words,
        rules.green_above,
        rules.amber_above,
        rules.denominator,
        case when indicators.indicator_code is null then 0 else 1 end as has_target,
        coalesce(indicators.is_designated, 0) as is_designated,
        case when not rules.counts_designated and indicators.is_designated = 1 then 0 else 1 end as counts,
        case
            when coalesce(indicators.parts, 0) = 0 then 'not_assessed'
            when indicators.parts_on_target = indicators.parts then 'on_target'
            when indicators.parts_off_target > 0 then 'off_target'
            else 'near_target'
        end as status
    from managed
    left join rules
        on
            managed.area_code = rules.area_code
            and managed.round_label = rules.round_label
    left join indicators
        on
            managed.area_code = indicators.area_code
            and managed.indicator_code = indicators.indicator_code
            and managed.round_label = indicators.round_label
),

summed as (
    select
        partnership_code,
        area_code,
        round_label,
        round_ends_on,
        rule_id,
        words,
        green_above,
        amber_above,
        denominator,
        cast(count(*) as integer) as indicators_managed,
        cast(sum(is_designated) as integer) as indicators_designated,
        cast(sum(counts) as integer) as indicators_counted,
        cast(sum(counts * has_target) as integer) as indicators_with_target,
        cast(sum(case when status <> 'not_assessed' then counts else 0 end) as integer) as indicators_assessed,
        cast(sum(case when status = 'on_target' then counts else 0 end) as integer) as indicators_on_target,
        cast(sum(case when status = 'near_target' then counts else 0 end) as integer) as indicators_near_target,
        cast(sum(case when status = 'off_target' then counts else 0 end) as integer) as indicators_off_target
    from judged
    group by
        partnership_code, area_code, round_label, round_ends_on, rule_id, words, green_above, amber_above, denominator
),

shares as (
    select
        *,
        cast(100 * indicators_on_target as double) / nullif(indicators_counted, 0) as percent_of_managed,
        cast(100 * indicators_on_target as double) / nullif(indicators_assessed, 0) as percent_of_assessed,
        cast(indicators_assessed as double) / nullif(indicators_counted, 0) as coverage,
        case
            when indicators_counted = 0 then 'no_indicator_counts'
            when indicators_with_target = 0 then 'no_target'
            when indicators_assessed = 0 then 'none_assessed'
            when rule_id is null then 'no_rule'
        end as light_reason
    from summed
),

lit as (
    select
        *,
        case denominator when 'managed' then percent_of_managed else percent_of_assessed end as percent_used
    from shares
)

select
    partnership_code,
    area_code,
    round_label,
    round_ends_on,
    case
        when light_reason is not null then null
        when percent_used > green_above then 'green'
        when percent_used > amber_above then 'amber'
        else 'red'
    end as light,
    light_reason,
    indicators_managed,
    indicators_designated,
    indicators_counted,
    indicators_with_target,
    indicators_assessed,
    indicators_on_target,
    indicators_near_target,
    indicators_off_target,
    percent_of_managed,
    percent_of_assessed,
    coverage,
    denominator,
    green_above,
    amber_above,
    rule_id,
    words as rule_words,
    '{{ var("edition") }}' as edition
from lit
order by partnership_code, round_ends_on
