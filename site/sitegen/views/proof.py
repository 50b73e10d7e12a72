"""Proof pages: every figure that a page shows, with the cell it was read from and all that lies between.

One page an indicator part, one for the areas of each region, and one for each period in which the hub rolled areas up.
Belongs here: which figures a page proves, and the JSON beside it. Does not belong here: what a row says (figures.py),
how tables are made (lineage.py).
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter

from sitegen import format, words
from sitegen.data import ENGLAND
from sitegen.hub import Hub
from sitegen.views import Page, Pages
from sitegen.views.evidence import BREAKDOWN_ROWS, breakdown_id, file_numbers, sources
from sitegen.views.figures import figure, operand, plain, rollup_line
from sitegen.views.regional import shown_rollups

FIGURES, ROLLUPS = "fct_observation_current", "rollup_region"


def pages(hub: Hub) -> Iterator[Pages]:
    """Yield the proof of every part with data, then of its roll-ups that a page shows."""
    for key in hub.evidence:
        if part := hub.parts.get(key):
            yield Pages(hub.proof(part), partial(part_pages, hub, part))
    for key in hub.operands:
        if part := hub.parts.get(key):
            yield Pages(f"{hub.proof(part)[:-5]}.", partial(rollup_pages, hub, part))


def rollup_pages(hub: Hub, part) -> Iterator[Page]:
    """Yield the proof of a part's roll-ups, a page a period."""
    shown: dict[tuple, dict[str, object]] = defaultdict(dict)
    for row in shown_rollups(hub, (part.indicator_code, part.part)):
        shown[row.period_label, row.period_basis][row.region_code] = row
    operands = hub.operands[part.indicator_code, part.part] if shown else []
    for key, some in groupby(operands, key=attrgetter("rolled_period", "period_basis")):
        if key in shown:
            found = partial(rollup_context, hub, part, shown[key], list(some))
            path = hub.rollup_page(part, next(iter(shown[key].values())))
            yield Page("proof_rollup", path, "proof_rollup.html", found, partial(rollup_data, hub, part))


def part_pages(hub: Hub, part) -> Iterator[Page]:
    """Figures of a part that pages show: of England and regions, by breakdown, rolled up; of a region's areas."""
    key = (part.indicator_code, part.part)
    rows, rolled = hub.evidence[key], shown_rollups(hub, key)
    of_region: dict[str, list] = defaultdict(list)
    for row in rows:
        if row.place in ("latest", "before"):
            of_region[hub.region_of(row.area_code)].append(row)
    found = partial(part_context, hub, part, rows, rolled, sorted(of_region))
    yield Page("proof", hub.proof(part), "proof.html", found, partial(part_data, hub, part))
    for code, some in of_region.items():
        path = hub.proof_of_areas(part, code)
        found = partial(areas_context, hub, part, code, some)
        yield Page("proof_areas", path, "proof_areas.html", found, partial(areas_data, hub, part))


def part_context(hub: Hub, part, rows: list, rolled: list, regions: list[str]) -> dict:
    """Collect what the proof of a part shows; `regions` are those whose areas have figures."""
    files = file_numbers(hub, part)
    nations = [figure(hub, part, row, files, hub.figure_id(row)) for row in rows if row.place == "nation"]
    broken = [row for row in rows if row.place == "breakdown"][:BREAKDOWN_ROWS]
    order = {code: place for place, code in enumerate(hub.nations)}
    nations.sort(key=lambda item: order[item["data"]["area_code"]])
    return about(hub, part, files, FIGURES) | {
        "nations": [(code, items) for code in hub.nations if (items := _of_area(nations, code))],
        "regions": [(hub.name(code), hub.proof_of_areas(part, code)) for code in regions],
        "breakdown": [figure(hub, part, row, files, breakdown_id(number)) for number, row in enumerate(broken)],
        "rollups": [rollup_line(hub, part, row) for row in rolled],
    }


def part_data(hub: Hub, part, context: dict) -> dict:
    """The proof of a part for programs."""
    shown = [item for _, items in context["nations"] for item in items] + context["breakdown"]
    return document(hub, part, FIGURES, context["files"]) | {
        "figures": [item["data"] for item in shown],
        "rolled_up": [item["data"] for item in context["rollups"]],
    }


def areas_context(hub: Hub, part, region_code: str, rows: list) -> dict:
    """Collect what the proof of a region's areas shows: of each the latest figure, and the one it is compared with."""
    files = file_numbers(hub, part)
    shown = [
        figure(hub, part, row, files, hub.figure_id(row) if row.place == "latest" else "") for row in rows
    ]  # fmt: skip
    found = about(hub, part, files, FIGURES) | {"region": hub.name(region_code), "areas": shown}
    return found | {"files": _used(found["files"], shown)}


def areas_data(hub: Hub, part, context: dict) -> dict:
    """The proof of a region's areas for programs."""
    figures = [item["data"] for item in context["areas"]]
    return document(hub, part, FIGURES, context["files"]) | {"figures": figures}


def _used(files: list[dict], shown: list[dict]) -> list[dict]:
    """The files that figures of a page were read from."""
    numbers = {item["data"].get("file") for item in shown}
    return [item for item in files if item["number"] in numbers]


def rollup_context(hub: Hub, part, shown: dict, rows: list) -> dict:
    """Collect what each region's figure of one period adds up, area by area.

    An area that a region on the page adds up is not listed again under England.
    """
    files = file_numbers(hub, part)
    operands: dict[str, list] = {code: [] for code in hub.nations if code in shown}
    for row in rows:
        if row.region_code in operands:
            operands[row.region_code].append(operand(hub, part, row, files, shown[row.region_code].method))
    of_regions = [item["data"] for code, items in operands.items() if code != ENGLAND for item in items]
    told = set(map(_told, of_regions))
    regions = []
    for code, items in operands.items():
        own = [item for item in items if code != ENGLAND or _told(item["data"]) not in told]
        regions.append(rollup_line(hub, part, shown[code]) | {
            "operands": items, "listed": own, "in_regions": len(items) - len(own),
        })  # fmt: skip
    found = about(hub, part, files, ROLLUPS) | {"period": next(iter(shown.values())).period_label, "regions": regions}
    return found | {"files": _used(found["files"], [item for region in regions for item in region["operands"]])}


def _told(data: dict) -> str:
    """All that is said of an operand, as a key."""
    return json.dumps(data, sort_keys=True)


def rollup_data(hub: Hub, part, context: dict) -> dict:
    """The proof of the roll-ups of one period for programs: each with all it adds up."""
    return document(hub, part, ROLLUPS, context["files"]) | {
        "figures": [
            region["data"] | {"operands": [item["data"] for item in region["operands"]]}
            for region in context["regions"]
        ]
    }


def _of_area(items: list[dict], code: str) -> list[dict]:
    return [item for item in items if item["data"]["area_code"] == code]


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
