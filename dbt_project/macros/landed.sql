{#
    The landed Parquet of one kind, by path. Each names the source, for lineage. The folder is told when a model is run and
    not when it is read, so that what dbt has read of the project serves every folder.
#}
{% macro landed(kind) -%}
    {%- set lineage = source('landing', kind) -%}
    {{ return(adapter.dispatch('landed_files')((var('landing') | string) ~ '/' ~ kind ~ '/*/*.parquet')) }}
{%- endmacro %}

{% macro duckdb__landed_files(path) -%}
    {%- set quoted = "'" ~ path | replace("'", "''") ~ "'" -%}
    {{ return('read_parquet(' ~ quoted ~ ', hive_partitioning = false, union_by_name = true)') }}
{%- endmacro %}

{% macro spark__landed_files(path) -%}
    {{ return('parquet.`' ~ path ~ '`') }}
{%- endmacro %}
