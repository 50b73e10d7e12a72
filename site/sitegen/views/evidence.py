"""What stands behind an indicator page's figures: its files and the breakdown."""

from sitegen import format, words
from sitegen.hub import Hub

BREAKDOWN_ROWS = 200


def breakdown(hub: Hub, part, files: dict) -> dict | None:
    """England's latest figures by dimension, or None."""
    rows = hub.breakdowns.get((part.indicator_code, part.part), [])
    if not rows:
        return None
    names = list(dict.fromkeys(name for row in rows for name, _ in pairs(row.dimensions)))
    shown = [
        {
            "labels": [dict(pairs(row.dimensions)).get(name, "All") for name in names],
            "cell": hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code),
            "proof": f"{hub.proof(part)}#{breakdown_id(number)}",
            "status": words.say(words.STATUS, row.status),
            "number": files.get((row.delivery_id, row.source_file)),
            "row": format.source_rows(row.source_rows or str(row.source_row)),
            "sheet": row.source_sheet,
        }
        for number, row in enumerate(rows[:BREAKDOWN_ROWS])
    ]
    return {
        "names": [words.words(name) for name in names],
        "rows": shown,
        "total": len(rows),
        "period": rows[0].period_label,
    }


def breakdown_id(number: int) -> str:
    """Fragment of a row of the breakdown on its part's proof page."""
    return f"breakdown.{number + 1}"


def pairs(dimensions: str) -> list[tuple[str, str]]:
    """Split `name=value;name=value` into pairs."""
    return [tuple(item.partition("=")[::2]) for item in dimensions.split(";") if item]


def file_numbers(hub: Hub, part) -> dict[tuple, int]:
    """The numbers by which pages name a part's files."""
    return {
        (row.delivery_id, row.source_file): number
        for number, row in enumerate(hub.files.get((part.indicator_code, part.part), []), start=1)
    }


def sources(hub: Hub, part, files: dict) -> list[dict]:
    """The files behind a part: publisher, feed, licence, delivery, hash, and how many figures each gives."""
    counts = {
        (row.delivery_id, row.source_file): row.observations
        for row in hub.files.get((part.indicator_code, part.part), [])
    }
    return [
        {
            "number": number,
            "file": key[1],
            "delivery": hub.deliveries.get(key[0]),
            "count": counts[key],
            "feed": hub.feeds.get(hub.deliveries[key[0]].feed) if key[0] in hub.deliveries else None,
        }
        for key, number in files.items()
    ]
