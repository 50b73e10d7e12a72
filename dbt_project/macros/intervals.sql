{#
    What chance does to a figure: whether two differ by more than it, and limits that hold it, at var('significance_z').
    Arguments are SQL; null where a number that is needed is missing.
#}

{# Two shares of samples, each with its base and the factor by which the survey's design widens its variance. #}
{% macro shares_differ(share, base, design, other_share, other_base, other_design) -%}
abs({{ share }} - {{ other_share }}) > {{ var('significance_z') }} * sqrt(
    {{ design }} * {{ share }} * (1 - {{ share }}) / {{ base }}
    + {{ other_design }} * {{ other_share }} * (1 - {{ other_share }}) / {{ other_base }}
)
{%- endmacro %}

{# Wilson's limit of a share; `side` is - or +. #}
{% macro wilson(share, base, side) -%}
{%- set z = var('significance_z') -%}
(
    {{ share }} + {{ z }} * {{ z }} / (2 * {{ base }})
    {{ side }} {{ z }} * sqrt(
        {{ share }} * (1 - {{ share }}) / {{ base }} + {{ z }} * {{ z }} / (4 * {{ base }} * {{ base }})
    )
) / (1 + {{ z }} * {{ z }} / {{ base }})
{%- endmacro %}

{# Byar's limits of a count. #}
{% macro byar_lower(count) -%}
case
    when {{ count }} = 0 then 0
    else {{ count }} * power(1 - 1 / (9 * {{ count }}) - {{ var('significance_z') }} / (3 * sqrt({{ count }})), 3)
end
{%- endmacro %}

{% macro byar_upper(count) -%}
({{ count }} + 1) * power(
    1 - 1 / (9 * ({{ count }} + 1)) + {{ var('significance_z') }} / (3 * sqrt({{ count }} + 1)), 3
)
{%- endmacro %}

{#
    A limit of a figure by its `interval_method`; `side` is lower or upper. Reads the columns value, base (of a
    proportion), numerator and scale (of a rate), and lower_ci and upper_ci (as published).
#}
{% macro limit_of_figure(side) -%}
case interval_method
    when 'published' then {{ side }}_ci
    when 'byar' then scale * {{ byar_lower('numerator') if side == 'lower' else byar_upper('numerator') }}
    else 100 * {{ wilson('(value / 100)', 'base', '-' if side == 'lower' else '+') }}
end
{%- endmacro %}
