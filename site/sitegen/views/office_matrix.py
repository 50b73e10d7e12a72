"""A Government Office's agreements against their indicators: status, direction and age of the data, cell by cell."""

from collections.abc import Iterator

from sitegen import format, judged_words, words
from sitegen.hub import OTHER_THEME, Hub
from sitegen.views import Page

CELLS = 900  # on a page, which keeps it under 100 kB


def pages(sheets: list[dict]) -> Iterator[Page]:
    """Yield the pages of a region's matrix (see `parts`), each with its neighbours."""
    for sheet, before, after in zip(sheets, [None, *sheets], [*sheets[1:], None], strict=False):
        yield Page(
            "office_matrix",
            sheet["path"],
            "office_matrix.html",
            sheet | {"before": before, "after": after},
            rows=sheet["rows"],
        )


def parts(hub: Hub, region) -> list[dict]:
    """A region's matrix by theme, one with many cells in several: title, address, areas and rows of each page."""
    rows = hub.assurance.matrix.get(region.region_code, [])
    rows = [row for row in rows if (row.indicator_code, row.part) in hub.parts]
    areas = sorted({row.area_code for row in rows}, key=lambda code: (hub.name(code), code))
    themes: dict[str, dict[tuple, dict]] = {}
    for row in rows:
        theme = hub.parts[row.indicator_code, row.part].theme or OTHER_THEME
        key = (row.indicator_code, row.part, row.commitment_type)
        themes.setdefault(theme, {}).setdefault(key, {})[row.area_code] = row
    found = []
    for theme, lines in themes.items():
        keys, step = list(lines), max(1, CELLS // len(areas))
        many = len(keys) > step
        for number, start in enumerate(range(0, len(keys), step), start=1):
            title = f"{theme} ({number} of {-(-len(keys) // step)})" if many else theme
            name = f"matrix-{theme}-{number}" if many else f"matrix-{theme}"
            found.append(
                {
                    "region": region,
                    "office": hub.links.office(region.region_code),
                    "title": title,
                    "path": hub.links.office_assurance(region.region_code, name),
                    "round": hub.judged.round,
                    "areas": [(hub.name(code), hub.links.review(code)) for code in areas],
                    "lines": [_line(hub, key, lines[key], areas) for key in keys[start : start + step]],
                    "rows": [row for key in keys[start : start + step] for row in lines[key].values()],
                }
            )
    return found


def _line(hub: Hub, key: tuple, cells: dict, areas: list[str]) -> dict:
    """One indicator against every area that could have chosen it."""
    code, name, kind = key
    part = hub.parts[code, name]
    return {
        "name": f"{code} {hub.title(part)}",
        "path": hub.path(part),
        "kind": "" if kind == "designated" else judged_words.COMMITMENT[kind][0],
        "polarity": words.say(words.POLARITY, part.polarity),
        "chosen": f"{len(cells)} of {len(areas)}",
        "cells": [_cell(hub, cells[area]) if area in cells else None for area in areas],
    }


def _cell(hub: Hub, row) -> dict:
    """A status or reason with its shape, and under it the direction and how old the figure is."""
    shape, word = judged_words.STATUS.get(row.computed_status) or (
        "\N{WHITE CIRCLE}",
        judged_words.REASON.get(row.computed_status, (words.words(row.computed_status),))[0],
    )
    way = words.DIRECTION.get(words.SAME_DIRECTION.get(row.direction, row.direction), ("", ""))
    age = format.plural(row.data_age_months, "month") if row.data_age_months is not None else ""
    said = f"{way[0]} {way[1]}" if way[0] else ""
    return {
        "css": format.slug(row.computed_status) if row.is_assessed else "none",
        "text": f"{shape} {word}",
        "said": ", ".join(filter(None, (said, age and f"{age} old"))),
        "path": hub.target(row),
    }
