"""What stands behind an indicator page's figures: its files, the cells of national figures, the breakdown."""

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
            "cell": hub.cell(row.value, row.mark, part),
            "status": words.say(words.STATUS, row.status),
            "number": files.get((row.delivery_id, row.source_file)),
            "row": format.source_rows(row.source_rows or str(row.source_row)),
            "sheet": row.source_sheet,
        }
        for row in rows[:BREAKDOWN_ROWS]
    ]
    return {
        "names": [words.words(name) for name in names],
        "rows": shown,
        "total": len(rows),
        "period": rows[0].period_label,
    }


def pairs(dimensions: str) -> list[tuple[str, str]]:
    """Split `name=value;name=value` into pairs."""
    return [tuple(item.partition("=")[::2]) for item in dimensions.split(";") if item]


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


def proof(hub: Hub, part, files: dict) -> list[dict]:
    """Each published national and regional figure beside the cell of the file it was read from."""
    found = []
    for code in hub.nations:
        for row in hub.series.get((part.indicator_code, part.part, code), []):
            found.append(
                {
                    "area": hub.name(code),
                    "period": row.period_label,
                    "cell": hub.cell(row.value, row.mark, part),
                    "file": row.source_file,
                    "number": files.get((row.delivery_id, row.source_file)),
                    "sheet": row.source_sheet,
                    "row": format.source_rows(row.source_rows or str(row.source_row)),
                    "column": row.source_column,
                    "text": row.source_text,
                    "derivation": row.derivation,
                }
            )
    return found
