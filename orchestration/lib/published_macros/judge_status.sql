-- The status a rule gives to numbers of your own: exceeded, on_target, near_target or off_target, else the reason why
-- there is none (no_target, no_baseline, awaited).
--
--     select *, marts.judge_status(value, target, last_year, null, 'lower_is_better', 'hub_default') from my_table;
--
-- The rule is the row of rule_profile that profile_id names; null where there is no such row. target is what the figure is
-- held against, brought to the point of the year by whoever asks; previous and baseline matter to rules that compare with
-- them. polarity is higher_is_better, lower_is_better or plan_is_best. fct_performance is judged by the same text.
create or replace macro marts.judge_status(actual, target, previous, baseline, polarity, profile_id) as (
    with profiles as (
        select
            r.* exclude (profile_id),
            r.profile_id as named,
            {{ rules.held_against('target', 'previous', 'baseline', 'r') | indent(12) }} as compared
        from marts.rule_profile as r
    ),

    measured as (
        select
            p.*,
            {{ rules.gap('actual', 'p.compared', 'polarity') | indent(12) }} as gap,
            {{ rules.margin('p.compared', 'p') | indent(12) }} as margin
        from profiles as p
    )

    select
        {{ rules.judged_status('actual', 'm.compared', 'm.gap', 'm.margin', 'polarity', 'm') | indent(8) }}
    from measured as m
    where m.named = profile_id
)
