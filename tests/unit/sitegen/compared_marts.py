"""The marts of comparison in the tiny published file: their columns, and a few rows of every case.

Belongs here: what compared.py reads. Does not belong here: the other marts (conftest.py, judged_marts.py).
"""

TABLES = {
    "peer_set": "peer_set varchar, title varchar, words varchar, peers_wanted integer, source varchar,"
    " verification varchar",
    "peer": "area_code varchar, peer_set varchar, rank integer, peer_code varchar, peer_as_published varchar,"
    " closeness varchar, distance double, reason varchar, source varchar, verification varchar, edition varchar",
    "peer_variable": "area_code varchar, peer_set varchar, peer_code varchar, variable varchar, title varchar,"
    " weight double, period_label varchar, value double, peer_value double, deviations_apart double,"
    " share_of_distance double, edition varchar",
    "comparison": "area_code varchar, indicator_code varchar, part varchar, comparator varchar,"
    " definition_version integer, period_label varchar, period_basis varchar, period_end date, value double,"
    " mark varchar, status varchar, lower_limit double, upper_limit double, interval_method varchar, base double,"
    " comparator_code varchar, comparator_value double, comparator_lower double, comparator_upper double,"
    " comparator_status varchar,"
    " method varchar, peers_due integer, peers_in integer, difference double, significance varchar, reason varchar,"
    " areas_ranked integer, rank_best integer, rank_worst integer, quartile integer, funnel_position varchar,"
    " funnel_lower_95 double, funnel_upper_95 double, funnel_lower_998 double, funnel_upper_998 double,"
    " previous_period_label varchar, relative_direction varchar, is_direction_tested boolean,"
    " baseline_period_label varchar, gap_closed double, gap_reason varchar, edition varchar",
}

AREA, OTHER = "E08000003", "E08000006"
MEASURE = {"area_code": AREA, "indicator_code": "NI 112", "part": "headline", "definition_version": 1}


def fill(con, put, hostile):
    """Two sets of peers, one neighbour that is left out, and a measure worse, similar and not held against others."""
    for name, title in (("statistical_neighbours", "Statistical neighbours"), ("open_peers", "Open peers")):
        put(con, "peer_set", peer_set=name, title=title, words=f"Chosen {hostile}.", peers_wanted=10, source="a list")
    published = {"area_code": AREA, "peer_set": "statistical_neighbours", "closeness": "Very Close"}
    put(con, "peer", **published, rank=1, peer_code=OTHER, peer_as_published="355")
    put(con, "peer", **published, rank=2, peer_as_published="839", reason="not_in_force")
    put(con, "peer", area_code=AREA, peer_set="open_peers", rank=1, peer_code=OTHER, distance=0.456)
    put(
        con, "peer_variable", area_code=AREA, peer_set="open_peers", peer_code=OTHER, variable="people", weight=2,
        title="People, mid-2008", value=464200, peer_value=221300, share_of_distance=1,
    )  # fmt: skip
    figure = MEASURE | {
        "period_label": "2009", "value": 59.3, "lower_limit": 55.1, "upper_limit": 63.7, "interval_method": "byar",
        "status": "provisional",
    }  # fmt: skip
    put(
        con, "comparison", **figure, comparator="england", comparator_code="E92000001", comparator_value=40.5,
        comparator_lower=40.1, comparator_upper=40.9, comparator_status="final", method="published",
        difference=18.8, significance="worse",
        areas_ranked=152, rank_best=141, rank_worst=152, quartile=4, funnel_position="above_998",
        previous_period_label="2008", relative_direction="gaining", is_direction_tested=False,
        baseline_period_label="2007", gap_closed=0.25,
    )  # fmt: skip
    put(
        con, "comparison", **figure, comparator="statistical_neighbours", comparator_value=58, method="median",
        peers_due=10, peers_in=6, difference=1.3, significance="similar", areas_ranked=7, rank_best=2, rank_worst=2,
        relative_direction="no_comparison", gap_reason="no_baseline",
    )  # fmt: skip
    for comparator, reason in (("region", "no_comparator_figure"), ("open_peers", "too_few_peers")):
        put(
            con, "comparison", **figure, comparator=comparator, significance="not_comparable", reason=reason,
            relative_direction="no_comparison", gap_reason=reason,
        )  # fmt: skip
    hidden = {"area_code": OTHER, "indicator_code": "NI 112", "part": "headline", "definition_version": 1}
    put(
        con, "comparison", **hidden, period_label="2009", mark="suppressed", comparator="england", reason="no_figure",
        significance="not_comparable", relative_direction="no_comparison", gap_reason="no_figure",
    )  # fmt: skip
    for number in range(10):
        put(
            con, "comparison", **hidden | {"area_code": f"X{number}"}, period_label="2009",
            comparator="england", value=10 + 5 * number, base=100 * (number + 1), comparator_value=30,
            funnel_lower_998=0, funnel_lower_95=10, funnel_upper_95=50, funnel_upper_998=52,
            funnel_position="above_998" if number == 9 else "above_95" if number == 8 else "inside",
            significance="not_comparable", reason="no_interval", relative_direction="no_comparison",
        )  # fmt: skip
