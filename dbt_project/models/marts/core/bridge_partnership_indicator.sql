-- A delivery is a full statement of the partnerships it names: a duty it no longer gives one has gone from it.
with named as (
    select
        partnership_code,
        delivery_id,
        known_from,
        received_at
    from {{ ref('stg_partnerships') }}
    union distinct
    select
        partnership_code,
        delivery_id,
        known_from,
        received_at
    from {{ ref('stg_responsibilities') }}
),

versions as (
    {{ versioned('named', ['partnership_code']) }}
)

select
    duties.partnership_code,
    duties.indicator_code,
    duties.part,
    duties.organisation_code,
    duties.post,
    duties.valid_from,
    duties.valid_to,
    versions.version,
    duties.known_from,
    versions.known_to,
    versions.is_current,
    duties.delivery_id,
    duties.feed,
    duties.edition,
    duties.source_file,
    duties.source_sheet,
    duties.source_row
from {{ ref('stg_responsibilities') }} as duties
inner join versions
    on
        duties.partnership_code = versions.partnership_code
        and duties.delivery_id = versions.delivery_id
order by duties.partnership_code, duties.indicator_code, duties.part, duties.valid_from, versions.version
