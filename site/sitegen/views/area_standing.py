"""How an area with an agreement stands, on its own page: counts, its targets round by round, what moved, its spine.

Belongs here: choosing rows of the area's designated targets. Does not belong here: every commitment (scorecard.py),
every measure against others (peers.py).
"""

from sitegen import judged_words
from sitegen.charts_rug import LETTERS
from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.links import Links
from sitegen.views.commitment import shown, tally
from sitegen.views.peers import spine_rows
from sitegen.views.scorecard import tartan


def standing(hub: Hub, code: str) -> dict | None:
    """What an area's page shows of its designated targets; None where it has none."""
    rows = [row for row in shown(hub, hub.judged.of_area.get(code, [])) if row.commitment_type == "designated"]
    if not rows:
        return None
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.computed_status] = counts.get(row.computed_status, 0) + 1
    return {
        "round": hub.judged.round,
        "agreement": Links.agreement(code),
        "targets": len(rows),
        "tally": tally(counts),
        "rug": tartan(hub, code, rows, "../laa/"),
        "letters": [(status, LETTERS[status]) for status in judged_words.STATUS],
        "moves": moves(hub, rows),
        "peers": hub.links.peers(code) if code in hub.compared.areas else None,
        "spine": spine_rows(hub, code, held_against(hub, code, rows)),
    }


def moves(hub: Hub, rows: list) -> dict:
    """Since the round before: which targets have another status or reason, and how many have a new figure."""
    moved, new, before = [], 0, None
    for row in rows:
        run = hub.judged.runs[key(row)]
        new += not run.stale[-1]
        if len(run.statuses) > 1:
            before = run.labels[-2]
            if run.statuses[-2] != run.statuses[-1]:
                part = hub.parts[row.indicator_code, row.part]
                moved.append(
                    (f"{row.indicator_code} {hub.title(part)}", hub.target(row), run.statuses[-2], run.statuses[-1])
                )
    return {"rows": moved, "new": new, "before": before}


def held_against(hub: Hub, code: str, rows: list) -> list:
    """How the area stands to others on what its targets are about."""
    measures = {(row.indicator_code, row.part) for row in rows}
    return [
        row
        for one in sorted({indicator for indicator, _ in measures})
        for row in hub.compared.comparisons.get((code, one), [])
        if (one, row.part) in measures
    ]
