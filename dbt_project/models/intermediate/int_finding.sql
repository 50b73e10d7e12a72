{% set findings = [
    'int_finding_silent_revision', 'int_finding_restated_series', 'int_finding_renamed_column',
    'int_finding_recoverable_suppression', 'int_finding_arrival', 'int_finding_return',
    'int_finding_correction_unused', 'int_finding_delivery_day',
] -%}
{% for finding in findings -%}
select * from {{ ref(finding) }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
