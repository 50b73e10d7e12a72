{#
    The year of the agreements, by its first calendar year, that a figure for a period ending on a day counts for: periods
    that end from December of it to the November after. 2008/09 is the calendar year 2008, the financial year to March
    2009 and, for schools, the summer of 2009.
#}
{% macro agreement_year(day) -%}
(year({{ day }}) - case when month({{ day }}) = 12 then 0 else 1 end)
{%- endmacro %}
