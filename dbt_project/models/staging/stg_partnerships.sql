{{
    landed_entries('partnerships', [
        'partnership_code', 'partnership_name', 'partnership_type', 'area_code', 'parent_code',
        'organisation_code', 'post', 'valid_from', 'valid_to'
    ])
}}
