"""Board packs: one agreement or one partnership for one meeting, made to be printed on A4 in black and white.

Belongs here: what stands in a pack, and in which order. Does not belong here: PDF and zip, which the command
`hub pack` makes of the page.
"""

import hashlib
from collections.abc import Iterator
from functools import partial

from sitegen import judged_words, words
from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.views import Page, Pages, Piece, report_card, target_said
from sitegen.views.commitment import listed, shown, tally
from sitegen.views.partnership import counts, pack_path, why
from sitegen.views.scorecard import newest


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the pack of every agreement and of every partnership that answers for a commitment in the newest round."""
    if hub.judged.round is None:
        return
    for code in hub.judged.of_area:
        yield Page("pack", hub.links.pack(code), "pack.html", partial(of_area, hub, code))
    for code in hub.judged.partnerships:
        path = hub.judged.partnership_path(code).replace("partnership/", "pack/", 1)
        yield Pages(path, partial(partnership_pages, hub, code))


def partnership_pages(hub: Hub, code: str) -> Iterator[Page]:
    """Yield the pack of a partnership, if it answers for a commitment."""
    if path := pack_path(hub, code):
        row = hub.judged.partnerships[code]
        own = [one for one in hub.judged.of_area[row.area_code] if one.partnership_code == code]
        yield Page("pack", path, "pack.html", partial(of_partnership, hub, row, own))


def fingerprint(hub: Hub, rows: list) -> str:
    """Twelve characters by which a printed pack is known: the same as long as all that is said of its rows is."""
    said = [(row, hub.judged.cards.get(key(row)), hub.judged.returns.get(key(row)[:3])) for row in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


def of_area(hub: Hub, code: str) -> dict:
    """The pack of an agreement."""
    return _pack(hub, hub.judged.of_area[code]) | {
        "title": hub.name(code),
        "kind": "Local Area Agreement",
        "online": hub.links.agreement(code),
        "light_now": None,
    }


def of_partnership(hub: Hub, row, rows: list) -> dict:
    """The pack of a partnership: its light, and the commitments it answers for."""
    now = newest(hub, row)
    return _pack(hub, rows) | {
        "title": row.partnership_name,
        "kind": f"Partnership in {hub.name(row.area_code)}",
        "online": hub.judged.partnership_path(row.partnership_code),
        "light_now": now,
        "light_counts": counts(now),
        "light_why": why(now),
    }


def _pack(hub: Hub, rows: list) -> dict:
    """What every pack holds: a tally, what is off and near target with its card, the rest in one table, definitions."""
    rows = shown(hub, rows)
    stood: dict[str, int] = {}
    for row in rows:
        stood[row.computed_status] = stood.get(row.computed_status, 0) + 1
    red, amber = (
        [_item(hub, row) for row in rows if row.computed_status == status] for status in ("off_target", "near_target")
    )
    parts = {(row.indicator_code, row.part): hub.parts[row.indicator_code, row.part] for row in rows}
    return {
        "round": hub.judged.round,
        "state": fingerprint(hub, rows),
        "tally": tally(stood),
        "number": len(rows),
        "red": red,
        "amber": amber,
        "others": [listed(hub, row) for row in rows if row.computed_status not in ("off_target", "near_target")],
        "definitions": [
            (f"{part.indicator_code} {hub.title(part)}", part.definition or "No definition is held.",
             words.say(words.POLARITY, part.polarity), words.unit(part.unit))
            for part in parts.values()
        ],
        "rules": {hub.judged.profiles[row.profile_id].profile_name: hub.judged.profiles[row.profile_id].words
                  for row in rows},
    }  # fmt: skip


def _item(hub: Hub, row) -> dict:
    """One commitment that is missed: as listed, its card if it has one, and what the newest return says of it."""
    card = (hub.judged.cards.get(key(row)) or [None])[-1]
    said = next(iter(hub.judged.returns.get(key(row)[:3], [])), None)
    facts = report_card.facts(card) if card is not None and card.return_round_label else []
    if not facts and said is not None:
        facts = [("From the return of", said.round_label), *target_said.words_of(said)]
    part = hub.parts[row.indicator_code, row.part]
    return listed(hub, row) | {
        "against": judged_words.compared(row, part),
        "variance": judged_words.variance(row, part) if row.variance is not None else "",
        "facts": [(label, text) for label, text in facts if text],
    }
