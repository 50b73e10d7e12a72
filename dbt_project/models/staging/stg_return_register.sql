{{
    landed_entries('return_register', [
        'partnership_code', 'round_label', 'returns_due', 'due_on', 'received_on'
    ])
}}
