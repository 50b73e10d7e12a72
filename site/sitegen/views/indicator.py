"""Indicator pages: definition, one page an indicator part."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, words
from sitegen.charts import trend
from sitegen.data import ENGLAND
from sitegen.hub import Hub
from sitegen.views import Page, Pages, indicator_map
from sitegen.views.evidence import breakdown, file_numbers, sources
from sitegen.views.regional import compares_with_england, panels, regional_lines, rollup_table

NATIONAL_TYPES = ("country", "region", "region_part")
# Kinds of area that have agreements: their figures stand on the indicator's page; every other kind has a page.
WITH_AGREEMENT = ("county", "unitary", "metropolitan_district", "london_borough")
MANY = ("shire_district", "community_safety_partnership")
HALVES = ("A to K", "L to Z")


def pages(hub: Hub) -> Iterator[Pages]:
    """Yield the pages of every indicator and of every further part that has data."""
    for code, parts in hub.indicators.items():
        for part in parts:
            if part is parts[0] or (code, part.part) in hub.held:
                yield Pages(hub.path(part), partial(part_pages, hub, code, part.part))


def part_pages(hub: Hub, code: str, name: str) -> Iterator[Page]:
    """Yield the page of a part, that of England and the regions, and those of its other kinds of area."""
    parts, part = hub.indicators[code], hub.parts[code, name]
    rows = hub.latest.get((code, name), ()) if part is not parts[0] else ()
    yield Page("indicator", hub.path(part), "indicator.html", partial(context, hub, parts, part), rows=rows)
    if set(regional_lines(hub, (code, name))) - {ENGLAND}:
        found, rows = partial(regions_context, hub, part), national(hub, part)
        yield Page("indicator_regions", _regions_path(hub, part), "indicator_regions.html", found, rows=rows)
    if found := indicator_map.page(hub, part):
        yield found
    for kind, rows in by_kind(hub, part).items():
        if kind[0] not in WITH_AGREEMENT:
            found = partial(kind_context, hub, part, kind, rows)
            yield Page("indicator_areas", _kind_path(hub, part, kind), "indicator_areas.html", found, rows=rows)


def context(hub: Hub, parts: list, part) -> dict:
    """Collect all that one indicator part's page shows."""
    key = (part.indicator_code, part.part)
    lines = regional_lines(hub, key)
    files, kinds = file_numbers(hub, part), by_kind(hub, part)
    england = lines.get(ENGLAND)
    return {
        "head": parts[0],
        "title": hub.title(part),
        "redefined": bool(hub.definitions.get(key)),
        "part": part,
        "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "",
        "facts": facts(hub, part),
        "parts": other_parts(hub, parts, part),
        "held": hub.held.get(key),
        "no_data": why_no_data(hub, part),
        "england": england,
        "england_latest": latest_row(hub, key, ENGLAND),
        "chart": trend("chart", f"{part.title}: {england.area}", england.points, part.decimals) if england else "",
        "compared": compares_with_england(lines, part),
        "lines": lines,
        "regions_path": _regions_path(hub, part) if set(lines) - {ENGLAND} else None,
        "rollups": rollup_table(hub, part),
        "map": hub.map(part),
        "groups": [_group(hub, part, kind, rows, files) for kind, rows in kinds.items() if kind[0] in WITH_AGREEMENT],
        "other_kinds": [
            {"title": _kind_title(kind), "path": _kind_path(hub, part, kind), "areas": len(rows)}
            for kind, rows in kinds.items()
            if kind[0] not in WITH_AGREEMENT
        ],
        "breakdown": breakdown(hub, part, files),
        "sources": sources(hub, part, files),
        "proof": hub.proof(part) if key in hub.held else None,
        "csv": hub.links.indicator_csv(part.indicator_code) if part.indicator_code in hub.codes_held else None,
    }


def facts(hub: Hub, part) -> list[tuple]:
    """The summary list under the definition: (label, text, path or None)."""
    psa = next((row for row in hub.psas if row.psa_number == part.psa_number), None)
    found = [
        ("Unit", words.unit(part.unit), None),
        (
            "Shown to",
            "whole numbers"
            if part.decimals == 0
            else format.plural(part.decimals or 0, "decimal place")
            if part.decimals is not None
            else None,
            None,
        ),
        ("Period", words.words(part.period_basis), None),
        ("Published", words.words(part.frequency), None),
        ("Funnel", hub.funnel(part) and "What chance could do to every council's figure", hub.funnel(part)),
        ("How areas are combined", words.say(words.AGGREGATION, part.aggregation_rule), None),
        (
            "Cumulative",
            "Builds up through the year, so quarters are compared with the same quarter a year before."
            if part.cumulative_in_year
            else None,
            None,
        ),
        ("From a survey", "Yes: figures are estimates from a sample" if part.is_survey_based else None, None),
        ("Theme", part.theme, None),
        (
            "Public Service Agreement",
            psa and f"PSA {psa.psa_number}: {psa.title}",
            psa and hub.links.psa(psa.psa_number),
        ),
        ("Lead department", part.lead_department, None),
        ("Collected through", part.supplier_system, None),
        ("Framework", "National Indicator set" if part.framework == "NI" else part.framework, None),
        ("Status", words.say(words.INDICATOR_STATUS, part.status), None),
        ("Note", part.note, None),
        *definitions(hub, part),
    ]
    return [row for row in found if row[1]]


def definitions(hub: Hub, part) -> list[tuple]:
    """The versions of a part's definition, where there is more than one: when each was in force, and in what unit."""
    return [
        (
            f"Definition {row.definition_version}",
            f"{_in_force(row)}: {words.unit(row.unit)}. {row.definition_change}",
            None,
        )
        for row in hub.definitions.get((part.indicator_code, part.part), [])
    ]


