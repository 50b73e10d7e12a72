-- The indicators known on a day to serve each plan, and who was known to answer for them.
--
--     from marts.plan_indicator_as_at(date '2009-09-30');
--
-- The columns are those of bridge_plan_indicator. A row was known on the day from its known_from (null: the start of the framework)
-- until the day before its known_to (null: it still stands).
create or replace macro marts.plan_indicator_as_at(day) as table
select f.*
from marts.bridge_plan_indicator as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
