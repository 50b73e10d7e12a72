{{
    landed_entries('agreed_statuses', [
        'area_code', 'indicator_code', 'part', 'commitment_type', 'round_label', 'office_view', 'office_reason',
        'agreed_status', 'agreed_reason', 'agreed_on'
    ])
}}
