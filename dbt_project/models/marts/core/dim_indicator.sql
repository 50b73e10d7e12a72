with framework as (
    select
        parts.*,
        definitions.definition_version,
        definitions.known_from,
        definitions.known_to,
        definitions.is_current,
        definitions.definition_change,
        definitions.unit as unit_defined,
        definitions.decimals as decimals_defined,
        definitions.per as per_defined
    from {{ ref('int_indicator_part') }} as parts
    inner join {{ ref('int_definition') }} as definitions
        on
            parts.indicator_code = definitions.indicator_code
            and parts.part = definitions.part
),

-- Several deliveries may bring the same measure: what the last of them says of it stands.
brought as (
    select
        measures.*,
        feeds.publisher,
        min(measures.known_from) over (partition by measures.indicator_code, measures.part) as first_known_from
    from {{ ref('stg_measures') }} as measures
    inner join {{ ref('stg_feeds') }} as feeds
        on measures.feed = feeds.feed
    left join framework
        on
            measures.indicator_code = framework.indicator_code
            and measures.part = framework.part
    where framework.indicator_code is null
    qualify
        row_number() over (
            partition by measures.indicator_code, measures.part
            order by measures.known_from desc, measures.received_at desc, measures.delivery_id desc
        ) = 1
),

unioned as (
    select
        indicator_code,
        part,
        definition_version,
        known_from,
        known_to,
        is_current,
        definition_change,
        framework,
        title,
        part_title,
        definition,
        theme,
        lead_department,
        supplier_system,
        psa_number,
        unit_defined as unit,
        polarity,
        decimals_defined as decimals,
        per_defined as per,
        frequency,
        period_basis,
        aggregation_rule,
        cumulative_in_year,
        is_survey_based,
        suppression_threshold,
        is_headline,
        status,
        valid_from,
        valid_to,
        source,
        verification,
        note
    from framework
    union all
    select
        indicator_code,
        part,
        1 as definition_version,
        first_known_from as known_from,
        cast(null as date) as known_to,
        true as is_current,
        cast(null as string) as definition_change,
        publisher as framework,
        title,
        title as part_title,
        'A measure of ' || publisher || ' outside the national indicators, as its own file describes it.'
            as definition,
        cast(null as string) as theme,
        cast(null as string) as lead_department,
        feed as supplier_system,
        cast(null as integer) as psa_number,
        unit,
        'none' as polarity,
        decimals,
        cast(null as double) as per,
        cast(null as string) as frequency,
        cast(null as string) as period_basis,
        'not_aggregable' as aggregation_rule,
        false as cumulative_in_year,
        false as is_survey_based,
        cast(null as integer) as suppression_threshold,
        part = 'headline' as is_headline,
        'active' as status,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        source_file || ' (' || delivery_id || ')' as source,
        'sourced' as verification,
        cast(null as string) as note
    from brought
)

select
    indicator_code,
    part,
    definition_version,
    known_from,
    known_to,
    is_current,
    definition_change,
    framework,
    title,
    part_title,
    definition,
    theme,
    lead_department,
    supplier_system,
    psa_number,
    unit,
    polarity,
    decimals,
    cast(per as double) as per,
    frequency,
    period_basis,
    aggregation_rule,
    cumulative_in_year,
    is_survey_based,
    suppression_threshold,
    is_headline,
    status,
    valid_from,
    valid_to,
    source,
    verification,
    note
from unioned
order by indicator_code, part, definition_version
