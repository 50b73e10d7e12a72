-- Which partnership, and who in it, was known on a day to answer for which indicator. valid_from and valid_to of a row
-- are the days of the duty itself, and may lie before or after.
--
--     from marts.partnership_indicator_as_at(date '2009-09-30');
--
-- The columns are those of bridge_partnership_indicator. A row was known on the day from its known_from (null: the start of the framework)
-- until the day before its known_to (null: it still stands).
create or replace macro marts.partnership_indicator_as_at(day) as table
select f.*
from marts.bridge_partnership_indicator as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
