"""What the chart of a target draws: figures, milestones, targets and forecast on the scale of the figures."""

from markupsafe import Markup

from sitegen.hub import Hub
from sitegen.judged import key
from sitegen.target_chart import Mark, draw

# A rank, or a difference from another area, is not on the scale of the figures; a grade is.
ON_SCALE = ("level", "percent_change", "significant_change", "ordinal")


def chart(hub: Hub, rounds: list, part) -> Markup:
    """Draw one commitment as known now; empty without two things to draw."""
    row = rounds[-1]
    on_scale = row.target_basis in ON_SCALE
    figures = [
        item
        for item in hub.series.get((part.indicator_code, part.part, row.area_code), [])
        if item.value is not None and item.period_end and item.definition_version == part.definition_version
    ]
    ahead = hub.judged.forecasts.get(key(row), []) if on_scale else []
    targets = [Mark(item.target_period_end, item.level_to_reach) for item in ahead if item.level_to_reach is not None]
    title = f"{part.indicator_code} {hub.name(row.area_code)}: figures{', targets and forecast' if on_scale else ''}"
    return draw("trend", title, _runs(figures, part), _milestones(rounds) if on_scale else [], targets,
                _fan(figures, ahead), part.decimals)  # fmt: skip


def _runs(figures: list, part) -> list[list[Mark]]:
    """Stretches a line may join: of one kind of period, and within one year where figures add up in it."""
    stretches: dict[tuple, list[Mark]] = {}
    for item in sorted(figures, key=lambda item: item.period_end):
        adds_up = part.cumulative_in_year and item.period_basis in ("quarter", "month")
        year = item.period_end.year - (item.period_end.month < 4) if adds_up else 0
        mark = Mark(item.period_end, item.value, item.status != "provisional")
        stretches.setdefault((item.period_basis, year), []).append(mark)
    return list(stretches.values())


def _milestones(rounds: list) -> list[Mark]:
    """What each figure was held against, where that was a milestone within the year."""
    found = {
        row.actual_period_end: row.compared_value
        for row in rounds
        if row.milestone_kind not in (None, "annual") and row.compared_value is not None and row.actual_period_end
    }
    return [Mark(day, found[day]) for day in sorted(found)]


def _fan(figures: list, ahead: list) -> list[Mark]:
    """The forecast of each year to come, from the last yearly figure it rests on."""
    told = [item for item in ahead if item.forecast_value is not None]
    start = next((item for item in figures if told and item.period_label == told[0].last_period_label), None)
    if start is None:
        return []
    fan = [
        Mark(item.target_period_end, item.forecast_value, low=item.forecast_lower, high=item.forecast_upper)
        for item in told
        if item.target_period_end > start.period_end
    ]
    return [Mark(start.period_end, told[0].last_value), *fan]
