"""The illustrative edition: invented deliveries in the publishers' own formats, from one seed.

Belongs here: writing such deliveries. Does not belong here: any shortcut around the feeds: what is written here is
landed through the same descriptions and readers as real files. Same seed, same bytes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

SEED = 2008


def write_edition(out: Path, seed: int = SEED) -> list[Path]:
    """Write every illustrative delivery under `out`, laid out as <out>/<publisher folder>/<file>.

    Each delivery draws from a generator of its own, so that adding one does not change the others.
    """
    from sources.demo import departments, education, police_and_nhs

    written = []
    for module in (departments, education, police_and_nhs):
        for number, deliver in enumerate(module.DELIVERIES):
            rng = np.random.default_rng([seed, sum(map(ord, module.__name__)), number])
            for name, content in deliver(rng).items():
                path = out / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                written.append(path)
    return written
