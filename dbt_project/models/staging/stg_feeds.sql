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
    description
from {{ landed('feeds') }}
