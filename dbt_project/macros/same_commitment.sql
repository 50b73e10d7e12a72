{# Whether two rows are of one commitment. #}
{% macro same_commitment(one, other) -%}
{{ one }}.area_code = {{ other }}.area_code
            and {{ one }}.indicator_code = {{ other }}.indicator_code
            and {{ one }}.part = {{ other }}.part
            and {{ one }}.commitment_type = {{ other }}.commitment_type
{%- endmacro %}
