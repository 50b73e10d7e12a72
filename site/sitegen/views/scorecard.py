"""Scorecards of agreements: an area's commitments with their statuses, its cards, its plans, and a simulated reward."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from sitegen import format, judged_words, words
from sitegen.charts_bar import bullet, sparkline
from sitegen.charts_rug import LETTERS, Strand, rug
from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.views import Page, Pages, Piece
from sitegen.views.commitment import listed, shown, tally

SPARK_PERIODS = 6


def pages(hub: Hub) -> Iterator[Piece]:
    """Yield the list of agreements and the scorecard of each."""
    yield Pages("laa/index.html", partial(index, hub))
    of_area = hub.judged.of_area
    for code in of_area:
        found, rows = partial(context, hub, code), partial(of_area.get, code)
        yield Page("scorecard", hub.links.agreement(code), "scorecard.html", found, rows=rows)


def index(hub: Hub) -> Iterator[Page]:
    """Yield the list of agreements, by name."""
    judged = hub.judged
    areas = sorted(judged.of_area, key=lambda code: (hub.name(code), code))
    listing = {"areas": [summary(hub, code) for code in areas], "round": judged.round, "statuses": judged_words.STATUS}
    yield Page("agreement_index", "laa/index.html", "scorecards.html", listing, rows=judged.newest.rows)


def counted(hub: Hub, code: str) -> dict[str, int]:
    """Commitments of an area by status or reason in the newest round."""
    return {row.computed_status: row.commitments for row in hub.judged.counts.get(code, [])}


def summary(hub: Hub, code: str) -> dict:
    """One line of the list: counts by status, those without one together with the commonest reason, cards owed."""
    counts = counted(hub, code)
    reasons = {name: number for name, number in counts.items() if name not in judged_words.STATUS}
    named = {name: judged_words.REASON.get(name, (words.words(name),))[0].lower() for name in reasons}
    region = hub.areas[code].region_code if code in hub.areas else None
    return {
        "name": hub.name(code),
        "path": hub.links.agreement(code),
        "region": hub.name(region) if region else "none",
        "numbers": [counts.get(name, 0) for name in judged_words.STATUS],
        "reasons": ", ".join(f"{named[name]} {number}" for name, number in reasons.items()) or "none",
        "cards": ", ".join(f"{row.card_state} {row.cards}" for row in hub.judged.card_counts.get(code, [])) or "none",
    }


def context(hub: Hub, code: str) -> dict:
    """Collect all that one area's scorecard shows."""
    commitments = shown(hub, hub.judged.of_area[code])
    rows = [listed(hub, row) | drawn(hub, row) for row in commitments]
    return {
        "area": hub.name(code),
        "area_path": hub.links.area(code),
        "pack": hub.links.pack(code),
        "review": hub.links.review(code) if code in hub.assurance.reviews else None,
        "round": hub.judged.round,
        "rug": tartan(hub, code, commitments),
        "letters": [(status, LETTERS[status]) for status in judged_words.STATUS],
        "tally": tally(counted(hub, code)),
        "groups": [
            {"title": titles[1], "id": kind, "rows": [row for row in rows if row["row"].commitment_type == kind]}
            for kind, titles in judged_words.COMMITMENT.items()
        ],
        "cards": [row for row in rows if row["card"]],
        "plans": plans(hub, code),
        "partnerships": partnerships(hub, code),
        "simulations": hub.judged.simulations.get(code, []),
    }


def drawn(hub: Hub, row) -> dict:
    """The figure against what it was held against, and its line over the periods, both the height of a row."""
    part = hub.parts[row.indicator_code, row.part]
    series = hub.series.get((row.indicator_code, row.part, row.area_code), [])
    basis = {one.period_basis for one in series if one.period_label == row.actual_period_label}
    values = [
        one.value for one in series if one.definition_version == part.definition_version and one.period_basis in basis
    ]
    level = row.target_basis == "level" and row.areas_ranked is None
    return {
        "bullet": bullet(row.actual_value, row.compared_value, row.previous_value) if level else "",
        "spark": sparkline(values[-SPARK_PERIODS:]),
    }


def tartan(hub: Hub, code: str, rows: list, lead: str = "") -> Markup:
    """Commitments of an area by round, as a rug of statuses; `lead` is the way from the page to those of agreements."""
    runs = [hub.judged.runs[key(row)] for row in rows]
    columns = [label for label in hub.judged.rounds if any(label in run.labels for run in runs)]
    strands = []
    for row, run in zip(rows, runs, strict=True):
        stood = dict(zip(run.labels, zip(run.statuses, run.stale, strict=True), strict=True))
        kind = "" if row.commitment_type == "designated" else f", {row.commitment_type}"
        part = "" if hub.parts[row.indicator_code, row.part] is hub.headline(row.indicator_code) else f" {row.part}"
        cells = tuple(stood.get(label, (None, False)) for label in columns)
        strands.append(Strand(f"{row.indicator_code}{part.replace('_', ' ')}{kind}", lead + hub.target(row)[4:], cells))
    said = {name: words for name, (_, words) in judged_words.STATUS.items()}
    return rug("rug", f"{hub.name(code)}: status of each of its commitments by round", columns, strands, said)


def plans(hub: Hub, code: str) -> list[dict]:
    """The area's plans with how much of each is on track."""
    return [plan(hub, row) for row in hub.judged.plans_of.get(code, [])]


def plan(hub: Hub, row) -> dict:
    """One plan: its name, its shares with their counts, and how many exceptions it has."""
    share = format.figure(row.percent_of_all, 1, "%")
    assessed = f"{format.figure(row.percent_of_assessed, 1, '%')} of those assessed" if not row.reason else ""
    return {
        "row": row,
        "title": row.title or row.partnership_name or row.plan_code,
        "type": words.words(row.plan_type),
        "path": hub.judged.plan_path(row.plan_code),
        "share": share,
        "assessed": assessed or "none is assessed",
        "counts": f"{row.commitments_on_track} of {row.commitments} on track, {row.commitments_assessed} assessed",
        "coverage": format.figure(row.coverage_percent, 0, "%"),
    }


def partnerships(hub: Hub, code: str) -> list[dict]:
    """The area's partnerships with their lights."""
    return [
        {
            "name": row.partnership_name,
            "path": hub.judged.partnership_path(row.partnership_code),
            "light": newest(hub, row),
        }
        for row in hub.judged.partnerships_of.get(code, [])
    ]


def newest(hub: Hub, partnership):
    """The light of a partnership in the newest round, if it managed anything then."""
    lights = hub.judged.lights.get(partnership.partnership_code, [])
    return lights[-1] if lights and lights[-1].round_label == hub.judged.round.round_label else None
