{{
    landed_entries('returns', [
        'partnership_code', 'area_code', 'indicator_code', 'part', 'round_label', 'self_assessed_status',
        'self_assessed_direction', 'commentary', 'cause', 'board_decision', 'board_decided_on'
    ])
}}
