{# A day's month as a number, so that months can be counted between two days. #}
{% macro month_number(day) -%}
(12 * year({{ day }}) + month({{ day }}))
{%- endmacro %}
