-- How commitments stood in every round that was over by a day, with what had been said of the rounds by then: one row a
-- commitment (area, indicator, part and commitment type) and round.
--
--     from marts.performance_as_at(date '2009-09-30') qualify round_ends_on = max(round_ends_on) over ();
--
-- The columns are those of fct_performance. A round is judged on what was known when it ended; returns, the Government
-- Office's view and the agreed status come later, and count from the day they were known.
create or replace macro marts.performance_as_at(day) as table
with returned as (
    select *
    from marts.fct_return
    where known_from <= cast(day as date) and (known_to is null or known_to > cast(day as date))
    qualify
        row_number() over (
            partition by area_code, indicator_code, part, round_label
            order by known_from desc, partnership_code
        ) = 1
)

select
    f.* replace (
        r.self_assessed_status as self_assessed_status, a.office_view as office_view, a.agreed_status as agreed_status,
        a.agreed_reason as agreed_reason, a.agreed_on as agreed_on
    )
from marts.fct_performance as f
left join returned as r
    on
        f.area_code = r.area_code
        and f.indicator_code = r.indicator_code
        and f.part = r.part
        and f.round_label = r.round_label
left join marts.fct_agreed_status as a
    on
        f.area_code = a.area_code
        and f.indicator_code = a.indicator_code
        and f.part = a.part
        and f.commitment_type = a.commitment_type
        and f.round_label = a.round_label
        and a.known_from <= cast(day as date)
        and (a.known_to is null or a.known_to > cast(day as date))
where f.round_ends_on <= cast(day as date)
