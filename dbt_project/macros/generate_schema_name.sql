{# Layers are schemas, by their own names in every target: seeds, staging, intermediate, marts. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
