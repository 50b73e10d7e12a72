{#
    Every combination of a link's columns that is filled in stands in the other table too (of the rows for which its
    `only` holds). One test holds all links of a table; a row that fails says which.
#}
{% test related(model, links) %}
{%- for link in links %}
{%- set others = link.to_columns or link.columns %}
{{ 'union all' if not loop.first }}
select distinct
    '{{ link.columns | join(", ") }}' as columns_linked,
    concat_ws(
        ', '
        {%- for column in link.columns %}
        , cast(child.{{ column }} as string)
        {%- endfor %}
    ) as not_known
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
{%- endfor %}
{% endtest %}
