{{
    landed_entries('plans', [
        'plan_code', 'plan_type', 'title', 'area_code', 'parent_plan_code', 'organisation_code',
        'valid_from', 'valid_to'
    ])
}}
