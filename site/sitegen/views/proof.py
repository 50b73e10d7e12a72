"""Proof pages: every figure that a page shows, with the cell it was read from and all that lies between.

One page an indicator part, and one for each period in which the hub rolled areas up. Belongs here: which figures a
page proves, and the JSON beside it. Does not belong here: what a row says (figures.py), how tables are made
(lineage.py).
"""

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from sitegen import format, words
from sitegen.data import EVIDENCE, OPERANDS, groups
from sitegen.hub import Hub
from sitegen.views import Page
from sitegen.views.evidence import BREAKDOWN_ROWS, breakdown_id, sources
from sitegen.views.figures import figure, operand, plain, rollup_line
from sitegen.views.regional import shown_rollups

FIGURES, ROLLUPS = "fct_observation_current", "rollup_region"


def pages(hub: Hub, con: duckdb.DuckDBPyConnection) -> Iterator[Page]:
    """Yield the proof of every part with data, then of every roll-up that a page shows."""
    rolled = {key: shown_rollups(hub, key) for key in hub.held if key in hub.parts}
    for key, rows in groups(con, EVIDENCE, "indicator_code", "part"):
        if key in rolled:
            yield part_page(hub, hub.parts[key], rows, rolled[key])
    shown: dict[tuple, dict[str, object]] = defaultdict(dict)
    for key, found in rolled.items():
        for row in found:
            shown[(*key, row.period_label, row.period_basis)][row.region_code] = row
    for key, rows in groups(con, OPERANDS, "indicator_code", "part", "rolled_period", "period_basis"):
        if key in shown:
            yield rollup_page(hub, hub.parts[key[:2]], shown[key], rows)


def part_page(hub: Hub, part, rows: list, rolled: list) -> Page:
    """All figures of a part that pages show: totals by area, the breakdown, and where its roll-ups are proved."""
    files = file_numbers(hub, part)
    nations = [figure(hub, part, row, files, hub.figure_id(row)) for row in rows if row.place == "nation"]
    areas = [
        figure(hub, part, row, files, hub.figure_id(row) if row.place == "latest" else "")
        for row in rows
        if row.place in ("latest", "before")
    ]
    broken = [row for row in rows if row.place == "breakdown"][:BREAKDOWN_ROWS]
    breakdown = [figure(hub, part, row, files, breakdown_id(number)) for number, row in enumerate(broken)]
    order = {code: place for place, code in enumerate(hub.nations)}
    nations.sort(key=lambda item: order[item["data"]["area_code"]])
    context = about(hub, part, files, FIGURES) | {
        "nations": [(code, items) for code in hub.nations if (items := _of_area(nations, code))],
        "areas": areas,
        "breakdown": breakdown,
        "rollups": [rollup_line(hub, part, row) for row in rolled],
    }
    data = document(hub, part, FIGURES, context["files"]) | {
        "figures": [item["data"] for item in [*nations, *areas, *breakdown]],
        "rolled_up": [item["data"] for item in context["rollups"]],
    }
    return Page("proof", hub.proof(part), "proof.html", context, data)


def rollup_page(hub: Hub, part, shown: dict, rows: list) -> Page:
    """What each region's figure of one period adds up, area by area."""
    files = file_numbers(hub, part)
    operands: dict[str, list] = {code: [] for code in hub.nations if code in shown}
    for row in rows:
        if row.region_code in operands:
            operands[row.region_code].append(operand(hub, part, row, files, shown[row.region_code].method))
    first = next(iter(shown.values()))
    regions = [rollup_line(hub, part, shown[code]) | {"operands": found} for code, found in operands.items()]
    used = {item["data"]["file"] for region in regions for item in region["operands"] if "file" in item["data"]}
    context = about(hub, part, files, ROLLUPS) | {"period": first.period_label, "regions": regions}
    context["files"] = [item for item in context["files"] if item["number"] in used]
    data = document(hub, part, ROLLUPS, context["files"]) | {
        "figures": [region["data"] | {"operands": [item["data"] for item in region["operands"]]} for region in regions],
    }
    return Page("proof_rollup", hub.rollup_page(part, first), "proof_rollup.html", context, data)


def _of_area(items: list[dict], code: str) -> list[dict]:
    return [item for item in items if item["data"]["area_code"] == code]


def file_numbers(hub: Hub, part) -> dict[tuple, int]:
    """The numbers by which pages name a part's files."""
    return {
        (row.delivery_id, row.source_file): number
        for number, row in enumerate(hub.files.get((part.indicator_code, part.part), []), start=1)
    }


def about(hub: Hub, part, files: dict, model: str) -> dict:
    """What both kinds of page say of a part: its files with their checks, its rule, the table and its tests."""
    tests = hub.tests.get(model, [])
    return {
        "part": part,
        "title": hub.title(part),
        "page_path": hub.path(part),
        "proof_path": hub.proof(part),
        "files": [item | {"checks": checks(hub, item)} for item in sources(hub, part, files)],
        "rule": words.say(words.AGGREGATION, part.aggregation_rule),
        "model": model,
        "model_path": hub.links.model(model),
        "tests": len(tests),
        "passed": sum(row.status == "pass" for row in tests),
        "why_path": f"{hub.links.model(ROLLUPS)}#sql",
        "change_path": hub.links.model("latest_observation"),
    }


def checks(hub: Hub, item: dict) -> str:
    """What the door found on a delivery, counted by severity."""
    found = dict.fromkeys(words.SEVERITY, 0)
    for row in hub.issues_of.get(item["delivery"].delivery_id, []) if item["delivery"] else []:
        found[row.severity] += row.occurrences
    said = [format.plural(found[severity], word.lower()) for severity, word in words.SEVERITY.items()]
    return f"{said[0]}, {said[1]} and {said[2]}"


def document(hub: Hub, part, model: str, files: list[dict]) -> dict:
    """The head of a page's JSON: the measure, how its table was made, and the files by number."""
    return {
        "indicator_code": part.indicator_code,
        "part": part.part,
        "title": hub.title(part),
        "aggregation_rule": part.aggregation_rule,
        "definition_version": part.definition_version,
        "made_by": model,
        "sql": f"../{hub.links.model(model)}#sql",
        "tests": {row.test: row.status for row in hub.tests.get(model, [])},
        "files": {str(item["number"]): file_data(item) for item in files},
    }


def file_data(item: dict) -> dict:
    """One delivery for programs; `raw` is where the file as received is kept, below HUB_HOME."""
    delivery, feed = item["delivery"], item["feed"]
    data = {"file": item["file"], "publisher": feed and feed.publisher, "licence": feed and feed.licence}
    if delivery:
        data |= {
            "delivery_id": delivery.delivery_id,
            "feed": delivery.feed,
            "url": delivery.source_url,
            "sha256": delivery.sha256,
            "raw": f"raw/{delivery.feed}/{delivery.sha256}",
            "received": plain(delivery.received_at),
            "published": plain(delivery.published_on),
            "known_from": plain(delivery.known_from),
        }
    return {key: value for key, value in data.items() if value} | {"checks": item["checks"]}
