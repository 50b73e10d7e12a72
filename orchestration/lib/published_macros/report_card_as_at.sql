-- Report cards as they stood on a day: one row a card asked for by then, closed ones too. A card moves at the end of a
-- round, with what was known by then.
--
--     from marts.report_card_as_at(date '2009-12-31') where card_state <> 'closed';
--
-- The columns are those of report_card. A row stood on the day from its known_from until the day before its known_to
-- (null: it still stands).
create or replace macro marts.report_card_as_at(day) as table
select f.*
from marts.report_card as f
where
    f.known_from <= cast(day as date)
    and (f.known_to is null or f.known_to > cast(day as date))
