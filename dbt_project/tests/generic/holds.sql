{# Sentences that must be true of every row, by name; a row for which one is unknown fails as well, and says which. #}
{% test holds(model, rules) %}
select *
from (
    select
        case
            {%- for rule, expression in rules.items() %}
            when not coalesce({{ expression }}, false) then '{{ rule }}'
            {%- endfor %}
        end as broken_rule,
        checked.*
    from {{ model }} as checked
) as checked
where broken_rule is not null
{% endtest %}
