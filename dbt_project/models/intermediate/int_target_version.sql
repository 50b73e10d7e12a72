-- A delivery is a full statement of the commitments it names; a commitment it leaves out stays as it was.
with statements as (
    select
        *,
        row_number() over (
            partition by area_code, indicator_code, part, commitment_type, delivery_id
            order by period_start, period_label
        ) as place
    from {{ ref('int_target_stated') }}
),

named as (
    select * from statements
    where place = 1
)

{{ versioned('named', ['area_code', 'indicator_code', 'part', 'commitment_type']) }}
