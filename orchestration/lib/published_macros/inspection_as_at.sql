-- Judgements of inspectorates as known on a day: one row an area, inspectorate, assessment, theme and day of publication.
--
--     from marts.inspection_as_at(date '2010-03-31');
--
-- The columns are those of fct_inspection. A row was known on the day from its known_from (null: the start of the
-- framework) until the day before its known_to (null: it still stands).
create or replace macro marts.inspection_as_at(day) as table
select f.*
from marts.fct_inspection as f
where
    (f.known_from is null or f.known_from <= cast(day as date))
    and (f.known_to is null or f.known_to > cast(day as date))
