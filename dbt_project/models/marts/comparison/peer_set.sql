select
    peer_set,
    title,
    words,
    peers_wanted,
    source,
    verification
from {{ ref('peer_sets') }}
order by peer_set
