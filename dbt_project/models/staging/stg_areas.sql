{{
    landed_entries('areas', [
        'area_code', 'area_name', 'area_type', 'parent_code', 'region_code', 'population', 'valid_from', 'valid_to'
    ])
}}
