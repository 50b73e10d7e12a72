"""The look-up of the illustrative small areas, as the statistical office would deliver it.

Belongs here: one file that names them, which must come before any figure about them. Does not belong here: which there
are (geography) or any figure.
"""

from __future__ import annotations

from sources.demo.delivery import Written
from sources.demo.files import csv_bytes
from sources.demo.geography import Geography
from sources.demo.schedule import FIRST_DAY

FEED = "ons_small_areas"


def look_up(geography: Geography) -> Written:
    """A CSV, one row a small area; published before everything else."""
    small = geography.small
    table = {
        "SA08CD": small["area_code"],
        "SA08NM": small["area_name"],
        "AREATYPE": "Small area",
        "LAD08CD": small["council_code"],
        "LAD08NM": small["council_name"],
        "GOR08CD": small["region_code"],
        "GOR08NM": small["region_name"],
        "POP08": small["people"].astype("int64"),
        "OPER_DATE": "",
        "TERM_DATE": "",
    }
    name = f"small_areas_{FIRST_DAY:%Y-%m}_illustrative.csv"
    return Written(FEED, name, csv_bytes(small[[]].assign(**table)), FIRST_DAY, FIRST_DAY)
