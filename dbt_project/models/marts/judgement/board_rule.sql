select
    'partnership_light' as rule_of,
    rule_id,
    words as rule_words,
    for_area_code,
    valid_from,
    valid_to,
    source,
    verification
from {{ ref('partnership_light_rules') }}
union all
select
    'report_card' as rule_of,
    rule_id,
    words as rule_words,
    for_area_code,
    valid_from,
    valid_to,
    source,
    verification
from {{ ref('report_card_rules') }}
union all
select
    'exception' as rule_of,
    rule_id,
    words as rule_words,
    cast(null as string) as for_area_code,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    source,
    verification
from {{ ref('exception_rules') }}
