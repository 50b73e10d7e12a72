"""Revisions: every figure told again with another value, by indicator, and the statuses that changed with it."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.views import Page

MOST = 150  # rows a page shows; the CSV beside the list has all
MOST_FLIPS = 75  # of the list, which also names every indicator
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


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the list by indicator with the statuses that changed, and a page for every indicator revised."""
    found, flips = partial(overview, hub), partial(hub.history.flips.get, (), ())
    yield Page("revision_index", "revisions/index.html", "revisions.html", found, rows=flips)
    revisions = hub.history.revisions
    for code in revisions:
        if code in hub.indicators:
            found, rows = partial(context, hub, code), partial(revisions.get, code)
            yield Page("revision", path(hub, code), "revision.html", found, rows=rows)


def path(hub: Hub, code: str) -> str:
    """Address of the revised figures of an indicator."""
    return f"revisions/{hub.links.indicator(code)[3:]}"


def overview(hub: Hub) -> dict:
    """Figures revised by indicator and kind; statuses that changed because a figure did."""
    counted = [row for row in hub.history.revised.rows if (row.indicator_code, row.part) in hub.parts]
    flips = hub.history.flips.rows
    lines = []
    for code, some in groupby(counted, key=lambda row: row.indicator_code):
        rows = list(some)
        kinds: dict[str, int] = {}
        for row in rows:
            kinds[row.revision_kind] = kinds.get(row.revision_kind, 0) + row.figures
        head = hub.headline(code)
        lines.append(
            {
                "title": f"{code} {head.title}",
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
        "flipped": len(flips),
        "flips": [_flip(hub, row) for row in flips[:MOST_FLIPS] if (row.indicator_code, row.part) in hub.parts],
        "kinds": [(word, said) for code, (word, said) in KIND.items() if code in found],
    }


def _kind(code: str) -> str:
    return KIND.get(code, (words.words(code).lower(),))[0]


def _flip(hub: Hub, row) -> dict:
    """One status that changed when the figure it rests on did."""
    part = hub.parts[row.indicator_code, row.part]
    return {
        "name": f"{hub.name(row.area_code)}: {row.indicator_code} {hub.title(part)}",
        "path": hub.target(row),
        "round": row.round_label,
        "period": row.actual_period_label,
        "before": format.figure(row.value_before, part.decimals, part.unit) or "none",
        "after": format.figure(row.actual_value, part.decimals, part.unit) or "none",
        "status_before": judged_words.status(row.status_before),
        "status": judged_words.status(row.computed_status),
    }


def context(hub: Hub, code: str) -> dict:
    """The revised figures of one indicator, part by part, those known last first."""
    head = hub.headline(code)
    kept = [row for row in hub.history.revisions[code] if (code, row.part) in hub.parts]
    return {
        "code": code,
        "title": head.title,
        "indicator": hub.path(head),
        "number": len(kept),
        "most": MOST,
        "parts": [
            {
                "title": hub.title(hub.parts[code, name]),
                "id": format.slug(name),
                "rows": [_row(hub, row) for row in some],
            }
            for name, some in groupby(kept[:MOST], key=lambda row: row.part)
        ],
    }  # fmt: skip


def _row(hub: Hub, row) -> dict:
    """One revised figure: before, after, by how much, what kind, when and by which delivery."""
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
        "kind": _kind(row.revision_kind),
        "day": format.day(row.known_from),
        "delivery": row.delivery_id if row.delivery_id in hub.deliveries else None,
        "file": row.source_file,
        "place": format.source_rows(row.source_rows or ""),
        "stands": row.is_current,
    }  # fmt: skip
