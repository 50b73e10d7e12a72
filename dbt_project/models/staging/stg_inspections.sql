{{
    landed_entries('inspections', [
        'area_code', 'organisation_code', 'assessment', 'theme', 'indicator_code', 'judgement', 'summary', 'published_on'
    ])
}}
