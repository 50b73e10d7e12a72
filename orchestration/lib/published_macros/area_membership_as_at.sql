-- Which areas were known on a day to belong to which others. Whether they did so on that day is in valid_from and
-- valid_to.
--
--     from marts.area_membership_as_at(date '2009-09-30');
--
-- The columns are those of bridge_area_membership. A row was known on the day from its known_from (null: the start of the framework)
-- until the day before its known_to (null: it still stands).
create or replace macro marts.area_membership_as_at(day) as table
select f.*
from marts.bridge_area_membership as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
