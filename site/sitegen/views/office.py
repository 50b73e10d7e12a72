"""Government Office pages: how a region's agreements stand, its areas against every indicator held, its roll-ups."""

from collections.abc import Iterator

from sitegen import format
from sitegen.hub import Cell, Hub
from sitegen.judged_words import STATUS
from sitegen.views import Page
from sitegen.views.regional import rollup_table
from sitegen.views.scorecard import summary

NO_ROW = Cell("no row held", missing=True)


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the list of Government Offices and a page for each."""
    offices = [
        {
            "region": row,
            "path": hub.links.office(row.region_code),
            "areas": hub.areas_of_region(row.region_code),
        }
        for row in hub.regions
    ]
    yield Page("office_index", "go/index.html", "offices.html", {"offices": offices})
    for office in offices:
        yield Page("office", office["path"], "office.html", context(hub, office["region"], office["areas"]))


def context(hub: Hub, region, areas: list) -> dict:
    """Collect all that one office's page shows."""
    path = hub.links.office(region.region_code)
    return {
        "region": region,
        "region_path": hub.links.area(region.region_code),
        "areas": [{"row": area, "path": hub.links.area(area.area_code), "ended": area.valid_to} for area in areas],
        "agreements": [
            summary(hub, area.area_code) | {"region": ""} for area in areas if area.area_code in hub.judged.of_area
        ],
        "statuses": STATUS,
        "round": hub.judged.round,
        "matrix": matrix(hub, areas),
        "rollups": rollups(hub, region.region_code),
        "csv": f"{path[:-5]}.csv",
        "rollup_csv": f"{path[:-5]}-rollups.csv",
    }


def matrix(hub: Hub, areas: list) -> list[dict]:
    """One row an indicator part that any of the areas reports: the latest figure of each area.

    A cell whose period is not the row's own period names it. A cell without a figure says why.
    """
    codes = [area.area_code for area in areas]
    found = []
    for key, latest in hub.latest.items():
        part = hub.parts.get(key)
        rows = {row.area_code: row for row in latest if row.area_code in set(codes)}
        if part is None or not rows:
            continue
        period = max(rows.values(), key=lambda row: (str(row.period_end or ""), row.period_label)).period_label
        anchor = format.slug(f"{part.indicator_code} {part.part}")
        found.append(
            {
                "part": part,
                "path": hub.path(part),
                "proof": f"{hub.proof(part)}#areas",
                "period": period,
                "title": hub.title(part),
                "cells": [_cell(hub, rows.get(code), part, period, code, anchor) for code in codes],
            }
        )
    return sorted(found, key=lambda row: hub.place[row["part"].indicator_code, row["part"].part])


def _cell(hub: Hub, row, part, period: str, code: str, anchor: str) -> dict:
    """One cell of the matrix, linked to the row of the area's page that names its source."""
    if row is None:
        return {"cell": NO_ROW, "path": None, "period": "", "status": ""}
    return {
        "cell": hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code),
        "path": f"{hub.links.area(code)}#{anchor}",
        "period": "" if row.period_label == period else row.period_label,
        "status": "provisional" if row.status == "provisional" else "",
    }


def rollups(hub: Hub, region_code: str) -> list[dict]:
    """The region's latest roll-up of every indicator part."""
    found = []
    for part in (part for parts in hub.indicators.values() for part in parts):
        for row in rollup_table(hub, part, [region_code]):
            found.append(row | {"part": part, "path": hub.path(part), "title": hub.title(part)})
    return found
