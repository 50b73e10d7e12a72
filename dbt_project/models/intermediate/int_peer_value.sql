-- The variables that open peers are chosen by, each area's in standard deviations of its class. Of an indicator the
-- period counts that most areas have a figure for. Sums are of decimals: two builds must agree to the last digit.
with areas as (
    select * from {{ ref('int_comparison_area') }}
),

indicator_values as (
    select
        variables.peer_set,
        variables.variable,
        areas.area_code,
        observations.period_label,
        observations.value,
        count(*) over (
            partition by variables.peer_set, variables.variable, observations.period_label, observations.period_basis
        ) as areas_with_value,
        observations.period_basis,
        observations.period_end
    from {{ ref('peer_variables') }} as variables
    inner join {{ ref('fct_observation_current') }} as observations
        on
            variables.indicator_code = observations.indicator_code
            and variables.part = observations.part
    inner join areas
        on observations.area_code = areas.area_code
    where
        observations.dimensions = ''
        and observations.value is not null
),

of_one_period as (
    select *
    from indicator_values
    qualify
        dense_rank() over (
            partition by peer_set, variable
            order by areas_with_value desc, period_end desc nulls last, period_label desc, period_basis
        ) = 1
),

brought as (
    select
        variables.peer_set,
        variables.variable,
        area_variables.area_code,
        cast(null as string) as period_label,
        area_variables.value
    from {{ ref('peer_variables') }} as variables
    inner join {{ ref('area_variables') }} as area_variables
        on variables.variable = area_variables.variable
    union all
    select
        peer_set,
        variable,
        area_code,
        period_label,
        value
    from of_one_period
),

scaled as (
    select
        brought.peer_set,
        brought.variable,
        variables.weight,
        areas.area_code,
        areas.area_class,
        areas.compared_on,
        areas.valid_from,
        areas.valid_to,
        brought.period_label,
        brought.value,
        case variables.transform when 'log' then ln(nullif(brought.value, 0)) else brought.value end as scaled_value
    from brought
    inner join {{ ref('peer_variables') }} as variables
        on
            brought.peer_set = variables.peer_set
            and brought.variable = variables.variable
    inner join areas
        on brought.area_code = areas.area_code
),

spread as (
    select
        peer_set,
        variable,
        area_class,
        count(scaled_value) as areas_with_value,
        cast(sum(cast(scaled_value as decimal(30, 8))) as double) / nullif(count(scaled_value), 0) as mean,
        cast(sum(cast(scaled_value * scaled_value as decimal(30, 8))) as double) / nullif(count(scaled_value), 0)
            as mean_of_squares
    from scaled
    group by peer_set, variable, area_class
),

-- A variable that many areas lack would choose peers among those that have it.
held as (
    select
        spread.*,
        count(*) over (partition by spread.peer_set, spread.area_class) as variables_due
    from spread
    inner join (select area_class, count(*) as areas from areas group by area_class) as classes
        on spread.area_class = classes.area_class
    where spread.areas_with_value >= {{ var('least_coverage') }} * classes.areas
)

select
    scaled.peer_set,
    scaled.variable,
    scaled.weight,
    scaled.area_code,
    scaled.area_class,
    scaled.compared_on,
    scaled.valid_from,
    scaled.valid_to,
    scaled.period_label,
    scaled.value,
    round(
        (scaled.scaled_value - held.mean)
        / nullif(sqrt(greatest(held.mean_of_squares - held.mean * held.mean, 0)), 0), 6
    ) as deviations,
    held.variables_due,
    count(*) over (partition by scaled.peer_set, scaled.area_code) as variables_held
from scaled
inner join held
    on
        scaled.peer_set = held.peer_set
        and scaled.variable = held.variable
        and scaled.area_class = held.area_class
where scaled.scaled_value is not null
