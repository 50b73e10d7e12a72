"""Funnels: every council's latest figure on a measure by what it rests on, against where chance would put it."""

from collections.abc import Iterator
from functools import partial

from sitegen import compared, format, words
from sitegen.funnel_chart import Place, draw, in_words
from sitegen.hub import Hub
from sitegen.views import Page


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the funnel of every measure that has one."""
    funnels = hub.compared.funnels
    for key in funnels:
        if part := hub.parts.get(key):
            found, rows = partial(context, hub, part), partial(funnels.get, key)
            yield Page("funnel", hub.funnel(part), "funnel.html", found, rows=rows)


def context(hub: Hub, part) -> dict:
    """The drawing of one measure and the table beside it, areas by name."""
    rows = hub.compared.funnels[part.indicator_code, part.part]
    first = rows[0]
    shown = hub.other_definition(part, first.definition_version) or part
    places = [
        Place(
            row.base,
            row.value,
            (row.funnel_lower_998, row.funnel_lower_95, row.funnel_upper_95, row.funnel_upper_998),
            row.funnel_position,
        )
        for row in rows
    ]
    lines = [
        {
            "name": hub.name(row.area_code),
            "path": hub.beside_others(row),
            "figure": format.figure(row.value, shown.decimals, shown.unit),
            "base": format.number(row.base, 0),
            "position": compared.FUNNEL[row.funnel_position],
        }
        for row in sorted(rows, key=lambda row: (hub.name(row.area_code), row.area_code))
    ]
    return {
        "part": part,
        "title": hub.title(part),
        "path_of_part": hub.path(part),
        "period": first.period_label,
        "england": format.figure(first.comparator_value, shown.decimals, shown.unit),
        "unit": "" if any(format.unit_marks(shown.unit)) else words.unit(shown.unit),
        "said": in_words(places),
        "chart": draw("funnel", f"{part.indicator_code}: every council in the funnel", places, first.comparator_value),
        "lines": lines,
    }
