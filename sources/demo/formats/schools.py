"""School exclusions, attainment at 19 and NEET (DfE) as EES pairs: NI 114, NI 079 to 082 and NI 117.

Belongs here: these pairs' filters and indicators. Does not belong here: their columns of time and place (ees_pair).
None of them carries a status. Quirk of all: `without_meta`; attainment at 19 also has `mislabelled_totals`.
"""

from __future__ import annotations

import pandas as pd

from sources.demo.delivery import Delivery
from sources.demo.formats.ees_pair import Variable, pair, places
from sources.demo.formats.printing import dimension, located, printed, side_by_side

WHOLE, ELIGIBLE, OTHERS = "Total", "FSM Status Eligable", "FSM Status Not Eligable"  # sic
SIDES = {"headline": WHOLE, "eligible": ELIGIBLE, "not_eligible": OTHERS}
INDICATOR_LEVELS = {"NI 079": "2", "NI 082": "2", "NI 080": "3", "NI 081": "3"}


def exclusions(delivery: Delivery) -> dict[str, bytes]:
    """NI 114: rate in percent (value), exclusions (numerator) and pupils (denominator), by the dimension `school_type`.

    Academic years. Totals need not add up: every row is printed as it is given.
    """
    rows = located(delivery)
    # the feed's only words for not available are symbols the publisher no longer allows; a blank says the same
    rows["mark"] = rows["mark"].replace("not_available", "")
    table = places(rows, delivery, "Academic year")
    table["school_type"] = dimension(rows, "school_type", "Total")
    table["headcount"] = printed(rows, "denominator", delivery)
    table["perm_excl"] = printed(rows, "numerator", delivery)
    table["perm_excl_rate"] = printed(rows, "value", delivery)
    variables = [
        Variable("school_type", "Filter", "School type"),
        Variable("headcount", "Indicator", "Number of pupils"),
        Variable("perm_excl", "Indicator", "Number of permanent exclusions"),
        Variable("perm_excl_rate", "Indicator", "Permanent exclusion rate", "%"),
    ]
    return pair(delivery, "exclusions_by_geographic_level", table, variables)


def attainment_at_19(delivery: Delivery) -> dict[str, bytes]:
    """NI 079, 080 and the parts eligible and not_eligible of NI 081, 082: percent (value), achieving, cohort.

    Academic years. One row holds level 2 and level 3 of the same young people, so that NI 079 and NI 080 share their
    cohort (denominator), and so do NI 082 and NI 081; a level not in the delivery reads as not available. With the
    quirk `mislabelled_totals` both free school meals rows come once more, labelled Total, as in the file held.
    """
    rows = located(delivery)
    rows["side"], rows["by_level"] = rows["part"].map(SIDES), rows["indicator_code"].map(INDICATOR_LEVELS)
    keys = ["area_code", "period_label", "side"]
    rows, wide = _shared(rows, delivery, keys, "by_level", ["numerator", "value"], ["2", "3"])
    eligibility = rows["side"].where(rows["side"] != WHOLE, "Total")
    table = places(rows, delivery, "Academic year").assign(
        characteristic=rows["side"],
        characteristic_group=rows["side"].map({WHOLE: "Total"}).fillna("FSM Status"),
        characteristic_gender="Total",
        characteristic_fsm_status=eligibility,
        characteristic_sen_provision_status="Total",
        number_in_ss_cohort=rows["cohort"],
    )
    for level in ("2", "3"):
        table[f"l{level}_by19"], table[f"l{level}by19"] = wide["numerator", level], wide["value", level]
    if "mislabelled_totals" in delivery.quirks:
        again = table[table["characteristic"] != WHOLE]
        table = pd.concat([table, again.assign(characteristic="Total", characteristic_group="Total")])
    variables = [
        Variable("characteristic", "Filter", "Characteristic", group="characteristic_group"),
        Variable("number_in_ss_cohort", "Indicator", "Number of young people in the state-sector cohort"),
        *(Variable(f"l{n}_by19", "Indicator", f"Number achieving level {n} by age 19") for n in "23"),
        *(Variable(f"l{n}by19", "Indicator", f"Proportion achieving level {n} by age 19", "%") for n in "23"),
    ]
    return pair(delivery, "level_2_3_sfla", table, variables)


def neet(delivery: Delivery) -> dict[str, bytes]:
    """NI 117 neet_16_17 and not_known_16_17: percent (value) of the cohort (denominator) the two share.

    Calendar years; no numerators. The dashboard's headers are written in small letters, as the standard asks of a pair.
    """
    rows = located(delivery)
    parts = ["neet_16_17", "not_known_16_17"]
    rows, wide = _shared(rows, delivery, ["area_code", "period_label"], "part", ["value"], parts)
    table = places(rows, delivery, "Calendar year").assign(age="16-17", cohort_djfavg=rows["cohort"])
    table["neet_percent"], table["notknown_percent"] = (wide["value", part] for part in parts)
    variables = [
        Variable("age", "Filter", "Age"),
        Variable("cohort_djfavg", "Indicator", "Cohort, mean of December, January and February"),
        Variable("neet_percent", "Indicator", "Not in education, employment or training", "%"),
        Variable("notknown_percent", "Indicator", "Activity not known", "%"),
    ]
    return pair(delivery, "UD_NEETNK_LA_dashboard", table, variables)


def _shared(
    rows: pd.DataFrame, delivery: Delivery, keys: list[str], by: str, columns: list[str], members: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a key with its `cohort`, and the printed `columns` of each member of `by` beside it."""
    rows = rows.assign(denominator=rows.groupby(keys)["denominator"].transform("max"))
    texts = {column: printed(rows, column, delivery) for column in columns}
    rows = rows.assign(cohort=printed(rows, "denominator", delivery))
    wide = side_by_side(rows.assign(**texts), keys, by, columns)
    wide = wide.reindex(columns=pd.MultiIndex.from_product([columns, members]), fill_value="")
    first = rows.drop_duplicates(keys).reset_index(drop=True)
    return first, wide.loc[pd.MultiIndex.from_frame(first[keys])].reset_index(drop=True)
