"""Partnerships: the light with its rule and its counts, the indicators each manages, its report cards, its history."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.views import Page, Pages, Piece
from sitegen.views.commitment import listed, shown
from sitegen.views.scorecard import newest, plan


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the list of regions, the list of each region's partnerships, and a page for each partnership."""
    yield Pages("partnership/i", partial(lists, hub))
    for code in hub.judged.partnerships:
        found, rows = partial(context, hub, code), partial(hub.judged.lights.get, code, ())
        yield Page("partnership", hub.judged.partnership_path(code), "partnership.html", found, rows=rows)


def lists(hub: Hub) -> Iterator[Page]:
    """Yield the list of regions and the list of each region's partnerships."""
    found = regions(hub)
    yield Page("partnership_index", "partnership/index.html", "partnerships.html", {"lists": found})
    for item in found:
        yield Page("partnership_list", item["path"], "partnership_list.html", item | {"round": hub.judged.round})


def regions(hub: Hub) -> list[dict]:
    """Partnerships by region and area, both by name; those of no area, which cover several, last."""
    found: dict[str | None, list] = {}
    for code in sorted(hub.judged.partnerships_of, key=lambda code: (hub.name(code or ""), code or "")):
        region = hub.areas[code].region_code if code in hub.areas else None
        found.setdefault(region, []).append(group(hub, code))
    names = {row.region_code: row.region_name for row in hub.regions}
    return [
        {
            "title": names.get(region, "Several areas"),
            "path": f"partnership/in-{format.slug(names.get(region, 'several areas'))}.html",
            "groups": found[region],
        }
        for region in sorted(found, key=lambda region: (region not in names, names.get(region, "")))
    ]


def group(hub: Hub, code: str | None) -> dict:
    """The partnerships of one area with their pages and lights."""
    return {
        "title": hub.name(code) if code else "Multi-area agreements",
        "id": code or "several",
        "rows": [
            (row, hub.judged.partnership_path(row.partnership_code), newest(hub, row))
            for row in hub.judged.partnerships_of[code]
        ],
    }


def context(hub: Hub, code: str) -> dict:
    """Collect all that one partnership's page shows."""
    row = hub.judged.partnerships[code]
    managed = indicators(hub, row)
    own = hub.judged.plans.get(row.partnership_code)
    return {
        "row": row,
        "said": said(hub, row, managed),
        "pack": pack_path(hub, row.partnership_code),
        "area": row.area_code and hub.name(row.area_code),
        "area_path": row.area_code in hub.judged.of_area and hub.links.agreement(row.area_code),
        "facts": facts(hub, row),
        "round": hub.judged.round,
        "light_now": newest(hub, row),
        "counts": counts(newest(hub, row)),
        "why": why(newest(hub, row)),
        "lights": [
            (item, counts(item), why(item)) for item in reversed(hub.judged.lights.get(row.partnership_code, []))
        ],
        "managed": managed,
        "cards": [item for line in managed for item in line["commitments"] if item["card"]],
        "plan": plan(hub, own) if own else None,
    }


def pack_path(hub: Hub, code: str) -> str | None:
    """Address of the board pack of a partnership, or None where it answers for no commitment in the newest round."""
    area = hub.judged.partnerships[code].area_code
    if all(one.partnership_code != code for one in hub.judged.of_area.get(area, [])):
        return None
    return hub.judged.partnership_path(code).replace("partnership/", "pack/", 1)


def said(hub: Hub, row, managed: list[dict]) -> str:
    """What the partnership answers for and how that stands, in one line."""
    where = f" in {hub.name(row.area_code)}" if row.area_code else ""
    duty = f"It answers for {format.plural(len(managed), 'indicator')}{where}"
    light = newest(hub, row)
    if light is None or light.percent_of_assessed is None:
        return f"{duty}."
    return f"{duty}; {light.indicators_on_target} of {light.indicators_assessed} assessed are on target."


def facts(hub: Hub, row) -> list[tuple]:
    """The summary list: (label, text, path or None)."""
    parent = hub.judged.partnerships.get(row.parent_code)
    found = [
        ("Kind", words.words(row.partnership_type), None),
        ("Area", row.area_code and hub.name(row.area_code), row.area_code and hub.links.area(row.area_code)),
        ("Part of", parent and parent.partnership_name, hub.judged.partnership_path(row.parent_code)),
        ("Lead organisation", row.organisation_name, None),
        ("Post that leads", row.post, None),
        ("In being from", format.day(row.valid_from), None),
        ("Until", format.day(row.valid_to), None),
        ("Code", row.partnership_code, None),
        ("Source", row.source, None),
    ]
    return [item for item in found if item[1]]


def why(light) -> str:
    """Why there is no light; empty where there is one."""
    return "" if light is None or light.light else judged_words.NO_LIGHT.get(light.light_reason, "")


def counts(light) -> list[tuple[str, str]]:
    """Both shares with their counts, and the coverage: what stands behind a light."""
    if light is None:
        return []
    used = {light.denominator: "; the light is by this share"}
    none = "no share: none is there to divide by"
    return [
        ("On target, of those assessed", _share(light.percent_of_assessed, light.indicators_on_target,
         light.indicators_assessed, none) + used.get("assessed", "")),
        ("On target, of those counted", _share(light.percent_of_managed, light.indicators_on_target,
         light.indicators_counted, none) + used.get("managed", "")),
        ("Coverage", _share(light.coverage_percent, light.indicators_assessed, light.indicators_counted, none)
         + " assessed"),
        ("Near target", str(light.indicators_near_target)),
        ("Off target", str(light.indicators_off_target)),
        ("Counted with a target", str(light.indicators_with_target)),
        ("Managed", f"{light.indicators_managed}, {light.indicators_designated} of them designated"),
    ]  # fmt: skip


def _share(percent: float | None, count: int, of: int, none: str) -> str:
    """A share never stands without its counts."""
    return none if percent is None else f"{count} of {of} = {format.figure(percent, 1, '%')}"


def indicators(hub: Hub, row) -> list[dict]:
    """Each indicator the partnership manages, with the area's commitments on it."""
    duties = {item.indicator_code: item for item in reversed(hub.judged.duties.get(row.partnership_code, []))}
    of_area = shown(hub, hub.judged.of_area.get(row.area_code, []))
    codes = {item.indicator_code for item in of_area if item.partnership_code == row.partnership_code} | set(duties)
    return [
        {
            "code": code,
            "title": hub.headline(code).title,
            "path": hub.path(hub.headline(code)),
            "post": duties[code].post if code in duties else None,
            "organisation": hub.judged.organisations.get(duties[code].organisation_code) if code in duties else None,
            "commitments": [listed(hub, item) for item in of_area if item.indicator_code == code],
        }
        for code in sorted(codes)
        if code in hub.indicators
    ]
