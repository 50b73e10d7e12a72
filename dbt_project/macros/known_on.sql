{#
    Whether a row with the two clocks was known on a day: from known_from (null: from the start of the framework) until
    the day before known_to (null: it still stands). Of statements that became known on one day only the last ever
    was: the others end on the day they begin.
#}
{% macro known_on(facts, day) -%}
(({{ facts }}.known_from is null or {{ facts }}.known_from <= {{ day }})
            and ({{ facts }}.known_to is null or {{ facts }}.known_to > {{ day }}))
{%- endmacro %}

{# Whether what became known on `day` is part of this build: all of it, or with `hub build --as-at` what came by then. #}
{% macro known_by_now(day) -%}
{% if var('as_at', none) %}{{ day }} <= cast('{{ var("as_at") }}' as date){% else %}true{% endif %}
{%- endmacro %}
