"""Revisions: every figure told again with another value, and the statuses that changed with it.

An indicator's revised figures are many: they have a page a region and year in which they became known, the statuses one
a round, so that every one is on a page and no page grows with time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.views import Page, Pages, Piece

KIND = {
    "finalised": ("became final", "The provisional figure became final, with another value."),
    "revised": ("revised", "The publisher calls it revised."),
    "restated": ("restated", "A later file gives the whole series anew."),
    "silent": ("changed without a word", "A later file gives another value and does not say that it was revised."),
    "withdrawn": ("withdrawn", "A later file gives no value any more."),
    "supplied": ("supplied", "A value came where none had been."),
    "redefined": ("redefined", "The definition changed, and with it the unit: the two are not compared."),
    "replaced": ("from another source", "Another feed gives it now."),
    "corrected": ("corrected by the hub", "The publisher is known to have printed it wrongly."),
}


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the list by indicator, the statuses that changed by round, and the pages of every indicator revised."""
    flips, revisions = hub.history.flips, hub.history.revisions
    yield Page("revision_index", "revisions/index.html", "revisions.html", partial(overview, hub))
    for label in flips:
        found, rows = partial(statuses, hub, label), partial(flips.get, label)
        yield Page("revision_round", round_path(label), "revision_round.html", found, rows=rows)
    for code in revisions:
        if code in hub.indicators:
            yield Pages(path(hub, code), partial(indicator_pages, hub, code))


def indicator_pages(hub: Hub, code: str) -> Iterator[Page]:
    """Yield what was revised of an indicator and when, and a page of the figures of each region and year."""
    rows = [row for row in hub.history.revisions[code] if (code, row.part) in hub.parts]
    cells: dict[tuple[str, int], list] = defaultdict(list)
    for row in rows:
        cells[hub.region_of(row.area_code), row.known_from.year].append(row)
    yield Page("revision", path(hub, code), "revision.html", partial(context, hub, code, rows, cells), rows=rows)
    for (region, year), some in sorted(cells.items()):
        found = partial(figures, hub, code, region, year, some)
        yield Page("revision_region", figures_path(hub, code, region, year), "revision_region.html", found)


def path(hub: Hub, code: str) -> str:
    """Address of what was revised of an indicator."""
    return f"revisions/{hub.links.indicator(code)[3:]}"


def figures_path(hub: Hub, code: str, region: str, year: int) -> str:
    """Address of the revised figures of a region's areas that became known in a year."""
    return f"{path(hub, code)[:-5]}.{year}.{region}.html"


def round_path(label: str) -> str:
    """Address of the statuses that changed in a round."""
    return f"revisions/statuses-{format.slug(label)}.html"


def overview(hub: Hub) -> dict:
    """Figures revised by indicator and kind; in how many statuses each round differs because a figure did."""
    counted = [row for row in hub.history.revised.rows if (row.indicator_code, row.part) in hub.parts]
    rounds = [(label, round_path(label), len(rows)) for label, rows in hub.history.flips.items()]
    lines = []
    for code, some in groupby(counted, key=lambda row: row.indicator_code):
        rows = list(some)
        kinds: Counter[str] = Counter()
        for row in rows:
            kinds[row.revision_kind] += row.figures
        lines.append(
            {
                "title": f"{code} {hub.headline(code).title}",
                "path": path(hub, code),
                "figures": sum(kinds.values()),
                "kinds": ", ".join(f"{number:,} {_kind(name)}" for name, number in kinds.items()),
                "last": max(row.last_known for row in rows),
            }
        )
    found = {row.revision_kind for row in counted}
    return {
        "lines": lines,
        "figures": sum(line["figures"] for line in lines),
        "flipped": sum(number for _, _, number in rounds),
        "rounds": rounds,
        "kinds": [(word, said) for code, (word, said) in KIND.items() if code in found],
    }


