"""Annual review packs: one page an agreement, made to be printed."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.views import Page
from sitegen.views.commitment import lead
from sitegen.views.target import in_words

WHY_CHANGE = {
    "frozen": "The target is frozen: its review is pending.",
    "baseline_restated": "With its baseline moved as the publisher restated it, it would have another status.",
    "not_comparable": "The figure follows another definition than the target, or is too poor to publish.",
}


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the pack of the newest review of every agreement."""
    for code in hub.assurance.reviews:
        found, rows = partial(context, hub, code), partial(hub.assurance.reviews.get, code)
        yield Page("review", hub.links.review(code), "review.html", found, rows=rows)


def context(hub: Hub, code: str) -> dict:
    """Collect all that one pack shows, section by section."""
    rows = hub.assurance.reviews[code]
    named = [row for row in rows if row.part is None or (row.indicator_code, row.part) in hub.parts]
    of = {name: [row for row in named if row.section == name] for name in {row.section for row in rows}}
    region = hub.areas[code].region_code if code in hub.areas else None
    changes = of.get("change", [])
    return {
        "area": hub.name(code),
        "scorecard": hub.links.agreement(code) if code in hub.judged.of_area else None,
        "region": (hub.name(region), hub.links.office(region)) if region else None,
        "review": rows[0],
        "progress": [commitment(hub, row) for row in of.get("progress", [])],
        "tally": tally(of.get("progress", [])),
        "unresolved": [commitment(hub, row) for row in of.get("unresolved", [])],
        "changed": [commitment(hub, row) for row in changes if row.kind == "changed_in_year"],
        "proposed": [
            commitment(hub, row) | {"why": WHY_CHANGE.get(row.kind, words.words(row.kind))}
            for row in changes
            if row.kind != "changed_in_year"
        ],
        "partners": [partner(hub, row) for row in of.get("partner", [])],
        "judgements": [judgement(hub, row) for row in of.get("inspectorate", []) if row.kind == "judgement"],
        "figures": [commitment(hub, row) for row in of.get("inspectorate", []) if row.kind == "figure"],
        "not_inspected": next(
            (row.statement for row in of.get("inspectorate", []) if row.kind == "none_delivered"), ""
        ),
    }


def tally(rows: list) -> list[tuple]:
    """How many commitments stand how: statuses first, then reasons, in the order the rules tell them."""
    codes = [row.computed_status for row in rows]
    order = [*judged_words.STATUS, *judged_words.REASON]
    return [(judged_words.status(code), codes.count(code), None) for code in order if code in codes]


def commitment(hub: Hub, row) -> dict:
    """One item about a commitment: its name and page, and figures as text."""
    part = hub.parts[row.indicator_code, row.part]
    figure = format.figure(row.actual_value, part.decimals, part.unit)
    return {
        "row": row,
        "name": f"{row.indicator_code} {hub.title(part)}",
        "kind": judged_words.COMMITMENT[row.commitment_type][0] if row.commitment_type else "",
        "path": hub.target(row) if key(row) in hub.judged.runs else hub.path(part),
        "figure": figure or "no figure",
        "target": aimed_at(hub, row, part, row.target_value),
        "before": aimed_at(hub, row, part, row.previous_target_value),
        "lead": lead(hub, row.partnership_code)[0],
        "on": format.day(row.stated_on),
    }


def aimed_at(hub: Hub, row, part, value: float | None) -> str:
    """A target as it reads by its basis: a change, a place or a grade is no figure in the unit of the part."""
    return in_words(hub, part, value, None, row.target_basis, "") if value is not None else "none"


def judgement(hub: Hub, row) -> dict:
    """One judgement of an inspectorate, in words, with the indicator its report names and where it was read."""
    about = hub.headline(row.indicator_code) if row.indicator_code in hub.indicators else None
    return {
        "row": row,
        "assessment": row.assessment_title or words.words(row.assessment),
        "by": hub.judged.organisations.get(row.organisation_code, row.organisation_code),
        "indicator": (f"{about.indicator_code} {about.title}", hub.path(about)) if about else None,
        "judgement": row.judgement_title or words.words(row.judgement),
        "meaning": row.meaning or "the framework does not list this judgement",
        "on": format.day(row.stated_on),
        "path": hub.delivery_path(row.delivery_id),
    }


def partner(hub: Hub, row) -> dict:
    """One partnership, lead organisation or set of returns, and how it did."""
    if row.kind == "organisation":
        name, path = hub.judged.organisations.get(row.organisation_code, row.organisation_code), None
    else:
        name, path = lead(hub, row.partnership_code)
    return {
        "row": row,
        "name": name,
        "path": path,
        "kind": {"partnership": "Partnership", "organisation": "Lead organisation", "returns": "Returns"}[row.kind],
        "counts": "" if row.on_target is None else f"{row.on_target} of {row.assessed} assessed, {row.counted} in all",
    }
