"""One commitment as a row of a table, the same in scorecards, partnerships and lists of exceptions."""

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.views import report_card
from sitegen.views.target import aim, latest


def listed(hub: Hub, row) -> dict:
    """How a commitment stood in the newest round: figure, target, status, direction, chance and card."""
    part = hub.parts[row.indicator_code, row.part]
    card = (hub.judged.cards.get(key(row)) or [None])[-1]
    standing = card is not None and card.round_label == row.round_label
    return {
        "row": row,
        "id": format.slug(f"{row.indicator_code} {row.part} {row.commitment_type}"),
        "path": hub.target(row),
        "code": row.indicator_code,
        "title": hub.title(part),
        "type": judged_words.COMMITMENT[row.commitment_type][0],
        "polarity": words.say(words.POLARITY, part.polarity) or "Polarity not stated",
        "figure": latest(hub, row, part),
        "missing": row.actual_value is None,
        "period": row.actual_period_label or "no period",
        "state": words.say(words.STATUS, row.actual_status).lower(),
        "aim": aim(hub, row, part),
        "due": judged_words.by_month(row.final_period_end),
        "chance": judged_words.percent(row.chance_percent),
        "no_chance": judged_words.NO_FORECAST.get(row.forecast_reason, "neither way is better"),
        "lead": lead(hub, row.partnership_code),
        "card": report_card.state(card) if standing else "",
        "card_due": report_card.due(card) if standing else "",
        "card_id": report_card.anchor(card) if standing else "",
    }


def lead(hub: Hub, code: str | None) -> tuple[str, str | None]:
    """Name and page of a partnership."""
    found = hub.judged.partnerships.get(code)
    return (found.partnership_name if found else code or "none named", hub.judged.partnership_path(code))


def shown(hub: Hub, rows: list) -> list:
    """The rows whose indicator part the framework lists; others have no page."""
    return [row for row in rows if (row.indicator_code, row.part) in hub.parts]


def tally(counts: dict[str, int]) -> list[tuple]:
    """Counts by status for a page: statuses first, then reasons, in the order the rules tell them."""
    order = [*judged_words.STATUS, *judged_words.REASON]
    place = {code: number for number, code in enumerate(order)}
    return [
        (judged_words.status(code), f"{counts[code]:,}", None)
        for code in sorted(counts, key=lambda code: (place.get(code, len(place)), code))
    ]
