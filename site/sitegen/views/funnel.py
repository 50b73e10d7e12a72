"""Funnels: every council's latest figure on a measure by what it rests on, against where chance would put it."""

from collections.abc import Iterator
from functools import partial

import duckdb

from sitegen import compared, data, format, words
from sitegen.funnel_chart import Place, draw, in_words
from sitegen.hub import Hub
from sitegen.views import Page


def pages(hub: Hub, con: duckdb.DuckDBPyConnection) -> Iterator[Page]:
    """Yield the funnel of every measure that has one."""
    for key, rows in data.groups(con, compared.FUNNELS, "indicator_code", "part"):
        if key in hub.compared.funnels and key in hub.parts:
            yield Page(
                "funnel",
                hub.funnel(hub.parts[key]),
                "funnel.html",
                partial(context, hub, hub.parts[key], rows),
                rows=rows,
            )


def context(hub: Hub, part, rows: list) -> dict:
    """The drawing of one measure and the table beside it, areas by name."""
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
