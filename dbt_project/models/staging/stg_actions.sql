{{
    landed_entries('actions', [
        'partnership_code', 'area_code', 'indicator_code', 'part', 'round_label', 'action_number', 'action',
        'owner_post', 'due_on', 'state'
    ])
}}
