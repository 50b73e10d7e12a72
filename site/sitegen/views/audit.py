"""The audit log: every change of a target, an owner, a rule, a definition, and every correction; who, when and what."""

from collections.abc import Iterator
from functools import partial

from sitegen import changes, format, judged_words, words
from sitegen.hub import Hub
from sitegen.links import safe
from sitegen.narrative import narrative
from sitegen.views import Page

KIND = {
    "target_reset": ("Target re-set", "Targets re-set"),
    "target_state": ("Target agreed, put off, frozen or withdrawn", "Targets agreed, put off, frozen or withdrawn"),
    "baseline_restated": ("Baseline restated", "Baselines restated"),
    "owner_named": ("Duty given an owner", "Duties given an owner"),
    "owner_moved": ("Duty moved to another owner", "Duties moved to another owner"),
    "owner_gone": ("Duty without an owner any more", "Duties without an owner any more"),
    "rule_changed": ("Judged by another rule", "Commitments judged by another rule"),
    "definition_changed": ("Definition changed", "Definitions changed"),
    "corrected": ("Figure corrected by the hub", "Figures corrected by the hub"),
}


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the log by area, and a page for every area with an entry; what concerns no area stands in the list."""
    yield Page("audit_index", "audit/index.html", "audits.html", partial(index, hub))
    for code in filter(None, hub.history.audit):
        found, rows = partial(context, hub, code), partial(hub.history.audit.get, code)
        yield Page("audit", path(code), "audit.html", found, rows=rows)


def index(hub: Hub) -> dict:
    """How many entries of each kind and area there are, and those that concern no area."""
    counts: dict[str, int] = {}
    areas, nowhere = [], []
    for code, rows in hub.history.audit.items():
        for row in rows:
            counts[row.kind] = counts.get(row.kind, 0) + 1
        if code is None:
            nowhere = [_event(hub, row) for row in rows]
        else:
            areas.append({"name": hub.name(code), "path": path(code), "number": len(rows), "last": rows[0].day})
    return {
        "counts": [(KIND[kind][number != 1], number) for kind, number in counts.items()],
        "number": sum(counts.values()),
        "areas": sorted(areas, key=lambda area: area["name"]),
        "nowhere": nowhere,
    }


def path(area_code: str) -> str:
    """Address of the log of an area."""
    return f"audit/{safe(area_code)}.html"


def context(hub: Hub, code: str) -> dict:
    """The log of one area, the newest first."""
    rows = hub.history.audit[code]
    return {
        "area": hub.name(code),
        "area_path": hub.links.area(code),
        "agreement": hub.links.agreement(code) if code in hub.judged.of_area else None,
        "number": len(rows),
        "rows": [_event(hub, row) for row in rows],
    }


def _event(hub: Hub, row) -> dict:
    """One entry: when, what, of what, before and after, why, and who brought it."""
    part = hub.parts.get((row.indicator_code, row.part))
    partnership = hub.judged.partnerships.get(row.partnership_code)
    return {
        "day": format.day(row.day) or "from the start",
        "kind": KIND[row.kind][0],
        "title": f"{row.indicator_code} {hub.title(part)}" if part else row.indicator_code,
        "path": hub.path(part) if part else None,
        "concerns": row.concerns or "",
        "partnership": partnership.partnership_name if partnership else row.partnership_code or "",
        "partnership_path": hub.judged.partnership_path(row.partnership_code),
        "before": _said(hub, row, row.before),
        "after": _said(hub, row, row.after),
        "why": narrative(row.why),
        "by": row.publisher or ("the published rules" if row.kind == "rule_changed" else ""),
        "delivery": row.delivery_id if row.delivery_id in hub.deliveries else None,
        "file": row.source_file or "",
        "row": row.source_row,
    }


def _said(hub: Hub, row, text: str | None) -> str:
    """A value before or after as it reads: a rule by its name, a unit in words, a state by its reason, or a figure."""
    if row.kind == "rule_changed":
        found = hub.judged.profiles.get(text)
        return found.profile_name if found else text or "none"
    if row.kind == "definition_changed":
        return words.unit(text) or "none"
    if text in judged_words.REASON:
        return judged_words.REASON[text][0]
    return text or "none" if row.kind.startswith("owner") else changes.figure(text or None)
