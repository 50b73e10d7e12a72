"""What people said of a commitment: each side's status of a round, and the returns with their actions, as they came."""

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.narrative import narrative


def sides(hub: Hub, rounds: list) -> list[dict]:
    """What each side says of the newest round, and of which round it spoke last: four rows that are never merged."""
    row = rounds[-1]
    rule = f"by the rule \u201c{hub.judged.profiles[row.profile_id].profile_name}\u201d"
    said = [
        ("Computed", "computed_status", judged_words.why(row.computed_status) or rule, row.round_ends_on),
        ("Self-assessed by the partnership", "self_assessed_status",
         "see its return below" if row.self_assessed_status else "no return of this round is known", None),
        ("Government Office view", "office_view", narrative(row.office_reason)
         or ("no reason given" if row.office_view else "no view of this round is known"), row.office_known_from),
        ("Agreed", "agreed_status", narrative(row.agreed_reason)
         or ("no reason given" if row.agreed_status else "nothing agreed of this round is known"), row.agreed_on),
    ]  # fmt: skip
    return [
        {"who": who, "status": getattr(row, name), "why": why, "when": format.day(when), "before": spoken(rounds, name)}
        for who, name, why, when in said
    ]


def spoken(rounds: list, name: str) -> tuple[str, str] | None:
    """The last round a side said anything of, with what it said; None where that is the newest."""
    if getattr(rounds[-1], name) is not None:
        return None
    return next(((row.round_label, getattr(row, name)) for row in rounds[::-1] if getattr(row, name) is not None), None)


def words_of(said) -> list[tuple]:
    """What a return says in words of its own: (label, text)."""
    return [
        ("Commentary", narrative(said.commentary)),
        ("Cause", narrative(said.cause)),
        ("Decision of the board", narrative(said.board_decision)),
    ]


def returns(hub: Hub, row) -> list[dict]:
    """The newest return of each partnership about the indicator, with its actions; all of it as it came."""
    found = []
    for said in hub.judged.returns.get(key(row)[:3], []):
        actions = [
            {"action": narrative(item.action), "owner": item.owner_post or "not told",
             "due": format.day(item.due_on) or "not told", "state": words.words(item.state) or "Not told"}
            for item in hub.judged.actions.get(key(row)[:3], [])
            if (item.partnership_code, item.round_label) == (said.partnership_code, said.round_label)
        ]  # fmt: skip
        lead = hub.judged.partnerships.get(said.partnership_code)
        found.append(
            {
                "said": said,
                "who": lead.partnership_name if lead else said.partnership_code,
                "words": words_of(said),
                "actions": actions,
                "path": hub.judged.partnership_path(said.partnership_code),
            }
        )
    return found
