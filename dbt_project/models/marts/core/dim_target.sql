with versions as (
    select
        *,
        min(known_from) over (
            partition by area_code, indicator_code, part, commitment_type
        ) as first_known_from
    from {{ ref('int_target_version') }}
)

select
    area_code,
    indicator_code,
    part,
    commitment_type,
    'LAA ' || area_code as plan_code,
    target_basis,
    comparator_code,
    base_period_label,
    baseline_value,
    partnership_code,
    organisation_code,
    reward_eligible,
    decision,
    decided_on,
    first_known_from as known_from,
    known_from as last_known_from,
    version as versions,
    delivery_id,
    feed,
    edition,
    source_file,
    source_sheet,
    source_row
from versions
where is_current
order by area_code, indicator_code, part, commitment_type
