"""How we judge: every rule in words with its settings and source; and how good the forecasts were."""

from collections.abc import Iterator

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.judged import Judged
from sitegen.views import Page

COMPARED = {
    "annual_target": "the year's target; a figure within the year that adds up is not judged",
    "milestone": "the target brought to the point of the year the figure is of",
    "expected_year_end": "the year's target, with the figure carried on to the end of the year",
    "previous": "the earlier figure that direction is measured from",
    "baseline": "the baseline",
    "peers": "the middle of all areas with a commitment on the indicator",
}
TOLERANCE = {
    "none": "none: there is no near target",
    "relative": "{} percent of what it is held against",
    "two_sided": "{} percent either way of what it is held against",
    "absolute": "{} in the unit of the indicator",
    "per_indicator": "as written down for the indicator, else {} in its unit",
}
NO_NEW_DATA = {
    "carry": "the last status stands until a newer figure is due and does not come",
    "reason": "no status: no new data",
    "off_target": "off target",
}
ASSURANCE = {
    "rollup_psa": ("data-quality", "How fit data is"),
    "go_region_matrix": ("at-risk", "What an office lists as at risk"),
    "barrier": ("barriers", "Which kind of barrier a cause names"),
}
MODELS = (
    ("Status, direction and variance", "fct_performance"),
    ("The rules themselves", "rule_profile"),
    ("The rules of boards", "board_rule"),
    ("Forecasts", "forecast"),
    ("Report cards", "report_card"),
    ("Partnership lights", "partnership_light"),
    ("Exceptions", "exception"),
    ("Share of a plan on track", "plan_on_track"),
    ("The intervention ladder", "intervention"),
    ("Progress of the PSAs", "psa_progress"),
    ("Fitness of a PSA's data", "rollup_psa"),
    ("What is at risk in a region", "go_region_matrix"),
    ("Barriers", "barrier"),
    ("The reward simulation", "reward_simulation"),
)


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the page of the rules and that of the forecasts' track record."""
    yield Page("rules", "rules.html", "rules.html", context(hub), rows=list(hub.judged.profiles.values()))
    yield Page("forecasts", "forecasts.html", "forecasts.html", track_record(hub), rows=hub.judged.track_record.rows)


def context(hub: Hub) -> dict:
    """Collect all that the page of the rules shows."""
    judged = hub.judged
    return {
        "round": judged.round,
        "profiles": [profile(judged, row) for row in judged.profiles.values()],
        "statuses": judged_words.STATUS,
        "reasons": judged_words.REASON,
        "boards": board_rules(hub),
        "ladder": judged.ladder,
        "assurance": [
            {"title": title, "id": name, "rows": hub.assurance.rules.get(rule_of, [])}
            for rule_of, (name, title) in ASSURANCE.items()
        ],
        "models": [(title, hub.links.model(name)) for title, name in MODELS if name in hub.models],
    }


def profile(judged: Judged, row) -> dict:
    """One rule: its words, its settings said one by one, how many commitments it judges now."""
    use = judged.profile_use.get(row.profile_id)
    tolerance = TOLERANCE.get(row.amber_kind, "{}").format(format.number(row.tolerance, None))
    edge = "counts as near" if row.amber_operator == "<=" else "does not count as near any more"
    settings = [
        ("Held against", COMPARED.get(row.compared_with, words.words(row.compared_with))),
        ("A figure equal to the target", "meets it" if row.met_operator == ">=" else "does not meet it"),
        ("Near target, by", tolerance),
        ("A miss by exactly that", edge if row.tolerance is not None else None),
        ("Better than target, over",
         "" if row.exceeded_over is None else f"{format.number(row.exceeded_over, None)} percent"),
        ("Without a new figure", NO_NEW_DATA.get(row.no_new_data, words.words(row.no_new_data))),
        ("Direction is measured from", judged_words.MEASURED_FROM.get(row.direction_basis, row.direction_basis)),
        ("A change counts", "only when chance does not explain it, where that can be tested"
         if row.direction_test == "significance" else f"beyond {format.number(row.direction_tolerance, None)} percent"),
        ("In force", f"{format.day(row.valid_from) or 'from the start'} to {format.day(row.valid_to) or 'now'}"),
        ("Judges now", f"{format.plural(use.commitments, 'commitment')} in {format.plural(use.areas, 'area')}"
         if use else "none of this release"),
    ]  # fmt: skip
    return {"row": row, "settings": [(label, text) for label, text in settings if text]}


def board_rules(hub: Hub) -> list[dict]:
    """The rules of lights, cards and exceptions: words, whose they are, from when, source, the last round of each."""
    groups: dict[str, list] = {}
    for row in hub.judged.board_rules:
        groups.setdefault(words.words(row.rule_of), []).append((row, row.for_area_code and hub.name(row.for_area_code)))
    return [{"title": title, "id": format.slug(title), "rows": rows} for title, rows in groups.items()]


def track_record(hub: Hub) -> dict:
    """How good the forecasts were: all together, by band of chance, by round, by indicator."""
    rows = hub.judged.track_record.rows
    whole = [row for row in rows if row.indicator_code is None]
    return {
        "all": next((row for row in whole if row.round_label is None and row.chance_from is None), None),
        "bands": [_line(hub, row) for row in whole if row.round_label is None and row.chance_from is not None],
        "rounds": [_line(hub, row) for row in whole if row.round_label is not None and row.chance_from is None],
        "indicators": [_line(hub, row) for row in rows if row.indicator_code is not None and row.round_label is None
                       and row.chance_from is None and (row.indicator_code, row.part) in hub.parts],
        "percent": judged_words.percent,
        "number": format.number,
    }  # fmt: skip


def _line(hub: Hub, row) -> dict:
    """One row of the record: what it is of, and its measures as text."""
    if row.indicator_code is not None:
        part = hub.parts[row.indicator_code, row.part]
        name, path = f"{row.indicator_code} {hub.title(part)}", hub.path(part)
    elif row.chance_from is not None:
        name, path = f"{format.number(row.percent_from, 0)}% to {format.number(row.percent_to, 0)}%", None
    else:
        name, path = row.round_label, None
    return {
        "name": name,
        "path": path,
        "row": row,
        "chance": judged_words.percent(row.mean_chance_percent),
        "met": f"{row.met:,} of {row.forecasts:,} = {judged_words.percent(row.met_percent)}",
        "brier": format.number(row.brier_score, 3),
        "within": judged_words.percent(row.within_percent),
        "nearer": judged_words.percent(row.nearer_percent),
    }
