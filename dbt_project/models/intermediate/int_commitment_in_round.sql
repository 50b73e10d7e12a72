-- An agreement of a council that was abolished ends with it, and that of a new one begins with it. Of several choices
-- of a profile the narrowest counts, then the latest; where none is made, or the chosen one is not valid then, the
-- default does.
with profiles as (
    select * from {{ ref('rule_profiles') }}
),

choices as (
    select
        choices.scope,
        choices.key,
        choices.profile_id,
        choices.valid_from,
        choices.valid_to,
        profiles.valid_from as profile_valid_from,
        profiles.valid_to as profile_valid_to
    from {{ ref('profile_choices') }} as choices
    inner join profiles
        on choices.profile_id = profiles.profile_id
),

commitments as (
    select
        rounds.round_label,
        rounds.starts_on,
        rounds.ends_on,
        rounds.ends_month,
        versions.area_code,
        versions.indicator_code,
        versions.part,
        versions.commitment_type,
        versions.version,
        versions.target_basis,
        versions.comparator_code,
        versions.base_period_label,
        versions.baseline_value,
        versions.partnership_code,
        versions.organisation_code,
        versions.reward_eligible,
        versions.edition,
        coalesce(versions.decided_on, versions.known_from) as set_on
    from {{ ref('int_target_version') }} as versions
    inner join {{ ref('int_judged_round') }} as rounds
        on {{ known_on('versions', 'rounds.ends_on') }}
    left join {{ ref('areas') }} as areas
        on versions.area_code = areas.area_code
    where
        coalesce(areas.valid_from <= rounds.ends_on, true)
        and coalesce(areas.valid_to >= rounds.starts_on, true)
),

chosen as (
    select
        commitments.area_code,
        commitments.indicator_code,
        commitments.part,
        commitments.commitment_type,
        commitments.round_label,
        choices.profile_id
    from commitments
    inner join choices
        on
            choices.key = case choices.scope
                when 'target'
                    then
                        commitments.area_code || ' ' || commitments.indicator_code || ' ' || commitments.part
                        || ' ' || commitments.commitment_type
                when 'partnership' then commitments.partnership_code
                when 'plan' then 'LAA ' || commitments.area_code
                when 'area' then commitments.area_code
                when 'commitment_type' then commitments.commitment_type
            end
            and coalesce(choices.valid_from <= commitments.ends_on, true)
            and coalesce(choices.valid_to >= commitments.ends_on, true)
            and coalesce(choices.profile_valid_from <= commitments.ends_on, true)
            and coalesce(choices.profile_valid_to >= commitments.ends_on, true)
    qualify
        row_number() over (
            partition by
                commitments.area_code, commitments.indicator_code, commitments.part, commitments.commitment_type,
                commitments.round_label
            order by
                case choices.scope
                    when 'target' then 1
                    when 'partnership' then 2
                    when 'plan' then 3
                    when 'area' then 4
                    else 5
                end,
                choices.valid_from desc nulls last,
                choices.profile_id
        ) = 1
),

defaults as (
    select profile_id
    from profiles
    where is_default
)

select
    commitments.*,
    coalesce(chosen.profile_id, defaults.profile_id) as profile_id
from commitments
cross join defaults
left join chosen
    on
        {{ same_commitment('commitments', 'chosen') }}
        and commitments.round_label = chosen.round_label
