"""A measure of a Public Service Agreement by region: what each adds to England's change, who chose it, how fit."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, words
from sitegen.data import ENGLAND, by
from sitegen.hub import Cell, Hub
from sitegen.views import Page

CONTRIBUTION = {
    "ratio_of_sums": "A region adds what its own rate did, weighted with its share of England's denominator, and what"
    " the shift of that denominator towards regions above or below England did. The nine add up to England's change.",
    "sum": "A region adds its own change. The nine add up to England's.",
}


def pages(hub: Hub, psa) -> Iterator[Page]:
    """Yield a page for every measure of an agreement that has a figure or a designated target."""
    for (number, code, name), rows in measures(hub, psa).items():
        if has_page(hub, rows):
            part = hub.parts[code, name]
            found = partial(context, hub, psa, part, rows)
            yield Page("psa_measure", path(hub, number, part), "psa_measure.html", found, rows=rows)


def measures(hub: Hub, psa) -> dict[tuple, list]:
    """The rows of each measure of an agreement."""
    return by(hub.assurance.measures.get(int(psa.psa_number), []), "psa_number", "indicator_code", "part")


def has_page(hub: Hub, rows: list) -> bool:
    """Whether there is more to say of a measure than that nothing is held."""
    known = (rows[0].indicator_code, rows[0].part) in hub.parts
    return known and any(row.period_label is not None or row.laas_chosen for row in rows)


def path(hub: Hub, number: int, part) -> str:
    """Address of a measure's page."""
    head = hub.headline(part.indicator_code).part
    return hub.links.psa_measure(str(number), part.indicator_code, part.part, head)


def summaries(hub: Hub, psa) -> list[dict]:
    """England's row of every measure of an agreement, with the address of its page."""
    found = []
    for (number, code, name), rows in measures(hub, psa).items():
        part = hub.parts.get((code, name))
        if part is None:
            continue
        england = next(row for row in rows if row.region_code == ENGLAND)
        where = path(hub, number, part) if has_page(hub, rows) else None
        found.append(shown(hub, england, part) | {"title": f"{code} {hub.title(part)}", "path": where})
    return found


def shown(hub: Hub, row, part) -> dict:
    """One row as tables show it: figure or reason, change, contribution, agreements, coverage, rule of the rating."""
    missing = Cell("no figure", missing=True)
    return {
        "row": row,
        "name": hub.name(row.region_code),
        "office": hub.links.office(row.region_code),
        "figure": missing if row.value is None else hub.cell(row.value, None, part),
        "period": row.period_label or "",
        "reason": row.reason or "",
        "change": format.signed(row.change, _finer(part), part.unit),
        "contribution": format.signed(row.contribution, _finer(part), part.unit),
        "rate_effect": format.signed(row.rate_effect, _finer(part), part.unit),
        "mix_effect": format.signed(row.mix_effect, _finer(part), part.unit),
        "agreements": agreements(row),
        "coverage": f"{row.areas_reporting} of {row.areas_due} areas" if row.areas_due else "no area due",
        "rule": hub.assurance.rule_words.get(("rollup_psa", row.quality_rule_id), ""),
        "proof": proof(hub, row, part),
        "later": bool(row.first_known_on and row.first_known_on > row.round_ends_on),
    }


def proof(hub: Hub, row, part) -> str:
    """Address of the areas a figure adds up, or of the publisher's own figure; where there is none, of the rule."""
    of_period = (row.period_label, row.period_basis)
    for rolled in hub.rollups.get((row.indicator_code, row.part, row.region_code), []):
        if (rolled.period_label, rolled.period_basis) == of_period:
            return hub.rollup_proof(part, rolled)
    return f"{hub.links.model('rollup_region')}#sql"


def _finer(part) -> int | None:
    """Decimals of a change: of a rate two more than the figure has, for a region's part in England's is small."""
    return (part.decimals or 0) + 2 if part.aggregation_rule == "ratio_of_sums" else part.decimals


def agreements(row) -> str:
    """How many agreements chose the measure, are assessed and on target."""
    if not row.laas_chosen:
        return "chosen by none"
    return f"{row.laas_on_target} of {row.laas_assessed} assessed; chosen by {row.laas_chosen}"


def context(hub: Hub, psa, part, rows: list) -> dict:
    """Collect all that one measure's page shows."""
    order = {code: place for place, code in enumerate(hub.nations)}
    regions = [shown(hub, row, part) for row in sorted(rows, key=lambda row: order.get(row.region_code, len(order)))]
    key = (int(psa.psa_number), part.indicator_code, part.part)
    england = next(row for row in rows if row.region_code == ENGLAND)
    return {
        "psa": psa,
        "psa_path": hub.links.psa(psa.psa_number),
        "part": part,
        "title": hub.title(part),
        "path_of_measure": hub.path(part),
        "polarity": words.say(words.POLARITY, part.polarity),
        "round": hub.judged.round,
        "ends": rows[0],
        "regions": regions,
        "splits": any(row["contribution"] for row in regions),
        "how": CONTRIBUTION.get(england.method, ""),
        "no_split": england.contribution_reason,
        "rounds": [shown(hub, row, part) for row in reversed(hub.assurance.history.get(key, []))],
    }
