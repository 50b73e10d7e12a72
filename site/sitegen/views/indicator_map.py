"""The map of an indicator: councils as hexagons by how they stand to England, and the same in a table.

Belongs here: which scale a map has, and what is said of each council. Does not belong here: shapes (charts_hex.py),
verdicts and quarters (the marts).
"""

from collections import Counter

from sitegen import compared, words
from sitegen.charts_hex import Hexagon, hexmap, places
from sitegen.hub import Hub
from sitegen.views import Page

UNKNOWN = "none"
# class, sign in the hexagon, words. The signs of verdicts are those of every other page.
VERDICTS = {
    code: (code, compared.VERDICT[code][1], f"{compared.VERDICT[code][2]} than England")
    for code in ("better", "worse", "higher", "lower")
} | {"similar": ("similar", compared.VERDICT["similar"][1], "Similar to England")}
QUARTERS = {
    number: (f"q{number}", str(number), f"{word} quarter")
    for number, word in enumerate(("Best", "Second", "Third", "Last"), 1)
}
NOTHING = (UNKNOWN, "", "No verdict")
NO_FIGURE = (UNKNOWN, "", "No figure")


def page(hub: Hub, part) -> Page | None:
    """The map of a part, if anything can be said of any council."""
    if not (path := hub.map(part)):
        return None
    rows = hub.compared.mapped[part.indicator_code, part.part]
    return Page("indicator_map", path, "indicator_map.html", context(hub, part, rows), rows=rows)


def context(hub: Hub, part, rows: list) -> dict:
    """The drawing, its legend with how many councils are of each kind, and the table, councils by name."""
    by_verdict = any(row.significance in VERDICTS for row in rows)
    stood = {row.area_code: _stood(row, by_verdict) for row in rows}
    commonest = Counter((row.period_label, row.period_basis) for row in rows).most_common(1)[0][0][0]
    hexagons = _hexagons(hub, part, rows, stood)
    counted = Counter(stood.values())
    counted[NO_FIGURE] = sum(one.code not in stood for one in hexagons)
    order = [*(VERDICTS if by_verdict else QUARTERS).values(), NOTHING, NO_FIGURE]
    return {
        "part": part,
        "title": hub.title(part),
        "path_of_part": hub.path(part),
        "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "",
        "by_verdict": by_verdict,
        "period": commonest,
        "map": hexmap("map", f"{part.indicator_code}: councils on a map", hexagons, "../"),
        "legend": [(css, sign, said, counted[css, sign, said]) for css, sign, said in order
                   if counted[css, sign, said]],
        "lines": [
            {
                "name": row.area_name,
                "path": hub.beside_others(row) or hub.links.area(row.area_code),
                "cell": hub.cell(row.value, row.mark, part, row.definition_version),
                "proof": hub.proof(part, row) if row.value is not None else "",
                "period": row.period_label if row.period_label != commonest else "",
                "sign": stood[row.area_code][1],
                "said": stood[row.area_code][2],
                "why": compared.REASON.get(row.reason, "") if stood[row.area_code] == NOTHING else "",
            }
            for row in rows
        ],
    }  # fmt: skip


def _stood(row, by_verdict: bool) -> tuple[str, str, str]:
    """Class, sign and words of one council."""
    return VERDICTS.get(row.significance, NOTHING) if by_verdict else QUARTERS.get(row.quartile, NOTHING)


def _hexagons(hub: Hub, part, rows: list, stood: dict) -> list[Hexagon]:
    """Every council of the layout that has a page, those without a figure too."""
    shown = {row.area_code: hub.cell(row.value, row.mark, part, row.definition_version).text for row in rows}
    found = []
    for code in places():
        if code in hub.areas and hub.links.area(code):
            css, sign, said = stood.get(code, NO_FIGURE)
            told = f"{shown[code]}, {said[0].lower()}{said[1:]}" if code in shown else said.lower()
            found.append(Hexagon(code, hub.name(code), hub.links.area(code), told, f"m-{css}", sign))
    return found
