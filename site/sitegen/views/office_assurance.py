"""A Government Office on its agreements: what moved, what is at risk, what stands in the way, what goes well."""

from collections import Counter
from collections.abc import Iterator

from sitegen import format, judged_words, words
from sitegen.assurance import BARRIER, MOVE
from sitegen.hub import Hub
from sitegen.views import Page, office_matrix

# Rows of a list, so that no page passes 100 kB; the rest is in the files, and the page says how many.
SHOWN = 80  # of several lists on one page
SHOWN_ALONE = 200
FLIPS = ("better", "worse", "now_assessed", "no_longer_assessed")
MOST_CHANGED = 10


def pages(hub: Hub, region) -> Iterator[Page]:
    """Yield a region's page of assurance, its list of what is at risk, and its matrix, if it has commitments."""
    rows = hub.assurance.matrix.get(region.region_code, [])
    rows = [row for row in rows if (row.indicator_code, row.part) in hub.parts]
    if not rows:
        return
    shared = {
        "region": region,
        "office": hub.links.office(region.region_code),
        "round": hub.judged.round,
        "shown": SHOWN,
    }
    risks = sorted(
        (row for row in rows if row.at_risk_rule_id),
        key=lambda row: (_precedence(hub, row), row.indicator_code, row.part, hub.name(row.area_code)),
    )
    path = hub.links.office_assurance(region.region_code, "assurance")
    sheets = office_matrix.parts(hub, region)
    matrix = {"matrix": [(sheet["title"], sheet["path"]) for sheet in sheets]}
    found = shared | matrix | context(hub, region, rows, risks)
    yield Page("office_assurance", path, "office_assurance.html", found, rows=rows)
    listed = {
        "rows": [risk(hub, row) for row in risks[:SHOWN_ALONE]],
        "number": len(risks),
        "shown": SHOWN_ALONE,
    }
    path = hub.links.office_assurance(region.region_code, "at-risk")
    yield Page("office_at_risk", path, "office_at_risk.html", shared | listed, rows=risks)
    yield from office_matrix.pages(sheets)


def context(hub: Hub, region, rows: list, risks: list) -> dict:
    """Collect all that the page of assurance shows."""
    flips = [row for row in rows if row.status_move in FLIPS]
    flips.sort(key=lambda row: (FLIPS.index(row.status_move), row.indicator_code, row.part, hub.name(row.area_code)))
    changed = [row for row in rows if row.variance_change]
    changed.sort(key=lambda row: (-abs(row.variance_change), row.indicator_code, row.part, row.area_code))
    areas = sorted({row.area_code for row in rows}, key=lambda code: (hub.name(code), code))
    good = [row for code in areas for row in hub.assurance.good.get(code, [])]
    listed = Counter(row.at_risk_rule_id for row in risks)
    return {
        "areas": [(hub.name(code), hub.links.review(code)) for code in areas],
        "flips": [mover(hub, row) for row in flips[:SHOWN]],
        "flipped": len(flips),
        "changed": [mover(hub, row) for row in changed[:MOST_CHANGED]],
        "risks": [(_rule(hub, name), number) for name, number in listed.items()],
        "barriers": [
            (words.say(BARRIER, row.category), row) for row in hub.assurance.barriers.get(region.region_code, [])
        ],
        "good": [practice(hub, row) for row in good[:SHOWN] if (row.indicator_code, row.part) in hub.parts],
        "well": len(good),
    }


def _rule(hub: Hub, name: str) -> str:
    return hub.assurance.rule_words.get(("go_region_matrix", name), words.words(name))


def _precedence(hub: Hub, row) -> int:
    """Place of the rule that lists a row, so that the gravest come first."""
    rules = hub.assurance.rules.get("go_region_matrix", [])
    return next((rule.precedence for rule in rules if rule.rule_id == row.at_risk_rule_id), 0)


def _named(hub: Hub, row) -> dict:
    """The commitment of a row: area, indicator and the page that proves its status."""
    part = hub.parts[row.indicator_code, row.part]
    kind = "" if row.commitment_type == "designated" else judged_words.COMMITMENT[row.commitment_type][0]
    return {
        "row": row,
        "area": hub.name(row.area_code),
        "name": f"{row.indicator_code} {hub.title(part)}",
        "kind": kind,
        "path": hub.target(row),
    }


def mover(hub: Hub, row) -> dict:
    """A commitment whose status or distance from its target changed since the round before."""
    return _named(hub, row) | {
        "move": words.say(MOVE, row.status_move),
        "variance": _percent(row.variance_percent),
        "change": _percent(row.variance_change),
    }


def _percent(value: float | None) -> str:
    """A share of a target with its sign."""
    if value is None:
        return ""
    sign = "+" if value > 0 else ""
    return f"{sign}{format.number(value, 1)}%"


def risk(hub: Hub, row) -> dict:
    """A commitment at risk: by which rule, its chance, its card."""
    return _named(hub, row) | {
        "rule": _rule(hub, row.at_risk_rule_id),
        "chance": judged_words.percent(row.chance_percent),
    }


def practice(hub: Hub, row) -> dict:
    """A commitment that does unusually well, and by which rule."""
    return _named(hub, row) | {"rule": row.rule_words, "variance": _percent(row.variance_percent)}
