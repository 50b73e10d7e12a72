{# A sentence that must be true of every row; a row for which it is unknown fails as well. #}
{% test holds(model, expression) %}
select *
from {{ model }}
where not coalesce({{ expression }}, false)
{% endtest %}
