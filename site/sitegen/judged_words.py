"""The plain words and the badges of judgement: statuses, reasons, lights, cards, how a target reads.

Belongs here: one dictionary a code list, and statuses as a shape, a word and a colour. Does not belong here: words that
other pages use (words.py), sentences of one page (views/).
"""

from functools import cache

from markupsafe import Markup

from sitegen import format, words

# No two shapes look alike in black and white, and none points, for "up" is not always good.
STATUS = {
    "exceeded": ("\N{CHECK MARK}\N{CHECK MARK}", "Better than target"),
    "on_target": ("\N{CHECK MARK}", "On target"),
    "near_target": ("\N{ALMOST EQUAL TO}", "Near target"),
    "off_target": ("\N{MULTIPLICATION X}", "Off target"),
}
REASON = {
    "no_new_data": ("No new data", "The rule asks for a new figure every round, and none came in this one."),
    "not_due": ("Not due yet", "The period is not over, or its publisher still has time."),
    "awaited": (
        "Awaited",
        "The figure, or for a rank those of other areas, should have come by the end of the round.",
    ),
    "not_collected": ("Not collected", "Nobody collects this figure for this area in this period."),
    "no_target": ("No target", "No target that could be judged is known for the period."),
    "placeholder": ("Target to come", "The agreement holds a placeholder: the value of the target was not agreed yet."),
    "deferred": ("Deferred", "The target was put off when the agreement was made or reviewed."),
    "frozen": ("Frozen", "The target was frozen: it stands, but nobody is held to it."),
    "no_baseline": ("No baseline", "The target is a change, and there is no baseline to measure it from."),
    "suppressed": ("Suppressed", "The publisher holds the figure back, so that nobody can be identified."),
    "withdrawn": ("Withdrawn", "The target was withdrawn."),
    "broken": ("Not comparable", "The figure follows another definition than the target, or is too poor to publish."),
}
LIGHT = {"green": (STATUS["on_target"][0], "Green"), "amber": (STATUS["near_target"][0], "Amber"),
         "red": (STATUS["off_target"][0], "Red")}  # fmt: skip
NO_LIGHT = {
    "no_indicator_counts": "The rule counts none of the indicators it manages.",
    "no_target": "None of the indicators counted has a target yet.",
    "none_assessed": "None of the indicators counted has a status.",
}
CARD = {
    "due": "Due: nothing has come yet",
    "open": "Open: begun, but cause or action is missing",
    "submitted": "Submitted: waiting for the board",
    "accepted": "Accepted by the board",
    "returned": "Returned by the board",
    "closed": "Closed",
}
CLOSED = {
    "back_on_target": "back on target",
    "no_new_data": "no new data",
    "no_target": "no target any more",
}
EXCEPTION = {"off_target": "Off target", "at_risk": "At risk", "good": "Good exception"}
ANSWER = {
    "answered": "Answered",
    "awaited": "Awaited: at risk since this round, whose returns come later",
    "none_received": "No return since it has been at risk",
    "not_asked_for": "Not asked for",
}
COMMITMENT = {
    "designated": ("Designated target", "Designated targets"),
    "statutory": ("Statutory education target", "Statutory education targets"),
    "local": ("Local target", "Local targets"),
}
MILESTONE = {
    "given": "the milestone the agreement gives for this quarter",
    "seasonal": "the year's target, by the share usually reached by this time of the year",
    "straight_line": "the year's target, by months",
    "annual": "the target as it stands",
}
MEASURED_FROM = {
    "previous_period": "the period before",
    "same_period_last_year": "the same period a year before",
    "last_year_end": "the end of the year before",
    "last_measurement": "the measurement before",
    "baseline": "the baseline",
}
DIRECTION_REASON = {
    "no_figure": "there is no figure yet",
    "no_previous": "there is no earlier figure to compare with",
    "definition_changed": "the definition changed in between",
    "plan_is_best": "closest to plan is best, so neither way is better",
    "no_polarity": "neither higher nor lower is called better",
    "static_at_best": "it cannot be better than it is",
    "not_significant": "the change is no larger than chance explains",
    "within_tolerance": "the change is within the tolerance of the rule",
    "not_tested": "the rule would test the change, but the counts behind it are not published",
}
NO_FORECAST = {
    "not_enough_data": "there are fewer than three yearly figures",
    "outturn_known": "the figure of the target's own year is there",
    "rank": "a rank depends on how all other areas do",
    "ordinal": "grades have an order, but no distances that a line could follow",
    "no_baseline": "there is no baseline to measure the change from",
    "placeholder": "the target has no value yet",
    "deferred": "the target is deferred",
    "frozen": "the target is frozen",
    "withdrawn": "the target was withdrawn",
}
PROGRESS = {"strong": "Strong progress", "some": "Some progress", "no_progress": "No progress",
            "not_yet_assessed": "Not yet assessed"}  # fmt: skip
