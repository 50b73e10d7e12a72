-- An agreement is reviewed once a financial year, as it stood at the end of the last round judged in it.
with rounds as (
    select
        round_label,
        starts_on,
        ends_on,
        year(starts_on) - case when month(starts_on) < 4 then 1 else 0 end as first_year
    from {{ ref('int_judged_round') }}
)

select
    cast(first_year as string) || '/' || substr(cast(first_year + 1 as string), 3, 2) as review_year,
    min(starts_on) over years as year_starts_on,
    round_label,
    ends_on as round_ends_on
from rounds
window years as (partition by first_year)
qualify row_number() over (partition by first_year order by ends_on desc) = 1
