-- The direction of travel a rule sees between two numbers of your own: improved, unchanged, deteriorated or no_comparison.
--
--     select *, marts.judge_direction(value, last_year, 'lower_is_better', 'north_norfolk_close') from my_table;
--
-- The rule is the row of rule_profile that profile_id names; null where there is no such row. Its tolerance counts. Whether
-- a change is more than chance cannot be told from two numbers: fct_performance tests it, by the same text, where the
-- rule asks for it and what the figures rest on is published.
create or replace macro marts.judge_direction(actual, previous, polarity, profile_id) as (
    with profiles as (
        select r.* exclude (profile_id), r.profile_id as named
        from marts.rule_profile as r
    )

    select
        {{ rules.judged_direction('actual', 'previous', 'polarity', 'p') | indent(8) }}
    from profiles as p
    where p.named = profile_id
)
