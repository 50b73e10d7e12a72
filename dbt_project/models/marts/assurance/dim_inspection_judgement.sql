select
    assessment,
    assessment_title,
    judgement,
    judgement_title,
    meaning,
    replaced_by,
    source,
    verification
from {{ ref('inspection_judgements') }}
order by assessment, judgement