def _in_force(row) -> str:
    """Which figures a version of a definition is that of."""
    days = [("from", row.known_from), ("before", row.known_to)]
    return "Figures known " + " and ".join(f"{word} {format.day(day)}" for word, day in days if day)


def other_parts(hub: Hub, parts: list, part) -> list[dict]:
    """The parts of an indicator for the list at the top; empty when it has one part with data."""
    held = [row for row in parts if row is parts[0] or (row.indicator_code, row.part) in hub.held]
    if len(held) < 2:
        return []
    return [{"title": hub.part_title(row), "path": hub.path(row), "current": row is part} for row in held]


def why_no_data(hub: Hub, part) -> str:
    """Say why a part has no observation; empty when it has some."""
    if (part.indicator_code, part.part) in hub.held:
        return ""
    if part.indicator_code in hub.codes_held:
        return "No data held for this part. The other parts of this indicator have data."
    if part.status == "dropped":
        return "No data held: this indicator was dropped from the framework."
    if part.status == "withdrawn":
        return "No data held: this indicator was withdrawn, and no delivery in this release carries it."
    if part.status == "deferred":
        return "No data held: measurement of this indicator was deferred, and no delivery in this release carries it."
    return "No data held: no delivery in this release carries this indicator."


def latest_row(hub: Hub, key: tuple, area_code: str):
    """The latest observation of one area, or None."""
    part = hub.parts[key]
    row = next((row for row in hub.latest.get(key, []) if row.area_code == area_code), None)
    return row and latest_view(hub, row, part)


def latest_view(hub: Hub, row, part, files: dict | None = None) -> dict:
    """One latest observation as tables show it."""
    measure = hub.other_definition(part, row.definition_version) or part
    return {
        "code": row.area_code,
        "name": hub.name(row.area_code),
        "path": hub.links.area(row.area_code),
        "cell": hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code),
        "sort": row.value,
        "period": row.period_label,
        "status": words.say(words.STATUS, row.status),
        # A change that vanishes in the decimals shown is no change to a reader: the mart says "maintained".
        "change": ""
        if row.direction_of_travel == "maintained"
        else format.signed(row.change, measure.decimals, measure.unit),
        "since": row.previous_period_label,
        "direction": row.direction_of_travel,
        "proof": hub.proof(part, row),
        "file": row.source_file,
        "number": (files or {}).get((row.delivery_id, row.source_file)),
        "row": format.source_rows(row.source_rows or str(row.source_row)),
        "sheet": row.source_sheet,
    }


def by_kind(hub: Hub, part) -> dict[tuple[str, str], list]:
    """Latest observations of every local area, by type of area; of kinds with very many areas also by initial."""
    groups: dict[tuple[str, str], list] = {}
    for row in hub.latest.get((part.indicator_code, part.part), []):
        kind = hub.areas[row.area_code].area_type if row.area_code in hub.areas else "other"
        if kind not in NATIONAL_TYPES:
            half = "" if kind not in MANY else HALVES[hub.name(row.area_code)[:1].upper() > "K"]
            groups.setdefault((kind, half), []).append(row)
    order = list(words.AREA_TYPE)
    kinds = sorted(groups, key=lambda key: (order.index(key[0]) if key[0] in order else 99, *key))
    return {kind: groups[kind] for kind in kinds}


def national(hub: Hub, part) -> list:
    """Every period's published figure of England and the regions."""
    key = (part.indicator_code, part.part)
    return [row for code in hub.nations for row in hub.series.get((*key, code), [])]


def regions_context(hub: Hub, part) -> dict:
    """Collect what the page of England and the regions by period shows."""
    lines = regional_lines(hub, (part.indicator_code, part.part))
    return {
        "part": part,
        "title": hub.title(part),
        "path_of_part": hub.path(part),
        "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "",
        "panels": panels(lines, part),
        "compared": compares_with_england(lines, part),
        "lines": lines,
    }


def _regions_path(hub: Hub, part) -> str:
    """Page of England and the regions by period on an indicator."""
    head = hub.headline(part.indicator_code).part
    return hub.links.areas_of_kind(part.indicator_code, part.part, head, "regions")


def kind_context(hub: Hub, part, kind: tuple[str, str], rows: list) -> dict:
    """Collect what the page of one other kind of area on an indicator shows."""
    return {
        "part": part,
        "title": hub.title(part),
        "path_of_part": hub.path(part),
        "group": _group(hub, part, kind, rows, file_numbers(hub, part)),
        "csv": hub.links.indicator_csv(part.indicator_code),
    }


def _kind_title(kind: tuple[str, str]) -> str:
    """What a kind of area is called, with the initials where they are told apart."""
    return ", ".join(filter(None, (words.area_type(kind[0], many=True), kind[1])))


def _kind_path(hub: Hub, part, kind: tuple[str, str]) -> str:
    """Page of one other kind of area on an indicator."""
    head = hub.headline(part.indicator_code).part
    return hub.links.areas_of_kind(part.indicator_code, part.part, head, " ".join(kind))


def _group(hub: Hub, part, kind: tuple[str, str], rows: list, files: dict) -> dict:
    """The table of one kind of area, by name."""
    shown = [latest_view(hub, row, part, files) for row in rows]
    return {
        "id": f"areas-{format.slug(kind[0])}",
        "title": _kind_title(kind),
        "rows": sorted(shown, key=lambda row: (row["name"], row["code"])),
    }
