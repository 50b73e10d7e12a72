select
    feed,
    title,
    family,
    publisher,
    licence,
    contact_page,
    cadence,
    public_url,
    area_scheme,
    cast(arrival_lag_months as integer) as arrival_lag_months,
    nullif(due_months, '') as due_months,
    nullif(due_years, '') as due_years,
    disclosure,
    description
from {{ landed('feeds') }}
