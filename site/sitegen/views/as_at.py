"""As at a day: what each collection round could rest on, and how every agreement stood by what was known then."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from sitegen import format, judged_words
from sitegen.frozen import Release
from sitegen.hub import Hub
from sitegen.views import Page


def pages(hub: Hub, releases: list[Release]) -> Iterator[Page]:
    """Yield the choice of a day or release, and a page for every round that was judged."""
    stood = hub.history.stood
    lit: dict[str, dict[str, int]] = {}
    for row in hub.history.lit.rows:
        lit.setdefault(row.round_label, {})[row.light] = row.partnerships
    rounds = [_round(row, stood.get(row.round_label, []), lit.get(row.round_label, {}))
              for row in hub.history.known.rows]  # fmt: skip
    rounds = [item for item in rounds if item["judged"]]
    names = [{"name": release.name, "as_at": format.iso_day(release.manifest["as_at"])} for release in releases]
    yield Page("as_at_index", "as-at/index.html", "as_ats.html", {"rounds": rounds, "releases": names})
    for place, item in enumerate(rounds):
        around = {"before": rounds[place - 1] if place else None, "after": (rounds[place + 1 :] or [None])[0]}
        yield Page(
            "as_at",
            item["path"],
            "as_at.html",
            partial(context, hub, item, stood[item["label"]], around),
            rows=stood[item["label"]],
        )


def _round(row, stood: list, lights: dict[str, int]) -> dict:
    """One round: its day, how many figures were known then, how its commitments and partnerships stood."""
    counts: dict[str, int] = {}
    for one in stood:
        counts[one.computed_status] = counts.get(one.computed_status, 0) + one.commitments
    return {
        "label": row.round_label,
        "day": format.day(row.ends_on),
        "iso": row.ends_on.isoformat(),
        "path": f"as-at/{format.slug(row.round_label)}.html",
        "figures": f"{row.figures:,}",
        "indicators": row.indicators,
        "newest": format.day(row.newest) or "none",
        "judged": bool(stood),
        "numbers": [counts.get(code, 0) for code in judged_words.STATUS],
        "rest": sum(number for code, number in counts.items() if code not in judged_words.STATUS),
        "lights": [(code, lights[code]) for code in judged_words.LIGHT if code in lights],
    }


def context(hub: Hub, item: dict, stood: list, around: dict) -> dict:
    """How every agreement stood at the end of one round, by what was known on that day; `around` leads to others."""
    lines = []
    for code, some in groupby(stood, key=lambda row: row.area_code):
        counts = {row.computed_status: row.commitments for row in some}
        reasons = [(number, judged_words.REASON.get(name, (name,))[0].lower()) for name, number in counts.items()
                   if name not in judged_words.STATUS]  # fmt: skip
        lines.append(
            {
                "name": hub.name(code),
                "path": hub.links.agreement(code) if code in hub.judged.of_area else None,
                "numbers": [counts.get(name, 0) for name in judged_words.STATUS],
                "reasons": ", ".join(f"{name} {number}" for number, name in sorted(reasons, reverse=True)) or "none",
            }
        )
    return around | {
        "round": item,
        "areas": sorted(lines, key=lambda line: line["name"]),
        "statuses": list(judged_words.STATUS),
    }
