{#
    Every build writes a new file (orchestration/defs/warehouse.py): there is nothing to keep, rename or drop, so a table
    or view is made in its place by one statement. dbt's own materialisations, which swap a new table with an old one, took
    twice the statements; Spark keeps them.
#}
{% materialization table, adapter='duckdb' %}
    {%- set relation = this.incorporate(type='table') -%}
    {% call statement('main') %}{{ create_table_as(false, relation, compiled_code) }}{% endcall %}
    {% do persist_docs(relation, model) %}
    {% do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set relation = this.incorporate(type='view') -%}
    {% call statement('main') %}{{ create_view_as(relation, compiled_code) }}{% endcall %}
    {% do persist_docs(relation, model) %}
    {% do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
