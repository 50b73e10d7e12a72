{#
    The rule of a seed that each area had at the end of each round of `facts`: its own, else the one for all areas.
    Seeds of this kind have for_area_code, valid_from and valid_to.
#}
{% macro rule_of_area(rules, facts) -%}
select
    places.area_code,
    places.round_label,
    rules.*
from (select distinct area_code, round_label, round_ends_on from {{ facts }}) as places
inner join {{ rules }} as rules
    on
        (rules.for_area_code is null or rules.for_area_code = places.area_code)
        and (rules.valid_from is null or rules.valid_from <= places.round_ends_on)
        and (rules.valid_to is null or rules.valid_to >= places.round_ends_on)
qualify
    row_number() over (
        partition by places.area_code, places.round_label
        order by rules.for_area_code nulls last, rules.valid_from desc nulls last, rules.rule_id
    ) = 1
{%- endmacro %}
