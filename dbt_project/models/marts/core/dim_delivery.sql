with deliveries as (
    select * from {{ ref('stg_deliveries') }}
),

issues as (
    select
        delivery_id,
        sum(case when severity = 'error' then 1 else 0 end) as errors,
        sum(case when severity = 'warning' then 1 else 0 end) as warnings,
        sum(case when severity = 'info' then 1 else 0 end) as infos
    from {{ ref('quality_issue') }}
    group by delivery_id
),

observations as (
    select
        delivery_id,
        count(*) as observations
    from {{ ref('fct_observation') }}
    group by delivery_id
),

current_observations as (
    select
        delivery_id,
        count(*) as current_observations
    from {{ ref('fct_observation_current') }}
    group by delivery_id
),

current_entries as (
    select delivery_id from {{ ref('fct_target') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('bridge_partnership_indicator') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('fct_return_register') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('fct_return') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('fct_action') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('fct_agreed_status') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('fct_inspection') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('bridge_plan_indicator') }}
    where is_current
    union distinct
    select delivery_id from {{ ref('dim_plan') }}
    union distinct
    select delivery_id from {{ ref('dim_partnership') }}
    union distinct
    select delivery_id from {{ ref('dim_organisation') }}
)

select
    deliveries.delivery_id,
    deliveries.feed,
    deliveries.file_name,
    deliveries.source_url,
    deliveries.sha256,
    deliveries.bytes,
    deliveries.received_at,
    deliveries.published_on,
    deliveries.known_from,
    deliveries.status,
    deliveries.edition,
    deliveries.rows,
    cast(coalesce(observations.observations, 0) as bigint) as observations,
    cast(coalesce(current_observations.current_observations, 0) as bigint) as current_observations,
    current_observations.delivery_id is not null or current_entries.delivery_id is not null as is_current,
    cast(coalesce(issues.errors, 0) as integer) as errors,
    cast(coalesce(issues.warnings, 0) as integer) as warnings,
    cast(coalesce(issues.infos, 0) as integer) as infos
from deliveries
left join issues
    on deliveries.delivery_id = issues.delivery_id
left join observations
    on deliveries.delivery_id = observations.delivery_id
left join current_observations
    on deliveries.delivery_id = current_observations.delivery_id
left join current_entries
    on deliveries.delivery_id = current_entries.delivery_id
order by deliveries.feed, deliveries.known_from, deliveries.delivery_id
