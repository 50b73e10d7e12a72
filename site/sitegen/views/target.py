"""The page of one commitment: how it stands and by which rule, what was said of it, what is missing, its history."""

from collections.abc import Iterator
from functools import partial

from sitegen import format, judged_words, words
from sitegen.hub import Hub
from sitegen.judged import Commitment, key
from sitegen.narrative import narrative
from sitegen.views import Page
from sitegen.views.report_card import cards
from sitegen.views.target_said import returns, sides
from sitegen.views.target_trend import ON_SCALE, chart

# Of each round what its row on the page says; the mart has more.
COLUMNS = (
    "area_code", "indicator_code", "part", "commitment_type", "round_label", "profile_id", "target_period_label",
    "target_basis", "target_value", "target_state", "milestone_kind", "compared_value", "actual_period_label",
    "actual_value", "actual_mark", "actual_status", "actual_known_from", "actual_delivery_id", "computed_status",
    "variance", "direction", "direction_basis", "previous_period_label", "previous_value", "forecast_period",
    "forecast_value", "forecast_lower", "forecast_upper", "chance_percent", "self_assessed_status", "office_view",
    "agreed_status", "partnership_code", "organisation_code", "edition",
)  # fmt: skip


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the page of every commitment that was judged in the newest round, and of those that ended before."""
    history = hub.judged.history
    for one in map(Commitment._make, history):
        if (one.indicator_code, one.part) in hub.parts:
            found = partial(context, hub, tuple(one))
            rows = partial(history.get, tuple(one))
            yield Page("target", hub.target(one), "target.html", found, rows=rows, columns=COLUMNS)


def context(hub: Hub, commitment: tuple) -> dict:
    """Collect all that one commitment's page shows."""
    rounds = hub.judged.history[commitment]
    row = rounds[-1]
    part = hub.parts[row.indicator_code, row.part]
    return {
        "row": row,
        "part": part,
        "title": hub.title(part),
        "area": hub.name(row.area_code),
        "type": judged_words.COMMITMENT[row.commitment_type][0],
        "first_line": first_line(hub, row, part),
        "forecast": forecast(hub, row, part),
        "why": judged_words.why(row.computed_status),
        "facts": facts(hub, row, part),
        "chart": chart(hub, rounds, part),
        "on_scale": row.target_basis in ON_SCALE,
        "sides": sides(hub, rounds),
        "targets": targets(hub, row, part),
        "cards": cards(hub, key(row)),
        "returns": returns(hub, row),
        "rounds": [stood(hub, item, part) for item in reversed(rounds)],
        "profile": hub.judged.profiles[row.profile_id],
        "missing": missing(row),
        "proofs": proofs(hub, row, part),
    }


def comparator(hub: Hub, row) -> str:
    """Name of the area a relative target is held against."""
    found = (item.comparator_code for item in hub.judged.targets.get(key(row), []) if item.comparator_code)
    return hub.name(next(found, ""))


def aim(hub: Hub, row, part) -> str:
    """The last target of a commitment as it reads."""
    return in_words(hub, part, row.final_value, row.final_state, row.target_basis, comparator(hub, row))


def in_words(hub: Hub, part, value: float | None, state: str | None, basis: str | None, other: str) -> str:
    """A target of the part as it reads; `other` is the name of the area it is held against, if any."""
    grades = hub.judged.grades.get((part.indicator_code, part.part), {})
    return judged_words.target(value, state, basis, part, other, grades)


def figure(value: float | None, part) -> str:
    """A value of the part in its unit."""
    return format.figure(value, part.decimals, part.unit)


def first_line(hub: Hub, row, part) -> str:
    """Say in one line which way is better, what is aimed at, and where it stands."""
    said = [words.say(words.POLARITY, part.polarity) or "Which way is better is not stated"]
    due = f" by {judged_words.by_month(row.final_period_end)}" if row.final_period_end else ""
    if row.final_value is not None:
        said.append(f"Target {aim(hub, row, part)}{due}")
    else:
        said.append(f"No target value{due}: {aim(hub, row, part).lower()}")
    if row.actual_value is not None:
        state = words.say(words.STATUS, row.actual_status).lower()
        said.append(f"Latest {figure(row.actual_value, part)}, {row.actual_period_label}, {state}")
        if row.areas_ranked is not None:
            said.append(f"That is {judged_words.place(row.judged_value, row.areas_ranked)} areas, the best first")
    else:
        said.append(f"No figure yet: {latest(hub, row, part)}")
    return ". ".join(said) + "."


def latest(hub: Hub, row, part) -> str:
    """The figure a round was judged on, or why there is none."""
    if row.actual_value is None and row.actual_mark is None:
        return judged_words.REASON.get(row.computed_status, ("none was known",))[0].lower()
    return hub.cell(row.actual_value, row.actual_mark, part).text


def forecast(hub: Hub, row, part) -> str:
    """The forecast of the last target in words, with interval and chance, or why there is none."""
    if row.forecast_value is None:
        return f"No forecast: {judged_words.NO_FORECAST.get(row.forecast_reason, 'no target is known')}."
    spread = f"{figure(row.forecast_lower, part)} and {figure(row.forecast_upper, part)}"
    chance = judged_words.percent(row.chance_percent)
    return (
        f"Forecast for {row.forecast_period}: {figure(row.forecast_value, part)}, four times in five between {spread}, "
        f"if the straight line through {row.points} yearly figures ({row.first_period_label} to "
        f"{row.last_period_label}) goes on. "
        + (f"Chance of meeting the target: {chance}." if chance else "No chance is given: neither way is better.")
    )


