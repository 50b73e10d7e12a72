"""An area's latest figures by theme, with trend and source: tables for its page, or pages where it has very many."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, words
from sitegen.charts import Point, spark
from sitegen.hub import OTHER_THEME, Hub
from sitegen.views import Page
from sitegen.views.indicator import latest_view


def pages(hub: Hub, area) -> Iterator[Page]:
    """Yield the page of every theme of an area."""
    for theme, rows in by_theme(hub, area).items():
        path = hub.links.area_theme(area.area_code, theme)
        yield Page("area_theme", path, "area_theme.html", partial(context, hub, area, theme, rows), rows=rows)


def by_theme(hub: Hub, area) -> dict[str, list]:
    """The area's latest observations by theme, in the order of the indicators."""
    groups: dict[str, list] = {}
    latest = hub.latest_of_area.get(area.area_code, [])
    for row in sorted(latest, key=lambda row: hub.place.get((row.indicator_code, row.part), 0)):
        if part := hub.parts.get((row.indicator_code, row.part)):
            groups.setdefault(hub.theme(part), []).append(row)
    return {theme: groups[theme] for theme in sorted(groups, key=lambda theme: (theme == OTHER_THEME, theme))}


def themes(hub: Hub, area) -> list[dict]:
    """The area's latest figures by theme."""
    return [_theme(hub, theme, rows) for theme, rows in by_theme(hub, area).items()]


def _theme(hub: Hub, theme: str, rows: list) -> dict:
    """One theme's table."""
    shown = [_figure(hub, row, hub.parts[row.indicator_code, row.part]) for row in rows]
    return {"title": theme, "id": f"theme-{format.slug(theme)}", "rows": shown}


def theme_pages(hub: Hub, area) -> list[dict]:
    """The pages of an area's themes, with the indicators each has."""
    return [
        {
            "title": theme,
            "path": hub.links.area_theme(area.area_code, theme),
            "measures": len(rows),
            "codes": list(dict.fromkeys(row.indicator_code for row in rows)),
        }
        for theme, rows in by_theme(hub, area).items()
    ]


def context(hub: Hub, area, theme: str, rows: list) -> dict:
    """Collect all that the page of one theme of an area shows."""
    pages = theme_pages(hub, area)
    place = next(number for number, page in enumerate(pages) if page["title"] == theme)
    return {
        "area": area,
        "area_path": hub.links.area(area.area_code),
        "theme": _theme(hub, theme, rows),
        "before": pages[place - 1] if place else None,
        "after": (pages[place + 1 :] or [None])[0],
    }


def _figure(hub: Hub, row, part) -> dict:
    """One row of an area's table: the latest figure, its trend, and where it came from."""
    points = [
        Point(
            point.period_label,
            point.value if point.definition_version == row.definition_version else None,
            point.status != "provisional",
        )
        for point in hub.series.get((row.indicator_code, row.part, row.area_code), [])
    ]
    return latest_view(hub, row, part) | {
        "id": format.slug(f"{row.indicator_code} {row.part}"),
        "indicator": part,
        "title": hub.title(part),
        "indicator_path": hub.path(part),
        "spark": spark(points, (hub.other_definition(part, row.definition_version) or part).decimals),
        "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "",
    }
