{{
    landed_entries('organisations', [
        'organisation_code', 'organisation_name', 'organisation_type', 'area_code'
    ])
}}
