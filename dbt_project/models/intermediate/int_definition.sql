-- A figure follows the definition in force on the day its delivery became known. The first one has no first day: there
-- is none before it.
with versions as (
    select
        *,
        lead(valid_from) over (partition by indicator_code, part order by definition_version) as known_to
    from {{ ref('indicator_versions') }}
    where definition_version = 1 or {{ known_by_now('valid_from') }}
)

select
    parts.indicator_code,
    parts.part,
    coalesce(versions.definition_version, 1) as definition_version,
    case when versions.definition_version > 1 then versions.valid_from end as known_from,
    versions.known_to,
    versions.known_to is null as is_current,
    versions.change as definition_change,
    coalesce(versions.unit, parts.unit) as unit,
    coalesce(versions.decimals, parts.decimals) as decimals,
    coalesce(versions.per, parts.per) as per
from {{ ref('int_indicator_part') }} as parts
left join versions
    on
        parts.indicator_code = versions.indicator_code
        and parts.part = versions.part
