{#
    Two cells of one table of disclosure control, which is an indicator part and a period; with `view`, of one view of it:
    as known on a day, totals and breakdowns apart.
#}
{% macro same_table(one, other, view=false) -%}
{{ one }}.indicator_code = {{ other }}.indicator_code
            and {{ one }}.part = {{ other }}.part
            and {{ one }}.period_label = {{ other }}.period_label
            and {{ one }}.period_basis = {{ other }}.period_basis
{%- if view %}
            and {{ one }}.known_on = {{ other }}.known_on
            and {{ one }}.is_breakdown = {{ other }}.is_breakdown
{%- endif %}
{%- endmacro %}
