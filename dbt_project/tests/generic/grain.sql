{#
    The columns name one row, and none of them is null. Columns listed in may_be_null still belong to the
    key: two nulls count as the same.
#}
{% test grain(model, columns, may_be_null=[]) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    {%- for column in columns if column not in may_be_null %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}
