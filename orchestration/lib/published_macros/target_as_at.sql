-- Targets as known on a day: of each commitment the periods of the version that stood.
--
--     from marts.target_as_at(date '2009-09-30');
--
-- The columns are those of fct_target. A row was known on the day from its known_from (null: the start of the framework)
-- until the day before its known_to (null: it still stands).
create or replace macro marts.target_as_at(day) as table
select f.*
from marts.fct_target as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
