{#
    Table comments of the illustrative edition, and of a world as known on an earlier day, say so first, whoever reads
    the file and with whatever tool.
    These two shadow the adapters' own macros. DuckDB's is one statement a table: the columns are those its contract promises,
    so that none is looked up.
#}
{% macro edition_comment(comment) -%}
    {%- set as_at = var('as_at', none) -%}
    {%- set known = '' -%}
    {%- if as_at -%}
        {%- set day = modules.datetime.date.fromisoformat(as_at | string) -%}
        {%- set known = 'As known on ' ~ day.day ~ day.strftime(' %B %Y') ~ '. ' -%}
    {%- endif -%}
    {{ return(('Illustrative data. ' if var('edition') == 'Illustrative data' else '') ~ known ~ comment) }}
{%- endmacro %}

{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {%- if for_relation and config.persist_relation_docs() %}
    {%- call statement('comments') %}
    comment on {{ relation.type }} {{ relation }} is {{ duckdb_escape_comment(edition_comment(model.description)) }};
        {%- for column in model.columns.values() if for_columns %}
    comment on column {{ relation }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
        {%- endfor %}
    {%- endcall %}
    {%- endif %}
{% endmacro %}

{% macro spark__comment_clause() %}
    {%- if config.persist_docs_relation() and model.description -%}
        comment '{{ edition_comment(model.description) | replace("'", "\\'") }}'
    {%- endif -%}
{% endmacro %}
