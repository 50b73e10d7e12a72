"""What the Government Offices of the illustrative edition think of targets at risk, and the statuses agreed on them.

Belongs here: the office's view of each target a partnership returned, where it differs, and what was agreed. Does not
belong here: the returns themselves (returns) or the workbook (agreement_sheets). All are people's views: the hub
judges for itself.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from sources.demo.returns import COMPILED as RETURNED
from sources.demo.returns import KEY, Round
from sources.demo.wording import said_by, words

COMPILED = 50  # days after the round: all offices have reviewed what the partnerships sent
STRICTER, MILDER, PENDING, AS_OFFICE = 0.15, 0.08, 0.2, 0.85  # shares of the targets reviewed
STATUSES = ("on_target", "near_target", "off_target")


def reviews(rng: np.random.Generator, rnd: Round, areas: pd.DataFrame) -> tuple[str, date, pd.DataFrame]:
    """File name, day and rows (canonical columns among others) of the reviews of a round's returns."""
    ends_on = rnd.compiled_on - timedelta(days=RETURNED)
    rows = rnd.returns[[*KEY, "commitment_type", "round_label", "self_assessed_status"]].reset_index(drop=True)
    told = rows["self_assessed_status"].map(STATUSES.index).to_numpy()
    luck, size = rng.random(len(rows)), len(rows)
    moved = np.select([luck < STRICTER, luck > 1 - MILDER], [1, -1], 0)
    view = np.clip(told + moved, 0, len(STATUSES) - 1)
    agreed = np.where(rng.random(size) < AS_OFFICE, view, told)
    pending, days = rng.random(size) < PENDING, rng.integers(COMPILED - 12, COMPILED - 1, size)
    texts, draw = words()["reviews"], rng.integers(0, 10_000, (2, size))
    difference = pd.Series(np.sign(view - told)).map({1: "stricter", 0: "same", -1: "milder"})
    why = pd.Series(np.where(agreed == view, "office", "partnership"))
    status = np.array(STATUSES, dtype=object)
    rows = rows.assign(
        office_view=status[view], office_reason=said_by(difference, texts["views"], draw[0], rows),
        agreed_status=status[agreed], agreed_reason=said_by(why, texts["agreed"], draw[1], rows),
        agreed_on=pd.Series([ends_on + timedelta(days=int(n)) for n in days], dtype=object),
    )  # fmt: skip
    rows.loc[pending, ["agreed_status", "agreed_reason", "agreed_on"]] = None
    rows = rows.merge(areas[["area_code", "area_name", "region_code", "region_name"]], on="area_code")
    name = f"LAA_reviews_{rnd.label.replace('/', '-').replace(' ', '_')}_illustrative.xlsx"
    return name, ends_on + timedelta(days=COMPILED), rows.sort_values(["region_code", *KEY], ignore_index=True)
