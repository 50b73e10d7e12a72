with versions as (
    {{
        versioned(ref('stg_inspections'), [
            'area_code', 'organisation_code', 'assessment', 'theme', 'published_on'
        ])
    }}
)

select
    area_code,
    organisation_code,
    assessment,
    theme,
    published_on,
    judgement,
    indicator_code,
    summary,
    version,
    known_from,
    known_to,
    is_current,
    delivery_id,
    feed,
    edition,
    source_file,
    source_sheet,
    source_row,
    source_text
from versions
order by area_code, organisation_code, assessment, theme, published_on, version
