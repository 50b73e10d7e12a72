{#
    Whether a table is what it says it is, in one query; a row that fails says what is broken and which row it is.

    grain: the columns that name one row, none of them null. Those of may_be_null still belong to the key: two nulls are alike.
    rules: sentences that must be true of every row, by name; a row for which one is unknown fails as well.
    links: every combination of their columns that is filled in stands in the other table too (of the rows for which `only` holds).
#}
{% test sound(model, grain=[], may_be_null=[], rules={}, links=[]) %}
{%- set parts = [] %}
{%- if grain %}
{%- do parts.append(twice_or_null(model, grain, may_be_null)) %}
{%- endif %}
{%- if rules %}
{%- do parts.append(breaking(model, rules)) %}
{%- endif %}
{%- for link in links %}
{%- do parts.append(leading_nowhere(model, link)) %}
{%- endfor %}
{{ parts | join('\nunion all\n') }}
{% endtest %}
