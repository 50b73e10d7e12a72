select
    indicator_code,
    part,
    grade,
    grade_name,
    source,
    verification
from {{ ref('indicator_grades') }}
order by indicator_code, part, grade