def facts(hub: Hub, row, part) -> list[tuple]:
    """The summary list: (label, text, path or None)."""
    judged = hub.judged
    lead = judged.partnerships.get(row.partnership_code)
    level, beside = judged.levels.get(key(row)), hub.beside_others(row)
    found = [
        ("Area", hub.name(row.area_code), hub.links.agreement(row.area_code)),
        ("Indicator", f"{row.indicator_code} {hub.part_title(part)}", hub.path(part)),
        ("Beside others", beside and "England, its region and similar areas", beside),
        ("Lead partnership", lead and lead.partnership_name, judged.partnership_path(row.partnership_code)),
        ("Lead organisation", judged.organisations.get(row.organisation_code, row.organisation_code), None),
        ("Age of the figure", _age(row), None),
        ("Steps due", level and f"Level {level.level}, {level.level_name.lower()}", "rules.html#ladder"),
        ("Reward grant", "Can earn reward" if row.reward_eligible else "Cannot earn reward", None),
    ]
    found += [
        (f"Simulated reward, {item.scheme_id}", item.explanation, f"{hub.links.agreement(row.area_code)}#reward")
        for item in judged.simulated.get(key(row), [])
    ]
    return [item for item in found if item[1]]


def _age(row) -> str:
    months = row.data_age_months
    return "" if months is None else f"{format.plural(months, 'month')} at the end of {row.round_label}"


def targets(hub: Hub, row, part) -> list[dict]:
    """The targets of each year as they stand now, with where they were read."""
    return [
        {
            "period": item.period_label,
            "text": in_words(
                hub, part, item.target_value, item.state, item.target_basis, hub.name(item.comparator_code or "")
            ),
            "state": judged_words.REASON.get(item.state, (words.words(item.state),))[0],
            "decision": narrative(item.decision) or "not told",
            "decided": format.day(item.decided_on),
            "version": item.version,
            "known": format.day(item.known_from),
            "place": f"{item.source_file}, sheet {item.source_sheet}, {format.source_rows(str(item.source_row))}",
        }
        for item in hub.judged.targets.get(key(row), [])
    ]


def stood(hub: Hub, row, part) -> dict:
    """How the commitment stood in one round: figure, what it was held against, and what each side said."""
    held = judged_words.MILESTONE.get(row.milestone_kind, "")
    return {
        "row": row,
        "figure": latest(hub, row, part),
        "missing": row.actual_value is None,
        "period": row.actual_period_label or "",
        "state": words.say(words.STATUS, row.actual_status),
        "place": judged_words.place(row.judged_value, row.areas_ranked),
        "against": judged_words.compared(row, part) or "nothing",
        "how": held,
        "variance": judged_words.variance(row, part) if row.variance is not None else "",
        "why": judged_words.why(row.computed_status),
        "since": measured_from(row, part),
        "remark": judged_words.DIRECTION_REASON.get(row.direction_reason, ""),
        "chance": judged_words.percent(row.chance_percent)
        or f"none: {judged_words.NO_FORECAST.get(row.forecast_reason, 'no target is known')}",
        "new": row.has_new_data,
        "profile": hub.judged.profiles[row.profile_id].profile_name,
    }  # fmt: skip


def measured_from(row, part) -> str:
    """Say what the direction of a round is measured from."""
    base = f"against {judged_words.MEASURED_FROM.get(row.direction_basis, 'the figure before')}"
    if row.previous_value is None:
        return base
    return f"{base} ({figure(row.previous_value, part)}, {row.previous_period_label})"


def missing(row) -> list[tuple[str, str]]:
    """What the newest round lacks, each with why."""
    found = [
        ("Status", judged_words.why(row.computed_status)),
        ("Direction of travel", judged_words.DIRECTION_REASON.get(row.direction_reason, "")
         if row.direction == "no_comparison" else ""),
        ("Forecast", judged_words.NO_FORECAST.get(row.forecast_reason, "no target is known")
         if row.forecast_value is None else ""),
        ("Self-assessment", "" if row.self_assessed_status else "no return of this round is known"),
        ("Government Office view", "" if row.office_view else "no review of this round is known"),
        ("Agreed status", "" if row.agreed_status else "nothing agreed of this round is known"),
    ]  # fmt: skip
    return [item for item in found if item[1]]


def proofs(hub: Hub, row, part) -> list[tuple[str, str]]:
    """Where the numbers of the page come from: (words, path)."""
    seen = hub.series.get((part.indicator_code, part.part, row.area_code))
    found = [("The area's latest figure, to the cell of the file", hub.proof(part, seen[-1]))] if seen else []
    return [
        *found,
        ("How status, direction and variance are worked out (SQL)", f"{hub.links.model('fct_performance')}#sql"),
        ("How the forecast is worked out (SQL)", f"{hub.links.model('forecast')}#sql"),
        ("How report cards are worked out (SQL)", f"{hub.links.model('report_card')}#sql"),
    ]
