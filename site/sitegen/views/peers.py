"""Pages of comparison: who an area is held against and why, and how it stands to them, ten indicators a page."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter

from sitegen import compared, format, words
from sitegen.charts import Spot, strip
from sitegen.charts_bar import spine
from sitegen.hub import Hub
from sitegen.links import family
from sitegen.views import Page

ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def pages(hub: Hub) -> Iterator[Page]:
    """Yield for every area compared its list of peers and a page for every ten indicators."""
    measures = list(hub.compared.measures)
    for code, some in groupby(measures, key=itemgetter(0)):
        if hub.links.area(code):
            peers = partial(hub.compared.peers.get, code, ())
            yield Page("peers", hub.links.peers(code), "peers.html", partial(overview, hub, code), rows=peers)
            for name in dict.fromkeys(family(measure[1]) for measure in some if measure[1:] in hub.parts):
                found, rows = partial(comparison, hub, code, name), partial(comparisons, hub, code, name)
                yield Page("comparison", hub.links.peers(code, name), "comparison.html", found, rows=rows)


def families(hub: Hub, code: str) -> list[dict]:
    """The pages of ten indicators that an area has, each as a link."""
    rows = [row for row in hub.compared.measures_of[code] if (row.indicator_code, row.part) in hub.parts]
    return [
        _family(hub, code, name, list(some)) for name, some in groupby(rows, lambda row: family(row.indicator_code))
    ]


def comparisons(hub: Hub, code: str, name: str | None = None) -> list:
    """How an area stands to others on the measures of one family, or on all."""
    codes = dict.fromkeys(row.indicator_code for row in hub.compared.measures_of[code])
    return [
        row
        for one in codes
        if name in (None, family(one))
        for row in hub.compared.comparisons[code, one]
        if (one, row.part) in hub.parts
    ]


def _family(hub: Hub, code: str, name: str, rows: list) -> dict:
    """A page of ten indicators as a link: which it has, and how many measures."""
    codes = list(dict.fromkeys(row.indicator_code for row in rows))
    title = codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}"
    measures = len({(row.indicator_code, row.part) for row in rows})
    return {"name": name, "title": title, "path": hub.links.peers(code, name), "measures": measures}


def overview(hub: Hub, code: str) -> dict:
    """Who the area is held against: each set of peers with its words, nearest first; and how it stands, as a spine."""
    rows = hub.compared.peers.get(code, [])
    sets = [
        _peer_set(hub, code, one, [row for row in rows if row.peer_set == name])
        for name, one in hub.compared.sets.items()
    ]
    return {"area": hub.name(code), "area_path": hub.links.area(code), "sets": sets, "families": families(hub, code),
            "spine": spine_rows(hub, code, comparisons(hub, code))}  # fmt: skip


def spine_rows(hub: Hub, code: str, rows: list) -> list[dict]:
    """One row a headline measure that England has a figure of: figures, verdict, and all of it drawn."""
    found = []
    for key, some in groupby(rows, key=lambda row: (row.indicator_code, row.part)):
        by_name = {row.comparator: row for row in some}
        england, part = by_name.get("england"), hub.parts[key]
        if (
            england is None
            or england.value is None
            or england.comparator_value is None
            or not part.is_headline
            or part.framework != "NI"
        ):
            continue
        shown = hub.other_definition(part, england.definition_version) or part
        spread = hub.compared.spreads[tuple(getattr(england, name) for name in compared.SPREAD)]
        others = [(name, row.comparator_value) for name, row in by_name.items()
                  if name != "england" and row.comparator_value is not None]  # fmt: skip
        limits = None if england.lower_limit is None else (england.lower_limit, england.upper_limit)
        found.append(
            {
                "code": key[0],
                "title": hub.title(part),
                "path": hub.beside_others(england).removeprefix("peers/"),  # rows are many: the way there is said once
                "period": england.period_label,
                "own": format.figure(england.value, shown.decimals, shown.unit),
                "england": format.figure(england.comparator_value, shown.decimals, shown.unit),
                "range": f"{format.number(spread.lowest, shown.decimals)} to "
                f"{format.number(spread.highest, shown.decimals)}",
                "css": england.significance.replace("_", "-"),
                "verdict": compared.VERDICT[england.significance][2],
                "spine": spine(
                    england.value, limits, england.comparator_value, spread, others,
                    verdict=england.significance.replace("_", "-"), mirrored=part.polarity == "lower_is_better",
                ),
            }
        )  # fmt: skip
    return found


def _peer_set(hub: Hub, code: str, one, rows: list) -> dict:
    """One way of choosing peers, and whom it chose; open peers with each variable's values."""
    made_of = [hub.compared.variables.get((code, one.peer_set, row.peer_code), []) for row in rows]
    variables = made_of[0] if made_of else []
    return {
        "row": one,
        "own": [_value(item.value) for item in variables],
        "variables": [_title(item) for item in variables],
        "peers": [_peer(hub, row, values) for row, values in zip(rows, made_of, strict=True)],
    }


