-- What was known on a day to become, or to have become, of abolished areas; all of it from the start of the framework.
--
--     from marts.area_successor_as_at(date '2009-09-30');
--
-- The columns are those of bridge_area_successor. A row was known on the day from its known_from (null: the start of the framework)
-- until the day before its known_to (null: it still stands).
create or replace macro marts.area_successor_as_at(day) as table
select f.*
from marts.bridge_area_successor as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
