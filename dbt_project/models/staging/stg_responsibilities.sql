{{
    landed_entries('responsibilities', [
        'partnership_code', 'indicator_code', 'part', 'organisation_code', 'post', 'valid_from', 'valid_to'
    ])
}}
