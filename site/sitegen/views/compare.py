"""Areas side by side: on one indicator, region by region, and an area with those most like it on every indicator.

Belongs here: choosing rows and how they read. Does not belong here: how an area stands to others' combined figures and
what chance may do (peers.py), which areas are alike (the marts).
Shire districts have a page beside that of the councils with agreements: the two do other things for their people.
Without JavaScript the regions and the nearest areas are what can be chosen; with it any five areas, which the fragment
of the address names (static/hub.js): a link to a comparison opens it, and an area's page leads to that of its nearest.
"""

from collections.abc import Iterator
from functools import partial

from sitegen import format, words
from sitegen.charts_bar import sparkline
from sitegen.hub import Cell, Hub
from sitegen.links import safe
from sitegen.views import Page, Pages

PERIODS, BESIDE, DISTRICT = 3, 4, "shire_district"


def pages(hub: Hub) -> Iterator[Pages]:
    """Yield the choice, a page for every indicator with figures of local areas, and one for every area with peers."""
    yield Pages("compare/index.html", partial(index, hub))
    for part in compared_parts(hub):
        yield Pages(path(hub, part, districts=False), partial(part_pages, hub, part))
    for area in hub.paged_areas:
        yield Pages(area_path(hub, area.area_code), partial(area_pages, hub, area))


def compared_parts(hub: Hub) -> list:
    """The headline parts of the National Indicators."""
    return [part for part in map(hub.headline, hub.indicators) if part.framework == "NI"]


def index(hub: Hub) -> Iterator[Page]:
    """Yield the choice."""
    parts = compared_parts(hub)
    choices = [(part, districts) for part in parts for districts in (False, True) if local(hub, part, districts)]
    areas = [area for area in hub.paged_areas if near(hub, area.area_code)]
    listing = {
        "indicators": [
            (f"{part.indicator_code} {part.title}{', districts' if districts else ''}", path(hub, part, districts))
            for part, districts in choices
        ],
        "areas": [(area.area_name, area_path(hub, area.area_code)) for area in areas],
    }
    yield Page("compare_index", "compare/index.html", "compares.html", listing)


def part_pages(hub: Hub, part) -> Iterator[Page]:
    """Yield the page of the councils with agreements on an indicator, and that of the districts."""
    for districts in (False, True):
        if local(hub, part, districts):
            yield Page("compare", path(hub, part, districts), "compare.html", partial(context, hub, part, districts))


def area_pages(hub: Hub, area) -> Iterator[Page]:
    """Yield the page of an area beside those most like it, if they are known."""
    if near(hub, area.area_code):
        found = partial(beside, hub, area, compared_parts(hub))
        yield Page("compare_area", area_path(hub, area.area_code), "compare_area.html", found)


def path(hub: Hub, part, districts: bool) -> str:
    """Address of the councils with agreements, or of the districts, side by side on an indicator."""
    return f"compare/{hub.path(part)[3:-5]}{'--districts' if districts else ''}.html"


def area_path(hub: Hub, code: str) -> str:
    """Address of an area beside those most like it."""
    return hub.links.area(code).replace("area/", "compare/", 1)


def local(hub: Hub, part, districts: bool) -> list:
    """Latest figures of the districts on a part, or of the other councils."""
    kinds = {DISTRICT} if districts else {*words.LOCAL_TYPES} - {DISTRICT}
    rows = hub.latest.get((part.indicator_code, part.part), [])
    return [row for row in rows if row.area_code in hub.areas and hub.areas[row.area_code].area_type in kinds]


def near(hub: Hub, code: str) -> list[str]:
    """The nearest areas of an area's open peers that are there and have a page; empty where it has none."""
    rows = [row for row in hub.compared.peers.get(code, []) if row.peer_set == "open_peers" and not row.reason]
    return [row.peer_code for row in rows if hub.links.area(row.peer_code)][:BESIDE]


def context(hub: Hub, part, districts: bool) -> dict:
    """Every council of the kind on one indicator, region by region: its last periods, and its line over all of them."""
    rows = local(hub, part, districts)
    series = {row.area_code: hub.series.get((part.indicator_code, part.part, row.area_code), []) for row in rows}
    basis = max((row.period_basis for row in rows), key=[row.period_basis for row in rows].count)
    ends = {one.period_label: str(one.period_end or one.period_label) for some in series.values() for one in some
            if one.period_basis == basis and one.definition_version == part.definition_version}  # fmt: skip
    periods = sorted(ends, key=lambda label: (ends[label], label))[-PERIODS:]
    regions: dict[str | None, list] = {}
    for row in rows:
        lines = [one for one in series[row.area_code] if one.period_label in ends and one.period_basis == basis]
        known = {one.period_label: one for one in lines}
        regions.setdefault(hub.areas[row.area_code].region_code, []).append(
            {
                "path": _beside_path(hub, row.area_code),
                "name": hub.name(row.area_code),
                "cells": [_cell(hub, part, known.get(label)) for label in periods],
                "line": sparkline([one.value for one in lines]),
            }
        )
    return {
        "part": part,
        "districts": districts,
        "other": path(hub, part, not districts) if local(hub, part, not districts) else None,
        "indicator": hub.path(part),
        "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "",
        "unit": "" if any(format.unit_marks(part.unit)) else words.unit(part.unit),
        "periods": periods,
        "regions": [
            {"title": hub.name(code) if code else "No region", "id": format.slug(hub.name(code) if code else "none"),
             "rows": sorted(some, key=lambda row: row["name"])}
            for code, some in sorted(regions.items(), key=lambda item: item[0] or "z")
        ],
    }  # fmt: skip


def _beside_path(hub: Hub, code: str) -> str:
    """Where a row leads, from the page it is on: to the area beside its nearest, else to the area itself."""
    return area_path(hub, code).removeprefix("compare/") if near(hub, code) else f"../{hub.links.area(code)}"


def _cell(hub: Hub, part, row):
    """A figure of one period, or that there is none."""
    if row is None:
        return Cell("no figure", missing=True)
    return hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code)


def beside(hub: Hub, area, parts: list) -> dict:
    """An area and those most like it on every indicator: the latest figure of each, its period where it differs."""
    codes = [area.area_code, *near(hub, area.area_code)]
    chosen = f"#areas={','.join(safe(code) for code in codes)}"
    latest = {code: {(row.indicator_code, row.part): row for row in hub.latest_of_area.get(code, [])} for code in codes}
    lines = []
    for part in parts:
        found = [latest[code].get((part.indicator_code, part.part)) for code in codes]
        if found[0] is None:
            continue
        lines.append(
            {
                "title": f"{part.indicator_code} {part.title}",
                "path": path(hub, part, area.area_type == DISTRICT)[8:] + chosen,
                "period": found[0].period_label,
                "better": {"higher_is_better": "higher", "lower_is_better": "lower"}.get(part.polarity, "neither"),
                "cells": [
                    (hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code),
                     row.period_label if row.period_label != found[0].period_label else "")
                    if row else (_cell(hub, part, None), "")
                    for row in found
                ],
            }
        )  # fmt: skip
    return {
        "area": area.area_name,
        "area_path": hub.links.area(area.area_code),
        "peers": hub.links.peers(area.area_code) if area.area_code in hub.compared.areas else None,
        "areas": [(hub.name(code), hub.links.area(code)) for code in codes],
        "lines": lines,
    }
