"""Rows of one delivery that share a key."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.canonical_measures import KEY
from sources.registry import Measure
from sources.repeats import add_up, once, too_many, without


def row(number, value, area="E1", denominator=None, mark=None):
    return {"indicator_code": "NI 1", "part": "headline", "area_code": area, "period_label": "2009", "dimensions": "",
            "period_basis": "calendar_year", "value": value, "mark": mark, "numerator": value,
            "denominator": denominator, "survey_base": None, "design_effect": None,
            "source_row": number, "source_rows": str(number), "source_sheet": "",
            "source_column": "v", "source_text": str(value), "area_text": area}  # fmt: skip


def frame(rows):
    return pd.DataFrame(rows).astype(dict.fromkeys(("value", "numerator", "denominator", "survey_base"), "float64"))


def test_equal_rows_count_once_and_contradictions_are_out():
    kept, against, issues = once(
        frame([row(2, 1), row(3, 1), row(4, 5, "E2"), row(5, 6, "E2"), row(6, 7, "E3")]), "f", KEY
    )
    assert kept["source_row"].tolist() == [2, 6]
    assert against["source_row"].tolist() == [4, 5]
    assert {issue.check for issue in issues} == {"repeated_row", "conflicting_rows"}
    assert any("rows 4 and 5" in issue.message for issue in issues)


@settings(deadline=None, max_examples=30)
@given(st.permutations([("E1", 1), ("E1", 1), ("E2", 2), ("E2", 3), ("E3", 4), ("E4", None), ("E4", None)]))
def test_the_order_of_rows_does_not_matter(order):
    kept, against, _ = once(frame([row(i, value, area) for i, (area, value) in enumerate(order)]), "f", KEY)
    assert sorted(kept["area_code"]) == ["E1", "E3", "E4"]
    assert set(against["area_code"]) == {"E2"}


def added(rows, parts, **measure):
    taken = frame(rows)
    told = Measure(indicator="NI 1", add_rows=("part",), **measure)
    kept, _, issues = add_up(taken, pd.DataFrame({"part": parts, "__row": taken["source_row"]}), told, "f", KEY)
    return kept, issues


def test_rows_are_added_and_say_where_from():
    summed, issues = added([row(2, 1), row(3, 2), row(4, 9, "E2")], ["a", "b", "a"], value="v")
    assert summed.set_index("area_code")["value"].to_dict() == {"E1": 3, "E2": 9}
    assert summed.set_index("area_code")["source_rows"].to_dict() == {"E1": "2+3", "E2": "4"}
    assert issues == []


def test_a_missing_part_makes_the_sum_missing():
    summed, _ = added([row(2, 1), row(3, None, mark="suppressed")], ["a", "b"], value="v")
    assert summed["value"].isna().all()
    assert summed["mark"].tolist() == ["suppressed"]


def test_a_share_of_sums_keeps_its_shared_denominator():
    summed, _ = added([row(2, 1, denominator=4), row(3, 2, denominator=4)], ["a", "b"], numerator=("v",), per=100)
    assert summed[["value", "numerator", "denominator"]].values.tolist() == [[75, 3, 4]]


def test_a_part_said_twice_or_contradicted():
    summed, _ = added([row(2, 1), row(3, 1), row(4, 2)], ["a", "A ", "b"], value="v")
    assert summed["value"].tolist() == [3]
    summed, issues = added([row(2, 1), row(3, 5), row(4, 2)], ["a", "a", "b"], value="v")
    assert summed.empty
    assert issues[0].check == "conflicting_rows"
    summed, _ = added([row(2, 1), row(3, 5)], ["a/b", "a/b"], value="v", alike_when={"part": ".+/.+"})
    assert summed["value"].tolist() == [6]


def test_many_contradictions_mean_a_missing_column():
    rows = [row(i, i, f"E{i // 2}") for i in range(20)]
    _, _, issues = once(frame(rows), "f", KEY)
    assert too_many(issues, 20, "f")[0].severity == "error"
    assert too_many(issues, 100, "f") == []


def test_records_that_contradict_in_one_figure_lose_all_their_figures():
    taken = frame([row(1, 5.0), row(2, 6.0), row(3, 7.0, "E08000004")])
    other = frame([row(1, 1.0), row(3, 2.0, "E08000004")]).assign(indicator_code="NI 002")
    _, against, _ = once(taken, "f", KEY)
    assert without(other, against)["source_row"].tolist() == [3]
