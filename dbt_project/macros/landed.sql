{#
    The landed Parquet of one kind. DuckDB reads it through the source's external_location; Spark reads
    the same glob by path. Both name the source, so lineage is the same in either target.
#}
{% macro landed(kind) -%}
    {{ return(adapter.dispatch('landed')(kind)) }}
{%- endmacro %}

{% macro default__landed(kind) -%}
    {{ return(source('landing', kind)) }}
{%- endmacro %}

{% macro spark__landed(kind) -%}
    {%- set lineage = source('landing', kind) -%}
    {{ return('parquet.`' ~ var('landing') ~ '/' ~ kind ~ '/*/*.parquet`') }}
{%- endmacro %}
