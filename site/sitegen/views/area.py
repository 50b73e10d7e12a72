"""Area pages: who the area is, and every indicator with its latest figure or the reason there is none."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from sitegen import format, words
from sitegen.charts_hex import Hexagon, hexmap, places
from sitegen.hub import Hub
from sitegen.views import Page, Pages, Piece, area_theme
from sitegen.views.area_standing import standing
from sitegen.views.area_theme import theme_pages, themes
from sitegen.views.indicator import why_no_data


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the A-Z list, the page of every area that has one, and those of its themes where it has many figures."""
    yield Pages("area/index.html", partial(lists, hub))
    for area in hub.paged_areas:
        yield Page("area", hub.links.area(area.area_code), "area.html", partial(context, hub, area))
        if hub.has_themes(area):
            yield Pages(hub.links.area(area.area_code)[:-5] + ".", partial(area_theme.pages, hub, area))


def lists(hub: Hub) -> Iterator[Page]:
    """Yield the A-Z list and the map."""
    yield Page("area_index", "area/index.html", "areas.html", {"groups": index(hub)}, rows=hub.paged_areas)
    yield Page("area_map", "area/map.html", "area_map.html", partial(mapped, hub))


def index(hub: Hub) -> list[dict]:
    """Areas by type, each by name, with their addresses."""
    groups: dict[str, list] = {}
    for area in hub.paged_areas:
        groups.setdefault(area.area_type, []).append(area)
    order = [*words.LOCAL_TYPES, *words.AREA_TYPE]
    kinds = sorted(groups, key=lambda kind: (order.index(kind) if kind in order else 99, kind or ""))
    return [
        {
            "id": format.slug(kind or "other"),
            "title": words.area_type(kind, many=True),
            "areas": [(area, hub.links.area(area.area_code)) for area in groups[kind]],
        }
        for kind in kinds
    ]


def mapped(hub: Hub) -> dict:
    """The agreement areas as a map of hexagons, and the same links as lists by region."""
    numbers = {row.region_code: place for place, row in enumerate(hub.regions, start=1)}
    of_region = {row.region_code: hub.areas_of_region(row.region_code) for row in hub.regions}
    hexagons = [
        Hexagon(
            area.area_code,
            area.area_name,
            hub.links.area(area.area_code),
            hub.name(code),
            f"hub-region-{numbers[code]}",
        )
        for code, areas in of_region.items()
        for area in areas
        if hub.links.area(area.area_code)
    ]
    lists = [
        {"number": numbers[code], "title": hub.name(code), "path": hub.links.office(code),
         "areas": [(area.area_name, hub.links.area(area.area_code)) for area in areas if not area.valid_to
                   or area.area_code in places()]}
        for code, areas in of_region.items()
    ]  # fmt: skip
    return {"map": hexmap("map", "Agreement areas of England", hexagons, "../"), "lists": lists}


def context(hub: Hub, area) -> dict:
    """Collect all that one area's page shows."""
    latest = hub.latest_of_area.get(area.area_code, [])
    shown = {(row.indicator_code, row.part) for row in latest}
    return {
        "area": area,
        "said": said(hub, area, latest),
        "type": words.area_type(area.area_type),
        "facts": facts(hub, area),
        "related": related(hub, area),
        "standing": standing(hub, area.area_code),
        "themes": [] if hub.has_themes(area) else themes(hub, area),
        "theme_pages": theme_pages(hub, area) if hub.has_themes(area) else [],
        "missing": missing(hub, area, {code for code, _ in shown}),
        "csv": f"{hub.links.area(area.area_code)[:-5]}.csv" if latest else None,
    }


def said(hub: Hub, area, latest: list) -> str:
    """Who the area is and what is held of it, in one line."""
    region = f" in {hub.name(area.region_code)}" if area.region_code in hub.areas else ""
    targets = len(hub.judged.of_area.get(area.area_code, ()))
    agreed = f", {format.plural(targets, 'target')} agreed" if targets else ""
    ended = f" This authority ended on {format.day(area.valid_to)}." if area.valid_to else ""
    kind = words.area_type(area.area_type)
    return f"{kind}{region}: {format.plural(len(latest), 'measure')} with figures{agreed}.{ended}"


def missing(hub: Hub, area, held: set[str]) -> list[dict]:
    """Indicators the area has no figure for, grouped by the reason."""
    reasons: dict[str, list] = {}
    for code in hub.indicators:
        if code not in held and (why := _why_missing(hub, area, code)):
            reasons.setdefault(why, []).append(code)
    return [{"reason": why, "count": len(codes), "list": _links(hub, tuple(codes))} for why, codes in reasons.items()]


