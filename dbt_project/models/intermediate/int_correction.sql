-- A delivery whose figure is not as the correction found it is left alone, and so is one that a later delivery had
-- taken the place of, from whatever feed, by the day the correction was decided: it was no longer what was known.
with candidates as (
    select
        corrections.*,
        observations.feed as delivered_by,
        observations.delivery_id,
        observations.period_basis,
        observations.known_from,
        observations.value as published_value,
        lead(observations.known_from) over (
            partition by corrections.correction_code, observations.period_basis
            order by observations.known_from, observations.received_at, observations.delivery_id
        ) as superseded_on
    from {{ ref('stg_corrections') }} as corrections
    inner join {{ ref('stg_observations') }} as observations
        on
            corrections.indicator_code = observations.indicator_code
            and corrections.part = observations.part
            and corrections.area_code = observations.area_code
            and corrections.period_label = observations.period_label
            and corrections.dimensions = observations.dimensions
)

select
    correction_code,
    delivery_id,
    indicator_code,
    part,
    area_code,
    period_label,
    period_basis,
    dimensions,
    greatest(known_from, decided_on) as known_from,
    reason,
    published_value,
    multiply_by,
    -- a product of doubles has a tail of noise that no publisher printed
    coalesce(corrected_value, round(published_value * multiply_by, 8)) as corrected_value
from candidates
where
    delivered_by = feed
    and (superseded_on is null or superseded_on > decided_on)
    and published_value is not null
    and (published_exactly is null or published_value = published_exactly)
    and (published_above is null or published_value > published_above)
    and (published_below is null or published_value < published_below)
