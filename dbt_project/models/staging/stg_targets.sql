{{
    landed_entries('targets', [
        'area_code', 'indicator_code', 'part', 'commitment_type', 'target_basis', 'comparator_code',
        'base_period_label', 'baseline_value', 'period_label', 'period_start', 'period_end', 'period_basis',
        'target_value', 'state', 'partnership_code', 'organisation_code', 'reward_eligible', 'decision',
        'decided_on'
    ])
}}
