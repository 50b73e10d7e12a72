{# Every combination of the columns that is filled in stands in the other table too (of the rows for which `only` holds). #}
{% test related(model, columns, to, to_columns=none, only='true') %}
{%- set others = to_columns or columns %}
select distinct
    {%- for column in columns %}
    child.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ model }} as child
left join {{ to }} as parent
    on {% for column in columns -%}
    child.{{ column }} = parent.{{ others[loop.index0] }}{{ ' and ' if not loop.last }}
    {%- endfor %}
where
    parent.{{ others[0] }} is null
    and {{ only }}
    {%- for column in columns %}
    and child.{{ column }} is not null
    {%- endfor %}
{% endtest %}