OUTCOME = {
    "improved": "Improved",
    "not_improved": "Not improved",
    "not_significant": "Not improved: no more than chance explains",
    "no_first_data": "No figure after the baseline yet",
    "not_measured_here": "Not measured by any National Indicator",
}


@cache
def status(code: str | None, nothing: str = "Nothing said") -> Markup:
    """A status as a shape, a word and a colour; a reason for there being none as its word in a dashed box."""
    if code in STATUS:
        return badge(code, *STATUS[code])
    if code is None:
        return Markup('<span class="hub-missing">{}</span>').format(nothing)
    return badge("none", "\N{WHITE CIRCLE}", REASON[code][0] if code in REASON else words.words(code))


@cache
def light(code: str | None) -> Markup:
    """A traffic light as a shape, a word and a colour."""
    return badge(code, *LIGHT[code]) if code in LIGHT else badge("none", "\N{WHITE CIRCLE}", "No light")


def badge(css: str, shape: str, word: str) -> Markup:
    """A shape, a word and a colour."""
    return Markup('<span class="hub-status hub-status--{}"><span aria-hidden="true">{}</span> {}</span>').format(
        format.slug(css), shape, word
    )


def why(code: str) -> str:
    """Say why there is no status; empty where there is one."""
    return "" if code in STATUS else REASON.get(code, ("", words.words(code)))[1]


def target(value: float | None, state: str | None, basis: str | None, part, comparator: str = "", grades=None) -> str:
    """A target as it reads, by its basis, or why it has no value; `grades` are the names of the part's grades."""
    if value is None:
        return REASON[state][0] if state in REASON else "No target"
    if basis == "percent_change":
        return f"a change of {format.figure(value, 1, '%')} from the baseline"
    if basis == "significant_change":
        return f"a significant change, of {format.figure(value, part.decimals, part.unit)} or more from the baseline"
    if basis == "relative":
        return f"{format.signed(value, part.decimals, part.unit)} against {comparator or 'its comparator'}"
    if basis == "rank":
        return f"among the best {format.number(value, 0)} areas"
    if basis == "ordinal":
        return f"{grade(value, part, grades or {})} or better"
    return format.figure(value, part.decimals, part.unit)


def grade(value: float | None, part, grades) -> str:
    """A grade with what it stands for: `grade 2 (effective)`."""
    if value is None:
        return ""
    meaning = f" ({grades[value].lower()})" if value in grades else ""
    return f"{words.unit(part.unit)} {format.number(value, part.decimals)}{meaning}"


def place(value: float | None, of: int | None) -> str:
    """A place among the areas ranked: `place 31 of 150`; empty where there is no rank."""
    return "" if value is None or of is None else f"place {format.number(value, 0)} of {of}"


def compared(row, part) -> str:
    """What a figure was held against, in the terms of the target; empty where there was nothing."""
    if row.areas_ranked is not None:
        return place(row.compared_value, row.areas_ranked)
    return format.figure(row.compared_value, part.decimals, part.unit)


def variance(row, part) -> str:
    """By how much that was beaten or missed, in the terms of the target: `+2.1 pp`, `+4 places`."""
    if row.areas_ranked is None:
        return format.signed(row.variance, part.decimals, part.unit)
    return f"{format.signed(row.variance, 0, None)} {'place' if abs(row.variance) == 1 else 'places'}"


def by_month(day) -> str:
    """Name the month a target is due by: `March 2011`."""
    return f"{format.MONTHS[day.month - 1]} {day.year}" if day else ""


def percent(value: float | None) -> str:
    """A chance or a share already in percent; never said to be certain."""
    if value is None:
        return ""
    text = format.number(value, 0)
    if text == "100" and value < 100:
        return "over 99%"
    return "under 1%" if text == "0" and value > 0 else f"{text}%"
