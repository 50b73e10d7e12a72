select
    targets.area_code,
    targets.indicator_code,
    targets.part,
    targets.commitment_type,
    targets.period_label,
    targets.period_basis,
    targets.period_start,
    targets.period_end,
    targets.target_value,
    targets.state,
    targets.target_basis,
    targets.comparator_code,
    targets.base_period_label,
    targets.baseline_value,
    targets.partnership_code,
    targets.organisation_code,
    targets.reward_eligible,
    targets.decision,
    targets.decided_on,
    versions.version,
    targets.known_from,
    versions.known_to,
    versions.is_current,
    targets.delivery_id,
    targets.feed,
    targets.edition,
    targets.source_file,
    targets.source_sheet,
    targets.source_row,
    targets.source_text
from {{ ref('int_target_stated') }} as targets
inner join {{ ref('int_target_version') }} as versions
    on
        {{ same_commitment('targets', 'versions') }}
        and targets.delivery_id = versions.delivery_id
order by
    targets.area_code, targets.indicator_code, targets.part, targets.commitment_type, versions.version,
    targets.period_start
