"""An Explore education statistics pair: the data CSV and its .meta.csv.

Belongs here: the columns of time and place that every such file has, and the metadata. Does not belong here: any one
file's filters and indicators (schools).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sources.areas import load_areas
from sources.demo.delivery import Delivery
from sources.demo.files import csv_bytes
from sources.demo.formats.printing import file_name, region_of

META = [
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "filter_hint",
    "filter_grouping_column",
]
LEVELS = {"national": "National", "region": "Regional", "area": "Local authority"}


@dataclass(frozen=True)
class Variable:
    """One line of the metadata; `kind` is Filter or Indicator, `group` the column that groups a filter."""

    name: str
    kind: str
    label: str
    unit: str = ""
    group: str = ""


def pair(delivery: Delivery, stem: str, table: pd.DataFrame, variables: list[Variable]) -> dict[str, bytes]:
    """The two files of a pair; with the quirk `without_meta` the data alone."""
    name = file_name(delivery, stem)
    files = {name: csv_bytes(table)}
    if "without_meta" not in delivery.quirks:
        lines = [[v.name, v.kind, v.label, "", v.unit, "", v.group] for v in variables]
        files[name.removesuffix(".csv") + ".meta.csv"] = csv_bytes([META, *lines])
    return files


def places(rows: pd.DataFrame, delivery: Delivery, identifier: str) -> pd.DataFrame:
    """The columns of time and place of located rows; the publisher prints academic years as 200910.

    An area that had ended when the delivery was published has no new code and says so in its name: Bedfordshire
    (Pre LGR 2009).
    """
    ends = load_areas().details.set_index("area_code")["valid_to"]
    until = rows["area_code"].map(ends).fillna("")
    ended = (until != "") & (until < f"{delivery.published_on}")
    area = rows["level"] == "area"
    named = rows["area_name"].mask(ended, rows["area_name"] + " (Pre LGR " + until.str[:4] + ")")
    return pd.DataFrame(
        {
            "time_period": rows["period_label"].str.replace("/", ""),
            "time_identifier": identifier,
            "geographic_level": rows["level"].map(LEVELS),
            "country_code": "E92000001",
            "country_name": "England",
            "region_code": region_of(rows, "code"),
            "region_name": region_of(rows),
            "old_la_code": rows["dcsf"].where(area, ""),
            "new_la_code": rows["area_code"].where(area & ~ended, ""),
            "la_name": named.where(area, ""),
        }
    )
