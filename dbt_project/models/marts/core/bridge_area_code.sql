with codes as (
    select * from {{ ref('area_codes') }}
),

schemes as (
    select
        scheme,
        title
    from {{ ref('code_schemes') }}
)

select
    codes.scheme,
    schemes.title as scheme_title,
    codes.code,
    codes.area_code,
    codes.valid_from,
    codes.valid_to,
    codes.source,
    codes.verification
from codes
left join schemes
    on codes.scheme = schemes.scheme
order by codes.scheme, codes.code, codes.area_code
