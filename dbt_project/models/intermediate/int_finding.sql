{% set findings = [
    'int_finding_silent_revision', 'int_finding_restated_series', 'int_finding_renamed_column',
    'int_finding_recoverable_suppression', 'int_finding_arrival', 'int_finding_return',
    'int_finding_correction_unused', 'int_finding_delivery_day', 'int_finding_target_below_result',
    'int_finding_target_outside_series', 'int_finding_quarter_against_year', 'int_finding_arrow',
] -%}
{% for finding in findings -%}
select * from {{ ref(finding) }}
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
