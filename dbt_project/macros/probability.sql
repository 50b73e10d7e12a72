{#
    Chances without a statistics library: neither DuckDB nor Spark has one. Dispatched, so that an engine which has
    one may use it. Arguments are columns: they are repeated.
#}

{# Share of a normal distribution below z (Abramowitz and Stegun 26.2.17; error below 0.0000001). #}
{% macro normal_below(z) -%}
{{ return(adapter.dispatch('normal_below')(z)) }}
{%- endmacro %}

{% macro default__normal_below(z) -%}
{%- set k = '(1 / (1 + 0.2316419 * abs(' ~ z ~ ')))' -%}
{%- set tail -%}
exp(-{{ z }} * {{ z }} / 2) * 0.3989422804014327 * {{ k }} * (0.319381530 + {{ k }} * (-0.356563782
    + {{ k }} * (1.781477937 + {{ k }} * (-1.821255978 + {{ k }} * 1.330274429))))
{%- endset -%}
(case when {{ z }} < 0 then {{ tail }} else 1 - {{ tail }} end)
{%- endmacro %}

{#
    The z that has as much of a normal distribution below it as t has of Student's with df degrees of freedom (Wallace
    1959; chances are out by 0.008 at most with one degree of freedom, 0.002 with two, 0.001 with more).
#}
{% macro normal_for_t(t, df) -%}
{{ return(adapter.dispatch('normal_for_t')(t, df)) }}
{%- endmacro %}

{% macro default__normal_for_t(t, df) -%}
(sign({{ t }}) * (8 * {{ df }} + 1) / (8 * {{ df }} + 3) * sqrt({{ df }} * ln(1 + {{ t }} * {{ t }} / {{ df }})))
{%- endmacro %}

{# The same the other way round: the t that belongs to a z above 0. #}
{% macro t_for_normal(z, df) -%}
{{ return(adapter.dispatch('t_for_normal')(z, df)) }}
{%- endmacro %}

{% macro default__t_for_normal(z, df) -%}
sqrt({{ df }} * (exp(power({{ z }} * (8 * {{ df }} + 3) / (8 * {{ df }} + 1), 2) / {{ df }}) - 1))
{%- endmacro %}
