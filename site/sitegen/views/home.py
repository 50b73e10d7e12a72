"""The home page, the indicator catalogue, the words used, and the page for an address that is not there."""

import json
from collections.abc import Iterator

from sitegen import format, words
from sitegen.hub import Hub
from sitegen.views import Page
from sitegen.views.indicator import why_no_data
from sitegen.views.psa import linked_codes

STATES = {"held": "Data held", "none": "No data held"}


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the pages at the root of the site and the catalogue."""
    yield Page(
        "home",
        "index.html",
        "home.html",
        {"counts": counts(hub), "quality": quality(hub), "offices": _offices(hub), "psas": _psas(hub)},
    )
    yield Page(
        "catalogue",
        "ni/index.html",
        "catalogue.html",
        {"rows": catalogue(hub), "summary": summary(hub)},
        rows=list(hub.parts.values()),
    )
    yield Page(
        "about",
        "about.html",
        "about.html",
        {
            "marks": list(hub.marks.values()),
            "directions": words.DIRECTION,
            "statuses": words.STATUS,
            "polarities": words.POLARITY,
            "rules": words.AGGREGATION,
        },
    )
    yield Page("accessibility", "accessibility.html", "accessibility.html", {})
    yield Page("not_found", "404.html", "404.html", {})


def counts(hub: Hub) -> list[tuple[str, str]]:
    """What this release holds: (number, what it counts)."""
    landed = [row for row in hub.deliveries.values() if row.status == "landed"]
    latest = max((row.known_from for row in landed if row.known_from), default=None)
    live = {code for code, parts in hub.indicators.items() if parts[0].framework == "NI"}
    found = [
        (f"{len(live & hub.codes_held):,}", f"of {len(live):,} National Indicators have data"),
        (f"{len(hub.codes_held - live):,}", "other measures"),
        (f"{hub.totals.areas:,}", "areas with figures"),
        (f"{hub.totals.observations:,}", "current figures"),
        (f"{len(landed):,}", "deliveries landed"),
    ]
    return found + ([(format.day(latest), "latest delivery")] if latest else [])


def quality(hub: Hub) -> dict[str, int]:
    """Quarantined deliveries, and issues by severity, each counted as often as it occurred."""
    found = dict.fromkeys(words.SEVERITY, 0)
    for row in hub.issue_counts.rows:
        found[row.severity] = found.get(row.severity, 0) + row.occurrences
    return found | {"quarantined": sum(row.status == "quarantined" for row in hub.deliveries.values())}


def _offices(hub: Hub) -> list[tuple[str, str]]:
    """Government Offices with their pages."""
    return [(row.region_name, hub.links.office(row.region_code)) for row in hub.regions]


def _psas(hub: Hub) -> list[tuple]:
    """Agreements with data first come the fullest; the rest are on the list page."""
    ranked = [(len(linked_codes(hub, row) & hub.codes_held), row) for row in hub.psas]
    return [
        (row, hub.links.psa(row.psa_number), held)
        for held, row in sorted(ranked, key=lambda item: -item[0])[:6]
        if held
    ]


def catalogue(hub: Hub) -> list[dict]:
    """Every indicator and measure in the order of its code."""
    found = []
    for code, parts in hub.indicators.items():
        part = parts[0]
        held = code in hub.codes_held
        found.append(
            {
                "part": part,
                "path": hub.path(part),
                "held": held,
                "data": STATES["held" if held else "none"],
                "reason": why_no_data(hub, part) if not held else "",
                "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "Not stated",
                "frequency": words.words(part.frequency) or "Not stated",
                "status": words.say(words.INDICATOR_STATUS, part.status),
                "verification": words.say(words.VERIFICATION, part.verification),
                "theme": part.theme or f"Other measures ({part.framework or 'no framework'})",
            }
        )
    return found


def summary(hub: Hub) -> dict[str, int]:
    """How many indicators the catalogue lists, by state."""
    heads = [parts[0] for parts in hub.indicators.values()]
    return {
        "all": len(heads),
        "held": sum(part.indicator_code in hub.codes_held for part in heads),
        "unverified": sum(part.verification == "unverified" for part in heads),
    }


def search_index(hub: Hub) -> str:
    """The names a reader can type, as a script for the search box: [label, path, kind]."""
    entries = [
        [f"{parts[0].indicator_code} {parts[0].title}", hub.path(parts[0]), "Indicator"]
        for parts in hub.indicators.values()
    ]
    entries += [
        [area.area_name, hub.links.area(area.area_code), words.area_type(area.area_type)] for area in hub.paged_areas
    ]
    entries += [
        [f"{hub.name(code)}: scorecard of its agreement", hub.links.agreement(code), "Local Area Agreement"]
        for code in hub.judged.of_area
    ]
    entries += [
        [row.partnership_name, hub.judged.partnership_path(code), "Partnership"]
        for code, row in hub.judged.partnerships.items()
    ]
    entries += [[row.government_office, hub.links.office(row.region_code), "Government Office"] for row in hub.regions]
    entries += [
        [f"PSA {row.psa_number} {row.title}", hub.links.psa(row.psa_number), "Public Service Agreement"]
        for row in hub.psas
    ]
    return f"window.HUB_INDEX = {json.dumps(entries, ensure_ascii=True, separators=(',', ':'))};\n"