def _title(item) -> str:
    """A variable with its weight, and the period of its figures where it is an indicator."""
    period = f", {item.period_label}" if item.period_label else ""
    return f"{item.title}{period}; weight {format.number(item.weight, None)}"


def _peer(hub: Hub, row, values: list) -> dict:
    """One peer: its name and page, or what the list calls it and why it is left out; how near, and what parts them."""
    here = row.peer_code in hub.compared.areas and hub.links.area(row.peer_code)
    return {
        "place": row.rank,
        "name": hub.name(row.peer_code) if row.peer_code else f"number {row.peer_as_published} of the list",
        "path": hub.links.peers(row.peer_code) if here else row.peer_code and hub.links.area(row.peer_code),
        "near": row.closeness or f"{row.distance:.2f}",
        "missing": "not there in these years: left out" if row.reason else "",
        "values": [
            (_value(item.peer_value), format.number(item.percent_of_distance, 0)) for item in values
        ],
    }  # fmt: skip


def _value(value: float) -> str:
    """A variable in full; the title names its unit."""
    return format.number(value, None)


def comparison(hub: Hub, code: str, name: str) -> dict:
    """How an area stands to England, its region and its peers on each measure of a family."""
    listed = families(hub, code)
    place = next(number for number, one in enumerate(listed) if one["name"] == name)
    measures = [
        _measure(hub, code, list(some))
        for _, some in groupby(comparisons(hub, code, name), key=lambda row: (row.indicator_code, row.part))
    ]  # fmt: skip
    return {
        "before": listed[place - 1] if place else None,
        "after": (listed[place + 1 :] or [None])[0],
        "area": hub.name(code),
        "title": listed[place]["title"],
        "area_path": hub.links.area(code),
        "peers_path": hub.links.peers(code),
        "measures": measures,
    }


def _measure(hub: Hub, code: str, rows: list) -> dict:
    """One measure: the figure, a sentence, the drawing, and a line of the table for each comparator."""
    first = rows[0]
    part = hub.parts[first.indicator_code, first.part]
    shown = hub.other_definition(part, first.definition_version) or part
    cell = hub.cell(first.value, first.mark, part, first.definition_version)
    key = format.slug(f"{first.indicator_code} {first.part}")
    names = {row.comparator: _name(hub, code, row.comparator) for row in rows}
    spots = [Spot(hub.name(code), first.value, first.lower_limit, first.upper_limit, own=True)] + [
        Spot(names[row.comparator], row.comparator_value, row.comparator_lower, row.comparator_upper)
        for row in rows
        if row.comparator_value is not None
    ]
    return {
        "id": key,
        "part": part,
        "title": hub.title(part),
        "path": hub.path(part),
        "polarity": words.say(words.POLARITY, part.polarity) if part.polarity else "",
        "cell": cell,
        "limits": _limits(first.lower_limit, first.upper_limit, shown),
        "interval": compared.INTERVAL.get(first.interval_method, ""),
        "unit": "" if any(format.unit_marks(shown.unit)) else words.unit(shown.unit),
        "period": first.period_label,
        "status": words.say(words.STATUS, first.status).lower(),
        "sentence": sentence(names, rows),
        "chart": strip(key, f"{part.indicator_code}: {hub.name(code)} and others", spots, shown.decimals)
        if first.value is not None
        else "",
        "lines": [_line(names[row.comparator], row, shown) for row in rows if row.comparator_value is not None],
        "left_out": _left_out(names, rows),
    }


