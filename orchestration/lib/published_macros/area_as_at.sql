-- Areas as known on a day: one row an area. Those of the framework are known from its start, abolished and later ones
-- too: whether an area was there on a day is in valid_from and valid_to.
--
--     from marts.area_as_at(date '2009-09-30');
--
-- The columns are those of dim_area_version. A row was known on the day from its known_from (null: the start of the framework)
-- until the day before its known_to (null: it still stands).
create or replace macro marts.area_as_at(day) as table
select f.*
from marts.dim_area_version as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
