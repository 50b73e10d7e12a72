-- A baseline is the figure of its base year said once more; of a series that comes by the quarter, that of the last.
select
    targets.area_code,
    targets.indicator_code,
    targets.part,
    targets.commitment_type,
    targets.target_basis,
    targets.comparator_code,
    targets.base_period_label,
    case when hidden.area_code is null then targets.baseline_value end as baseline_value,
    targets.period_label,
    targets.period_start,
    targets.period_end,
    targets.period_basis,
    targets.target_value,
    targets.state,
    targets.partnership_code,
    targets.organisation_code,
    targets.reward_eligible,
    targets.decision,
    targets.decided_on,
    targets.delivery_id,
    targets.feed,
    targets.edition,
    targets.source_file,
    targets.known_from,
    targets.received_at,
    targets.source_sheet,
    targets.source_row,
    targets.source_text
from {{ ref('stg_targets') }} as targets
left join (
    select distinct
        area_code,
        indicator_code,
        part,
        case when period_label like '% Q4' then substr(period_label, 1, length(period_label) - 3) else period_label end
            as base_period_label
    from {{ ref('int_hidden_cell') }}
    where dimensions = ''
) as hidden
    on
        targets.area_code = hidden.area_code
        and targets.indicator_code = hidden.indicator_code
        and targets.part = hidden.part
        and targets.base_period_label = hidden.base_period_label
