{# The parts of the test `sound` (tests/generic/sound.sql). #}
{% macro twice_or_null(model, grain, may_be_null) %}
select
    'one row per {{ grain | join(", ") }}' as broken_rule,
    {{ named_values(grain) }} as row_at_fault
from {{ model }}
group by {{ grain | join(', ') }}
having
    count(*) > 1
    {%- for column in grain if column not in may_be_null %}
    or {{ column }} is null
    {%- endfor %}
{% endmacro %}


{% macro breaking(model, rules) %}
select
    broken_rule,
    {{ row_as_text('checked') }} as row_at_fault
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
{% endmacro %}


{% macro leading_nowhere(model, link) %}
{%- set others = link.to_columns or link.columns %}
select distinct
    '{{ link.columns | join(", ") }} in {{ link.to.identifier }}' as broken_rule,
    {{ named_values(link.columns, 'child.') }} as row_at_fault
from {{ model }} as child
left join {{ link.to }} as parent
    on {% for column in link.columns -%}
    child.{{ column }} = parent.{{ others[loop.index0] }}{{ ' and ' if not loop.last }}
    {%- endfor %}
where
    parent.{{ others[0] }} is null
    and {{ link.only or 'true' }}
    {%- for column in link.columns %}
    and child.{{ column }} is not null
    {%- endfor %}
{% endmacro %}


{% macro named_values(columns, of='') -%}
concat_ws(
    ', '
    {%- for column in columns %}
    , concat('{{ column }} ', coalesce(cast({{ of }}{{ column }} as string), 'null'))
    {%- endfor %}
)
{%- endmacro %}


{# A whole row as one text, the columns by name: for people who look for what is wrong with it. #}
{% macro row_as_text(of) -%}
{{ return(adapter.dispatch('row_as_text')(of)) }}
{%- endmacro %}

{% macro duckdb__row_as_text(of) -%}
cast({{ of }} as string)
{%- endmacro %}

{% macro spark__row_as_text(of) -%}
to_json(struct({{ of }}.*))
{%- endmacro %}
