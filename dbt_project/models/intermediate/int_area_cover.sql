select
    parent_code as region_code,
    cover,
    boundaries_on,
    boundaries_until,
    is_first_set,
    area_code
from {{ ref('rollup_cover') }}
where
    relation in ('region', 'country')
    and cover in ('upper', 'lower')
