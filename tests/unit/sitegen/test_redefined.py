"""Figures under two definitions: never one line, and each with its own unit."""

from datetime import date

import pytest

from sitegen.data import ENGLAND
from sitegen.hub import Hub
from sitegen.lookup import Tables
from sitegen.views import area_theme, indicator

KEY = {"indicator_code": "X 1", "part": "headline"}
PART = KEY | {"framework": "NI", "title": "Support", "polarity": "higher_is_better", "is_headline": True}
VERSIONS = [
    {"definition_version": 1, "unit": "rate_per_1000", "decimals": 0, "known_to": date(2009, 2, 13),
     "is_current": False, "definition_change": "As first published."},
    {"definition_version": 2, "unit": "percent", "decimals": 1, "known_from": date(2009, 2, 13),
     "is_current": True, "definition_change": "A share of all users."},
]  # fmt: skip


@pytest.fixture
def hub_of(tmp_path, empty_marts):
    """A hub that holds one area's figures: (label, value, definition version) from the oldest on."""

    create_marts, put = empty_marts

    def make(*figures):
        con = create_marts(tmp_path / "hub.duckdb")
        put(con, "dim_area", area_code=ENGLAND, area_name="England", area_type="country", tier="national")
        for version in VERSIONS:
            put(con, "dim_indicator", **PART, **version)
        for year, (label, value, version) in enumerate(figures, start=2008):
            fact = KEY | {"area_code": ENGLAND, "period_label": label, "period_basis": "financial_year",
                          "value": value, "period_end": date(year, 3, 31), "status": "final",
                          "definition_version": version}  # fmt: skip
            put(con, "fct_observation_current", dimensions="", **fact)
        put(con, "latest_observation", direction_of_travel="no_comparison", **fact)
        return Hub(Tables(con))

    return make


def test_a_line_breaks_where_the_definition_changes(hub_of):
    hub = hub_of(("2007/08", 230, 1), ("2008/09", 12.1, 2), ("2009/10", 14, 2))
    part = hub.headline("X 1")
    page = indicator.context(hub, [part], part)
    assert [point.value for point in page["england"].points] == [None, 12.1, 14]
    assert [cell.text for cell in page["england"].cells] == ["230", "12.1%", "14.0%"]
    assert "definition 1" in page["england"].cells[0].note
    assert page["redefined"]
    spark = area_theme._figure(hub, hub.latest[("X 1", "headline")][0], part)["spark"]
    assert "230" not in spark
    assert "12.1 in 2008/09" in spark
    told = {label: text for label, text, _ in page["facts"]}
    assert told["Definition 1"].startswith("Figures known before 13 February 2009: ")
    assert told["Definition 2"].startswith("Figures known from 13 February 2009: percent")


def test_until_figures_follow_the_new_definition_the_page_shows_the_old_unit(hub_of):
    hub = hub_of(("2006/07", 225, 1), ("2007/08", 230, 1))
    part = hub.headline("X 1")
    page = indicator.context(hub, [part], part)
    assert part.unit == "rate_per_1000"
    assert [point.value for point in page["england"].points] == [225, 230]
    assert [cell.note for cell in page["england"].cells] == ["", ""]
