"""Exceptions by plan: the share on track, then only what is off target or at risk, and what went well."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.narrative import narrative
from sitegen.views import Page, Pages, Piece
from sitegen.views.commitment import lead
from sitegen.views.scorecard import plan


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the list of agreements with their shares on track, and a page for each plan of an area."""
    yield Pages("exceptions/index.html", partial(index, hub))
    for code in hub.judged.plans:
        if path := hub.judged.plan_path(code):
            found, rows = partial(context, hub, code), partial(hub.judged.exceptions.get, code, ())
            yield Page("exceptions", path, "plan.html", found, rows=rows)


def index(hub: Hub) -> Iterator[Page]:
    """Yield the list of agreements with their shares on track."""
    judged = hub.judged
    agreements = [row for row in judged.plans.values() if row.plan_type == "local_area_agreement" and row.area_code]
    rows = sorted(agreements, key=lambda row: (hub.name(row.area_code), row.plan_code))
    listing = {
        "round": judged.round,
        "rows": [plan(hub, row) | {"title": hub.name(row.area_code), "type": "Local Area Agreement"} for row in rows],
    }
    yield Page("exception_index", "exceptions/index.html", "exceptions.html", listing, rows=rows)


def context(hub: Hub, code: str) -> dict:
    """Collect all that one plan's page shows."""
    row = hub.judged.plans[code]
    found = [item for item in hub.judged.exceptions.get(code, []) if _known(hub, item)]
    return {
        "plan": plan(hub, row),
        "row": row,
        "area": hub.name(row.area_code),
        "area_path": hub.links.agreement(row.area_code),
        "partnership": hub.judged.partnership_path(row.plan_code),
        "round": hub.judged.round,
        "groups": [
            {"kind": kind, "title": title, "items": [exception(hub, item) for item in found if item.kind == kind]}
            for kind, title in judged_words.EXCEPTION.items()
        ],
    }


def _known(hub: Hub, row) -> bool:
    return (row.indicator_code, row.part) in hub.parts


def exception(hub: Hub, row) -> dict:
    """One exception: what it is, and cause, action, owner, date and decision as they came."""
    part = hub.parts[row.indicator_code, row.part]
    return {
        "row": row,
        "path": hub.target(row),
        "name": f"{row.indicator_code} {hub.title(part)}",
        "polarity": words.say(words.POLARITY, part.polarity) or "Polarity not stated",
        "type": judged_words.COMMITMENT[row.commitment_type][0],
        "figure": format.figure(row.actual_value, part.decimals, part.unit),
        "place": judged_words.place(row.judged_value, row.areas_ranked),
        "against": judged_words.compared(row, part),
        "variance": judged_words.variance(row, part),
        "age": format.plural(row.data_age_months, "month") if row.data_age_months is not None else "not known",
        "since": format.day(row.at_risk_since),
        "state": _status_of(hub, row),
        "answer": judged_words.ANSWER.get(row.answer, words.words(row.answer)),
        "card": judged_words.CARD.get(row.card_state, "None due"),
        "lead": lead(hub, row.partnership_code),
        "facts": [] if row.answer != "answered" else [
            ("Cause", narrative(row.cause)),
            ("Action", narrative(row.action)),
            ("Owner", row.action_owner),
            ("Due", format.day(row.action_due_on)),
            ("State of the action", words.words(row.action_state)),
            ("Decision of the board", narrative(row.board_decision)),
            ("Decided on", format.day(row.board_decided_on)),
            ("From the return of", row.return_round_label),
        ],
    }  # fmt: skip


def _status_of(hub: Hub, row) -> str:
    """Whether the figure is provisional, final or revised."""
    stood = hub.judged.newest.get((row.area_code, row.indicator_code, row.part, row.commitment_type))
    return words.say(words.STATUS, stood.actual_status).lower() if stood else ""
