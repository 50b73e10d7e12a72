{# Words of a group in their order, joined by commas, as one text: two groups with the same text hold the same words. #}
{% macro listed(word) -%}
    {{ return(adapter.dispatch('listed')(word)) }}
{%- endmacro %}

{% macro default__listed(word) -%}
    string_agg({{ word }}, ',' order by {{ word }})
{%- endmacro %}

{% macro spark__listed(word) -%}
    array_join(array_sort(collect_list({{ word }})), ',')
{%- endmacro %}
