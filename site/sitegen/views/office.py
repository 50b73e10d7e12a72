"""Government Office pages: how a region's agreements stand, its areas against every indicator held, its roll-ups.

An office's own page is the overview; figures stand on a page for every ten indicators, so that none is too long.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from sitegen import format
from sitegen.hub import Cell, Hub
from sitegen.judged_words import STATUS
from sitegen.links import family
from sitegen.views import Page, Pages, Piece, office_assurance
from sitegen.views.regional import rollup_table
from sitegen.views.scorecard import summary

NO_ROW = Cell("no row held", missing=True)


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the list of Government Offices, and for each its overview and the pages of its figures."""
    offices = [
        {
            "region": row,
            "path": hub.links.office(row.region_code),
            "areas": hub.areas_of_region(row.region_code),
        }
        for row in hub.regions
    ]
    yield Page("office_index", "go/index.html", "offices.html", {"offices": offices}, rows=hub.regions)
    for office in offices:
        yield Pages(office["path"], partial(office_pages, hub, office["region"]))


def office_pages(hub: Hub, region) -> Iterator[Page]:
    """Yield the overview of an office, the pages of its figures, and those of its assurance."""
    areas, path = hub.areas_of_region(region.region_code), hub.links.office(region.region_code)
    found = families(hub, region, areas)
    yield Page("office", path, "office.html", context(hub, region, areas, found))
    shared = {"region": region, "office": path, "areas": listed(hub, areas)} | downloads(path)
    for item, before, after in zip(found, [None, *found], [*found[1:], None], strict=False):
        context_of = shared | item | {"before": before, "after": after}
        yield Page("office_indicators", item["path"], "office_indicators.html", context_of, rows=item["latest"])
    yield from office_assurance.pages(hub, region)


def context(hub: Hub, region, areas: list, found: list[dict]) -> dict:
    """Collect all that one office's overview shows."""
    rolled = [row for item in found for row in item["rollups"]]
    return {
        "region": region,
        "region_path": hub.links.area(region.region_code),
        "areas": areas,
        "agreements": [
            summary(hub, area.area_code) | {"region": ""} for area in areas if area.area_code in hub.judged.of_area
        ],
        "statuses": STATUS,
        "round": hub.judged.round,
        "families": found,
        "outcomes": Counter((row["method"], row["cell"].missing, row["reason"]) for row in rolled).most_common(),
        "rollups": len(rolled),
        "assurance": hub.links.office_assurance(region.region_code, "assurance")
        if region.region_code in hub.assurance.matrix
        else None,
    } | downloads(hub.links.office(region.region_code))


def downloads(path: str) -> dict[str, str]:
    """Addresses of the files beside an office's page."""
    return {"csv": f"{path[:-5]}.csv", "rollup_csv": f"{path[:-5]}-rollups.csv"}


def listed(hub: Hub, areas: list) -> list[dict]:
    """The areas as heads of columns."""
    return [{"row": area, "path": hub.links.area(area.area_code), "ended": area.valid_to} for area in areas]


def families(hub: Hub, region, areas: list) -> list[dict]:
    """The indicators with figures in a region, ten to a page: each page's address, title, figures and roll-ups."""
    rows, rolled = matrix(hub, region.region_code, areas), rollups(hub, region.region_code)
    names: dict[str, list[str]] = {}
    for code in hub.indicators:
        names.setdefault(family(code), []).append(code)
    found = []
    for name, codes in names.items():
        of = {
            "matrix": [row for row in rows if row["part"].indicator_code in codes],
            "rollups": [row for row in rolled if row["part"].indicator_code in codes],
        }
        if any(of.values()):
            of["latest"] = [row for line in of["matrix"] for row in line["latest"]]
            title = codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}"
            found.append(of | {"path": hub.links.office_indicators(region.region_code, name), "title": title})
    return found


def matrix(hub: Hub, region_code: str, areas: list) -> list[dict]:
    """One row an indicator part that any of the areas reports: the latest figure of each area.

    A cell whose period is not the row's own period names it. A cell without a figure says why.
    """
    codes = [area.area_code for area in areas]
    found = []
    of_key: dict[tuple, dict] = {}
    for code in codes:
        for row in hub.latest_of_area.get(code, []):
            of_key.setdefault((row.indicator_code, row.part), {})[code] = row
    for key, rows in of_key.items():
        part = hub.parts.get(key)
        if part is None:
            continue
        period = max(rows.values(), key=lambda row: (str(row.period_end or ""), row.period_label)).period_label
        anchor = format.slug(f"{part.indicator_code} {part.part}")
        cells = [_cell(hub, rows.get(code), part, period, code) for code in codes]
        found.append(
            {
                "id": anchor,
                "part": part,
                "path": hub.path(part),
                "proof": f"{hub.proof_of_areas(part, region_code)}#areas",
                "period": period,
                "title": hub.title(part),
                "theme": part.theme or "Other measures",
                "cells": cells,
                "latest": [rows[code] for code in codes if code in rows],
                "held": sum(not item["cell"].missing for item in cells),
            }
        )
    return sorted(found, key=lambda row: hub.place[row["part"].indicator_code, row["part"].part])


def _cell(hub: Hub, row, part, period: str, code: str) -> dict:
    """One cell of the matrix, linked to the row of the area's page that names its source."""
    if row is None:
        return {"cell": NO_ROW, "path": None, "period": "", "status": ""}
    return {
        "cell": hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code),
        "path": hub.area_figure(code, part),
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
