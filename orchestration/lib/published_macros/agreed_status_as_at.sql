-- Views of the Government Offices and agreed statuses as known on a day: one row a commitment and round.
--
--     from marts.agreed_status_as_at(date '2009-09-30');
--
-- The columns are those of fct_agreed_status. A row was known on the day from its known_from (null: the start of the
-- framework) until the day before its known_to (null: it still stands).
create or replace macro marts.agreed_status_as_at(day) as table
select f.*
from marts.fct_agreed_status as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