def _left_out(names: dict[str, str], rows: list) -> list[str]:
    """With whom there is no comparison, and why, same reasons together."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.comparator_value is None:
            reasons.setdefault(row.reason, []).append(_in_sentence(names[row.comparator]))
    return [f"{_listed(who)}: {compared.REASON[why]}" for why, who in reasons.items()]


def _listed(names: list[str]) -> str:
    """Names as a list in running text."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _name(hub: Hub, code: str, comparator: str) -> str:
    """What readers call a comparator."""
    if comparator == "region":
        region = hub.areas[code].region_code
        return hub.name(region) if region else "Its region"
    found = hub.compared.sets.get(comparator)
    return found.title if found else words.words(comparator)


def sentence(names: dict[str, str], rows: list) -> str:
    """The verdicts in one sentence, same ones together; those without a verdict are in the table with their reasons."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row.significance != "not_comparable":
            groups.setdefault(row.significance, []).append(_in_sentence(names[row.comparator]))
    if not groups:
        return "No verdict against anybody; the table says why."
    joined = {
        code: f"{'similar to' if code == 'similar' else f'{code} than'} {_listed(who)}" for code, who in groups.items()
    }
    text = "; ".join(joined.values())
    return f"{text[0].upper()}{text[1:]}."


def _in_sentence(name: str) -> str:
    """Sets of peers are common nouns, places are names."""
    return f"its {name.lower()}" if name.lower().endswith(("neighbours", "peers")) else name


def _line(name: str, row, part) -> dict:
    """One comparator of a measure as it reads."""
    css, shape, word = compared.VERDICT[row.significance]
    peers = "" if row.peers_due is None else f", {row.peers_in} of {row.peers_due}"
    return {
        "name": name,
        "figure": format.figure(row.comparator_value, part.decimals, part.unit),
        "status": words.say(words.STATUS, row.comparator_status).lower(),
        "limits": _limits(row.comparator_lower, row.comparator_upper, part),
        "method": f"{compared.METHOD.get(row.method, '')}{peers}" if row.method else "",
        "difference": format.signed(row.difference, part.decimals, part.unit),
        "css": css,
        "shape": shape,
        "verdict": word,
        "why": compared.REASON.get(row.reason, ""),
        "funnel": compared.FUNNEL.get(row.funnel_position, ""),
        "place": _place(row),
        "quarter": f"its figure in quarter {row.quartile} of 4" if row.quartile else "",
        "direction": compared.DIRECTION[row.relative_direction],
        "since": row.previous_period_label if row.relative_direction != "no_comparison" else "",
        "untested": row.is_direction_tested is False,
        "gap": _gap(row),
    }


def _place(row) -> str:
    """A rank as the interval it is."""
    if row.rank_best is None:
        return ""
    best, worst = _ordinal(row.rank_best), _ordinal(row.rank_worst)
    return f"{best} of {row.areas_ranked}" if best == worst else f"{best} to {worst} of {row.areas_ranked}"


def _ordinal(place: int) -> str:
    """A place as it is spoken: 1st, 2nd, 11th."""
    return f"{place}{'th' if place % 100 in (11, 12, 13) else ORDINALS.get(place % 10, 'th')}"


def _gap(row) -> str:
    """How much of the gap has closed since the baseline, or why nothing can be said."""
    if row.gap_closed_percent is None:
        return compared.GAP.get(row.gap_reason, "")
    beyond = ", overtaken" if row.gap_closed_percent > 100 else ", wider" if row.gap_closed_percent < 0 else ""
    return f"{format.number(row.gap_closed_percent, 0)}% since {row.baseline_period_label}{beyond}"


def _limits(low: float | None, high: float | None, part) -> str:
    """Limits in words; empty where there are none."""
    if low is None or high is None:
        return ""
    return f"{format.number(low, part.decimals)} to {format.number(high, part.decimals)}"
