select
    'rollup_psa' as rule_of,
    rule_id,
    precedence,
    rating as outcome,
    words as rule_words,
    source,
    verification
from {{ ref('data_quality_rules') }}
union all
select
    'go_region_matrix' as rule_of,
    rule_id,
    precedence,
    'at_risk' as outcome,
    words as rule_words,
    source,
    verification
from {{ ref('at_risk_rules') }}
union all
select
    'barrier' as rule_of,
    category || '_' || cast(precedence as string) as rule_id,
    precedence,
    category as outcome,
    'The cause holds: ' || words as rule_words,
    source,
    verification
from {{ ref('cause_categories') }}
order by rule_of, precedence
