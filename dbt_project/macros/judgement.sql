{#
    The rules in SQL, one text for two uses: the models judge with it, and the published macros judge_status and
    judge_direction are made of it, so that anybody can try a rule on a table of their own. Plain Jinja only, because
    the second use reads this file without dbt. Every argument is SQL; `rules` names a row of rule_profile.

    Differences are rounded to six decimals before they are held against an edge: 67.07 misses 70.6 by exactly 5
    percent, which binary fractions would deny.
#}

{# By how much a figure beats what it is held against, in the unit; negative: by how much it misses it. #}
{% macro gap(actual, compared, polarity) -%}
round(
    case {{ polarity }}
        when 'higher_is_better' then {{ actual }} - {{ compared }}
        when 'lower_is_better' then {{ compared }} - {{ actual }}
        when 'plan_is_best' then 0 - abs({{ actual }} - {{ compared }})
    end, 6
)
{%- endmacro %}

{# What a profile holds the figure against. #}
{% macro held_against(target, previous, baseline, rules) -%}
case {{ rules }}.compared_with
    when 'previous' then {{ previous }}
    when 'baseline' then {{ baseline }}
    else {{ target }}
end
{%- endmacro %}

{# The tolerance of a profile at what the figure is held against, in the unit. #}
{% macro margin(compared, rules) -%}
round(
    case
        when {{ rules }}.amber_kind in ('relative', 'two_sided') then abs({{ compared }}) * {{ rules }}.tolerance / 100
        else {{ rules }}.tolerance
    end, 6
)
{%- endmacro %}

{#
    exceeded, on_target, near_target or off_target; else the reason why these numbers cannot be judged. `gap` and `margin`
    are what the macros of these names make of the other arguments.
#}
{% macro judged_status(actual, compared, gap, margin, polarity, rules) -%}
case
    when {{ actual }} is null then case {{ rules }}.no_new_data when 'off_target' then 'off_target' else 'awaited' end
    when {{ compared }} is null and {{ rules }}.compared_with in ('previous', 'baseline') then 'no_baseline'
    when {{ gap }} is null then 'no_target'
    when {{ rules }}.amber_kind = 'two_sided' and {{ gap }} > {{ margin }} then 'on_target'
    when {{ rules }}.amber_kind = 'two_sided' and {{ gap }} >= -{{ margin }} then 'near_target'
    when {{ rules }}.amber_kind = 'two_sided' then 'off_target'
    when {{ gap }} > round(abs({{ compared }}) * {{ rules }}.exceeded_over / 100, 6) then 'exceeded'
    when {{ gap }} > 0 then 'on_target'
    when {{ gap }} = 0 and ({{ rules }}.met_operator = '>=' or {{ polarity }} = 'plan_is_best') then 'on_target'
    when {{ gap }} > -{{ margin }} then 'near_target'
    when {{ gap }} = -{{ margin }} and {{ rules }}.amber_operator = '<=' then 'near_target'
    else 'off_target'
end
{%- endmacro %}

{#
    improved, unchanged, deteriorated or no_comparison. `is_significant` says what a test of the two figures found; null
    where none was made, and then the tolerance decides.
#}
{% macro judged_direction(actual, previous, polarity, rules, is_significant='cast(null as boolean)') -%}
case
    when {{ actual }} is null or {{ previous }} is null then 'no_comparison'
    when {{ polarity }} is null or {{ polarity }} not in ('higher_is_better', 'lower_is_better') then 'no_comparison'
    when {{ rules }}.direction_test = 'significance' and not {{ is_significant }} then 'unchanged'
    when
        round(abs({{ actual }} - {{ previous }}), 6)
        <= round(abs({{ previous }}) * {{ rules }}.direction_tolerance / 100, 6)
        then 'unchanged'
    when ({{ actual }} > {{ previous }}) = ({{ polarity }} = 'higher_is_better') then 'improved'
    else 'deteriorated'
end
{%- endmacro %}
