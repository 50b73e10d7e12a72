"""Public Service Agreement pages: progress, linked indicators, England and the regions, and why there is no total."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.views import Page, Pages, Piece, psa_measure
from sitegen.views.indicator import why_no_data
from sitegen.views.regional import rollup_table


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the list of agreements and a page for each."""
    yield Pages("psa/index.html", partial(index, hub))
    for row in hub.psas:
        yield Pages(hub.links.psa(row.psa_number), partial(psa_pages, hub, row))


def index(hub: Hub) -> Iterator[Page]:
    """Yield the list of agreements."""
    listed = [
        {
            "psa": row,
            "path": hub.links.psa(row.psa_number),
            "linked": len(linked_codes(hub, row)),
            "held": len(linked_codes(hub, row) & hub.codes_held),
            "progress": assessments(hub, row)[:1],
        }
        for row in hub.psas
    ]
    yield Page("psa_index", "psa/index.html", "psas.html", {"psas": listed}, rows=hub.psas)


def psa_pages(hub: Hub, psa) -> Iterator[Page]:
    """Yield the page of an agreement and those of its measures."""
    yield Page(
        "psa",
        hub.links.psa(psa.psa_number),
        "psa.html",
        partial(context, hub, psa),
        rows=hub.judged.progress.get(psa.psa_number) or hub.psa_links.get(psa.psa_number, ()),
    )
    yield from psa_measure.pages(hub, psa)


def linked_codes(hub: Hub, psa) -> set[str]:
    """National indicators linked to an agreement that the framework lists."""
    return {row.indicator_code for row in hub.psa_links.get(psa.psa_number, []) if row.indicator_code in hub.indicators}


def context(hub: Hub, psa) -> dict:
    """Collect all that one agreement's page shows."""
    return {
        "psa": psa,
        "links": links(hub, psa),
        "measures": psa_measure.summaries(hub, psa),
        "reason": no_total(len(linked_codes(hub, psa))),
        "tables": tables(hub, psa),
        "assessments": assessments(hub, psa),
        "outcomes": outcomes(hub, psa),
        "plan": hub.judged.plan_of_psa.get(int(psa.psa_number)),
        "round": hub.judged.round,
    }


def assessments(hub: Hub, psa) -> list[dict]:
    """Progress of an agreement at each spring and autumn, the newest first; each is kept as it was made."""
    return [
        {"row": row, "progress": judged_words.PROGRESS.get(row.progress, words.words(row.progress)),
         "share": f"{row.improved} of {row.indicators} = {format.figure(row.improved_percent, 1, '%')}"}
        for row in reversed(hub.judged.progress.get(int(psa.psa_number), []))
    ]  # fmt: skip


def outcomes(hub: Hub, psa) -> list[dict]:
    """What each indicator of the agreement came to in the newest assessment."""
    newest = next(iter(assessments(hub, psa)), None)
    if newest is None:
        return []
    found = []
    for row in hub.judged.progress_of.get((int(psa.psa_number), newest["row"].assessment), []):
        part = hub.parts.get((row.indicator_code, row.part))
        found.append(
            {"title": row.short_title or "Not stated", "part": part, "path": part and hub.path(part),
             "outcome": judged_words.OUTCOME.get(row.outcome, words.words(row.outcome)),
             "before": part and format.figure(row.baseline_value, part.decimals, part.unit),
             "after": part and format.figure(row.latest_value, part.decimals, part.unit), "row": row}
        )  # fmt: skip
    return found


def no_total(linked: int) -> str:
    """Say why an agreement has no single figure, by how many national indicators are linked to it."""
    if not linked:
        return "No national indicator is linked to this agreement, so no local figure speaks for it."
    if linked == 1:
        return "The agreement is a national one; its one local indicator shows a part of it, not the whole."
    return f"Its {linked} indicators have different units and populations: no single number is right for it."


def links(hub: Hub, psa) -> list[dict]:
    """The agreement's own indicators, each with the national indicator that measures it locally, if any."""
    found = []
    for row in hub.psa_links.get(psa.psa_number, []):
        part = hub.headline(row.indicator_code) if row.indicator_code in hub.indicators else None
        found.append(
            {
                "title": row.short_title,
                "part": part,
                "path": part and hub.path(part),
                "relation": words.say(words.RELATION, row.relation or "national_only"),
                "data": "" if part is None else why_no_data(hub, part) or "Data held",
                "verification": words.say(words.VERIFICATION, row.verification),
            }
        )
    return found


def tables(hub: Hub, psa) -> list[dict]:
    """One table of England and the regions for each linked indicator part with roll-ups."""
    found = []
    for code in sorted(linked_codes(hub, psa)):
        for part in hub.indicators[code]:
            if rows := rollup_table(hub, part):
                found.append(
                    {
                        "id": format.slug(f"{code} {part.part}"),
                        "part": part,
                        "path": hub.path(part),
                        "title": hub.title(part),
                        "rows": rows,
                        "polarity": words.say(words.POLARITY, part.polarity),
                    }
                )
    return found