def _why_missing(hub: Hub, area, code: str) -> str:
    """Say why an area has no figure of an indicator; empty where the indicator is not one for its kind of area."""
    kinds = _types_with(hub, code)
    if area.area_type in kinds:
        return (
            f"No data held: deliveries of these have figures for other areas of this kind "
            f"({words.area_type(area.area_type, many=True).lower()}), but no row for this one."
        )
    if area.area_type not in words.LOCAL_TYPES:
        return ""
    if kinds:
        return "No data held for this kind of area: deliveries of these have figures only for other kinds of area."
    if code in hub.codes_held:
        return "No total held: deliveries of these have figures by breakdown only. They are in the indicator's CSV."
    return why_no_data(hub, hub.headline(code))


def _links(hub: Hub, codes: tuple[str, ...]) -> Markup:
    """The indicators as list items, made once for all areas that miss the same ones (area pages lie one level down)."""
    cache = hub.__dict__.setdefault("_lists_by_codes", {})
    if codes not in cache:
        cache[codes] = Markup("\n").join(
            Markup('<li><a href="../{}">{} {}</a></li>').format(hub.path(part), part.indicator_code, part.title)
            for part in map(hub.headline, codes)
        )
    return cache[codes]


def _types_with(hub: Hub, code: str) -> set[str]:
    """Types of area with a figure for any part of an indicator."""
    return {row.area_type for row in hub.kinds_held.get(code, [])}


def facts(hub: Hub, area) -> list[tuple]:
    """The summary list of an area: (label, text, path or None)."""
    region = next((row for row in hub.regions if row.region_code in (area.region_code, area.area_code)), None)
    laa = [
        label
        for label, member in (("2008 agreements", area.in_laa_2008), ("2009 agreements", area.in_laa_2009))
        if member
    ]
    found = [
        ("Type of area", words.area_type(area.area_type), None),
        ("Region", region and region.region_name, region and hub.links.area(region.region_code)),
        (
            "Government Office",
            region and region.government_office,
            region and hub.links.office(region.region_code),
        ),
        ("Local Area Agreement", " and ".join(laa), _scorecard(hub, area)),
        ("Comparison", *_compared(hub, area)),
        ("Code", area.area_code, None),
        ("Old ONS code", area.old_ons_code, None),
        ("In force", _in_force(area), None),
        ("Population, mid-2008", area.population_mid2008 and f"{area.population_mid2008:,}", None),
        ("Verification", words.say(words.VERIFICATION, area.verification), None),
        ("Note", area.note, None),
    ]
    return [row for row in found if row[1]]


def _scorecard(hub: Hub, area) -> str | None:
    """Address of the scorecard of the area's agreement, if it has commitments."""
    return hub.links.agreement(area.area_code) if area.area_code in hub.judged.of_area else None


def _compared(hub: Hub, area) -> tuple[str, str | None]:
    """What leads to the area's peers and how it stands to them, if anything of it is compared."""
    if area.area_code not in hub.compared.areas:
        return "", None
    return "With England, its region and similar areas", hub.links.peers(area.area_code)


def _in_force(area) -> str:
    """Say when an area existed, where a date is known."""
    start = f"from {format.day(area.valid_from)}" if area.valid_from else ""
    return f"{start} to {format.day(area.valid_to)}".strip() if area.valid_to else start


def related(hub: Hub, area) -> list[dict]:
    """Areas this one belongs to, holds, followed or was followed by; regions are in the facts."""
    lists: dict[str, list[str]] = {}
    for row in hub.parents.get(area.area_code, []):
        if row.relation != "region":
            lists.setdefault(words.say(words.RELATION, row.relation), []).append(row.parent_code)
    for row in hub.children.get(area.area_code, []):
        kind = hub.areas[row.child_code].area_type if row.child_code in hub.areas else "area"
        title = (
            "Agreement areas and districts inside it" if row.relation == "region" else words.area_type(kind, many=True)
        )
        lists.setdefault(title, []).append(row.child_code)
    for row in hub.successors:
        if row.predecessor_code == area.area_code:
            lists.setdefault(f"Followed by, on {format.day(row.effective_on)}", []).append(row.successor_code)
        if row.successor_code == area.area_code:
            lists.setdefault(f"Took over from, on {format.day(row.effective_on)}", []).append(row.predecessor_code)
    return [
        {"title": title, "areas": sorted({(hub.name(code), hub.links.area(code) or "") for code in codes})}
        for title, codes in lists.items()
    ]
