-- A delivery that repeats what was known is no revision; provisional turning final without a changed figure is none
-- either. What kind of revision a row is follows from the publisher's own figure
-- before it: the hub's correction of that one, which follows it at once, is passed over.
{% set beside = ['lower_ci', 'upper_ci', 'survey_base', 'design_effect', 'note'] -%}
with deliveries_compared as (
    select
        *,
        row_number() over known as delivery_number,
        lag(value) over known as last_value_known,
        lag(numerator) over known as last_numerator_known,
        lag(denominator) over known as last_denominator_known,
        lag(mark) over known as last_mark_known,
        {% for column in ['feed', 'status', 'definition_version', 'value', 'numerator', 'denominator', 'mark'] + beside -%}
        case
            when lag(correction_code) over known is null then lag({{ column }}) over known
            else lag({{ column }}, 2) over known
        end as last_{{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_observation') }}
    window known as (
        partition by area_code, indicator_code, part, period_label, period_basis, dimensions
        order by known_from, received_at, delivery_id, correction_code nulls first
    )
),

changes as (
    select
        *,
        case
            when delivery_number = 1 then 1
            when value is distinct from last_value_known then 1
            when numerator is distinct from last_numerator_known then 1
            when denominator is distinct from last_denominator_known then 1
            when mark is distinct from last_mark_known then 1
            else 0
        end as is_change,
        -- counts that a publisher begins or ceases to print beside the same value are no other figure
        value <> last_value
        or (value = last_value and (numerator <> last_numerator or denominator <> last_denominator))
            as is_other_figure,
        -- told both times, by one feed, as final and under one definition
        correction_code is null
        and last_feed = feed
        and last_definition_version = definition_version
        and last_status <> 'provisional'
        and status <> 'provisional'
        and value is not null
        and last_value is not null as is_settled
    from deliveries_compared
),

-- Measures of which a delivery changes most of what was settled, in more than one period.
restated as (
    select
        delivery_id,
        indicator_code,
        part
    from changes
    where
        is_settled
        and dimensions = ''
    group by delivery_id, indicator_code, part
    having
        sum(case when is_other_figure then 1 else 0 end) >= {{ var('restated_values') }}
        and sum(case when is_other_figure then 1 else 0 end) >= {{ var('restated_share') }} * count(*)
        and count(distinct case when is_other_figure then period_label end) > 1
)

select
    changes.*,
    case
        when changes.correction_code is null then changes.last_value
        else changes.last_value_known
    end as previous_value,
    case
        when changes.correction_code is not null then 'corrected'
        when changes.delivery_number = 1 then 'first'
        when changes.last_feed <> changes.feed then 'replaced'
        when changes.last_definition_version <> changes.definition_version then 'redefined'
        when changes.value is null and changes.last_value is not null then 'withdrawn'
        when changes.value is not null and changes.last_value is null then 'supplied'
        when changes.last_status = 'provisional' and changes.status <> 'provisional' then 'finalised'
        when
            changes.is_other_figure
            and (changes.status <> 'final' or changes.last_status = 'provisional')
            then 'revised'
        when changes.is_other_figure and restated.delivery_id is not null then 'restated'
        when changes.is_other_figure then 'silent'
        when
            changes.mark is distinct from changes.last_mark
            or changes.numerator is distinct from changes.last_numerator
            or changes.denominator is distinct from changes.last_denominator
            or changes.status is distinct from changes.last_status
            {%- for column in beside %}
            or changes.{{ column }} is distinct from changes.last_{{ column }}
            {%- endfor %}
            then 'annotated'
        else 'unchanged'
    end as revision_kind,
    cast(
        sum(changes.is_change) over (
            partition by
                changes.area_code, changes.indicator_code, changes.part, changes.period_label,
                changes.period_basis, changes.dimensions
            order by
                changes.known_from, changes.received_at, changes.delivery_id, changes.correction_code nulls first
            rows between unbounded preceding and current row
        ) as integer
    ) as revision
from changes
left join restated
    on
        changes.delivery_id = restated.delivery_id
        and changes.indicator_code = restated.indicator_code
        and changes.part = restated.part