def _kind(code: str) -> str:
    return KIND.get(code, (words.words(code).lower(),))[0]


def statuses(hub: Hub, label: str) -> dict:
    """The statuses that changed in a round because the figure they rest on did."""
    rows = hub.history.flips[label]
    return {"round": label, "rows": [_flip(hub, row) for row in rows if (row.indicator_code, row.part) in hub.parts]}


def _flip(hub: Hub, row) -> dict:
    """One status that changed when the figure it rests on did."""
    part = hub.parts[row.indicator_code, row.part]
    return {
        "name": f"{hub.name(row.area_code)}: {row.indicator_code} {hub.title(part)}",
        "path": hub.target(row),
        "period": row.actual_period_label,
        "before": format.figure(row.value_before, part.decimals, part.unit) or "none",
        "after": format.figure(row.actual_value, part.decimals, part.unit) or "none",
        "status_before": judged_words.status(row.status_before),
        "status": judged_words.status(row.computed_status),
    }


def context(hub: Hub, code: str, rows: list, cells: dict) -> dict:
    """What was revised of an indicator: how much of each region and year, and by which deliveries."""
    head = hub.headline(code)
    years = sorted({year for _, year in cells}, reverse=True)
    regions = [*hub.nations[1:], "none"]
    return {
        "code": code,
        "title": head.title,
        "indicator": hub.path(head),
        "number": len(rows),
        "years": years,
        "regions": [
            {
                "name": region_name(hub, region),
                "cells": [
                    (len(cells.get((region, year), ())), figures_path(hub, code, region, year)) for year in years
                ],
            }
            for region in regions
            if any((region, year) in cells for year in years)
        ],
        "told": [_told(hub, some[0]) | {"number": len(some)} for some in _by_delivery(rows)],
    }


def region_name(hub: Hub, region: str) -> str:
    """A region, or what areas without one are called."""
    return "England and areas of no region" if region == "none" else hub.name(region)


def figures(hub: Hub, code: str, region: str, year: int, rows: list) -> dict:
    """The revised figures of a region's areas that became known in a year, delivery by delivery, the newest first."""
    return {
        "code": code,
        "title": hub.headline(code).title,
        "index": path(hub, code),
        "region": region_name(hub, region),
        "year": year,
        "number": len(rows),
        "groups": [
            _told(hub, some[0]) | {"rows": [_row(hub, row) for row in some], "id": f"delivery-{number}"}
            for number, some in enumerate(_by_delivery(rows), 1)
        ],
    }


def _by_delivery(rows: list) -> list[list]:
    """Rows of one part, kind and delivery together, the newest first."""
    found: dict[tuple, list] = defaultdict(list)
    for row in rows:
        found[row.known_from, row.part, row.revision_kind, row.delivery_id].append(row)
    return [some for _, some in sorted(found.items(), key=lambda item: item[0][0], reverse=True)]


def _told(hub: Hub, row) -> dict:
    """What the figures that a delivery revised have in common."""
    return {
        "part": hub.title(hub.parts[row.indicator_code, row.part]),
        "kind": _kind(row.revision_kind),
        "day": format.day(row.known_from),
        "delivery": row.delivery_id if row.delivery_id in hub.deliveries else None,
        "file": row.source_file,
    }


def _row(hub: Hub, row) -> dict:
    """One revised figure: before, after, by how much, and in which row of the file."""
    part = hub.parts[row.indicator_code, row.part]
    return {
        "area": hub.name(row.area_code),
        "area_path": hub.links.area(row.area_code),
        "period": row.period_label,
        "of": row.dimensions.replace(";", ", ").replace("=", " "),
        "before": format.figure(row.previous_value, part.decimals, part.unit) or "none",
        "after": hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code),
        "change": "another unit" if row.revision_kind == "redefined"
        else format.signed(row.change, part.decimals, part.unit) or "none",
        "place": row.source_rows or "",
        "stands": row.is_current,
    }  # fmt: skip
