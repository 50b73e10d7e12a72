"""From received bytes to canonical rows: the straight way through reader and canonical.

Belongs here: the order of the steps. Does not belong here: what each step does.
"""

from __future__ import annotations

import pandas as pd

from quality.issues import Issue
from sources.archive import Received
from sources.canonical import Delivery, apply
from sources.canonical_measures import KEY
from sources.parquet import EMPTY
from sources.readers.ees import read_pair
from sources.readers.grid import read_grids
from sources.readers.table import read_tables
from sources.registry import FeedSpec
from sources.repeats import once


def read(spec: FeedSpec, received: Received) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Canonical observations, measures of the file's own, and issues.

    Raises:
        Refused: the file cannot be read at all, or is not this feed's.
    """
    issues: list[Issue] = []
    if spec.reader == "ees":
        tables, issues = read_pair(received.content, received.companion, spec, received.file)
    else:
        tables = read_tables(read_grids(received.content, received.file), spec.layouts, received.file)
    about = Delivery(received.file, received.published_on.year if received.published_on else None)
    observations, measures = [], []
    for table in tables:
        rows, brought, found = apply(table, spec, about)
        observations.append(rows)
        measures.append(brought)
        issues += found
    # the same numbers may stand on two sheets, or two measures of a layout may claim one key
    kept, _, repeated = once(_all(observations, "observations"), received.file, KEY)
    return kept, _all(measures, "measures").drop_duplicates(["indicator_code", "part"]), issues + repeated


def _all(frames: list[pd.DataFrame], kind: str) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else EMPTY[kind]()
