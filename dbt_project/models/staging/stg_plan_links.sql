{{
    landed_entries('plan_links', [
        'plan_code', 'indicator_code', 'partnership_code', 'organisation_code', 'post', 'valid_from',
        'valid_to'
    ])
}}
