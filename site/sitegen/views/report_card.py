"""Report cards: each as it stands, and its history.

A card has its place on the page of its target, where figures, forecast and returns are; lists of cards lead there.
"""

from itertools import groupby
from operator import attrgetter

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.narrative import narrative


def cards(hub: Hub, key: tuple) -> list[dict]:
    """Every card of a commitment, the newest first, each as it stood last and round by round."""
    rows = hub.judged.cards.get(key, [])
    found = groupby(sorted(rows, key=_order), key=attrgetter("card_number"))
    return [card(list(rounds)) for _, rounds in found][::-1]


def _order(row) -> tuple:
    return row.card_number, row.round_ends_on


def card(rounds: list) -> dict:
    """One card: what it says now, and where it stood at the end of each round."""
    row = rounds[-1]
    return {
        "row": row,
        "id": anchor(row),
        "state": state(row),
        "due": due(row),
        "since": format.day(row.at_risk_since),
        "facts": facts(row) if row.return_round_label else [],
        "rounds": [(item, state(item), due(item)) for item in rounds],
    }


def facts(row) -> list[tuple]:
    """What the newest return of the card's time says, as it came: (label, text)."""
    return [
        ("From the return of", row.return_round_label),
        ("Cause", narrative(row.cause)),
        ("Next action", narrative(row.action)),
        ("Owner", row.action_owner),
        ("Due", format.day(row.action_due_on)),
        ("State of the action", words.words(row.action_state)),
        ("Decision of the board", narrative(row.board_decision)),
        ("Decided on", format.day(row.board_decided_on)),
    ]


def anchor(row) -> str:
    """Fragment of a card on its target's page."""
    return f"card-{row.card_number}"


def state(row) -> str:
    """State of a card in words."""
    said = judged_words.CARD.get(row.card_state, words.words(row.card_state))
    because = judged_words.CLOSED.get(row.closed_because, words.words(row.closed_because).lower())
    return f"{said}: {because}" if row.closed_because else said


def due(row) -> str:
    """By when the card is owed, if it still is."""
    if row.due_on is None:
        return ""
    return f"{'overdue since' if row.is_overdue else 'due by'} {format.day(row.due_on)}"
