"""The plain words shown for the codes of the marts.

Belongs here: one dictionary a code list, and how a code that is not listed reads. Does not belong here: the words
for missing values, which the marts bring themselves (dim_mark.shown_as).
"""

POLARITY = {
    "higher_is_better": "Higher is better",
    "lower_is_better": "Lower is better",
    "plan_is_best": "Closest to plan is better",
    "none": "Neither higher nor lower is called better",
}
AGGREGATION = {
    "ratio_of_sums": "Numerators and denominators of the areas are added, then divided. Rates are never averaged.",
    "sum": "Areas are added, only when every area due has reported.",
    "not_aggregable": "Areas are never combined: each stands for itself.",
    "from_components": "Rebuilt from its components; the areas' own figures are not combined.",
    "gap": "Both sides of the gap are rebuilt and then subtracted; gaps are never averaged.",
    "standardised_rate": "Age-standardised: the publisher's own figure is taken; areas are combined only by age group.",
}
UNIT = {
    "rate_per_1000": "rate per 1,000",
    "rate_per_10000": "rate per 10,000",
    "rate_per_100000": "rate per 100,000",
    "gbp_thousand": "thousand pounds",
    "gbp_per_week": "pounds a week",
}
METHOD = {
    "ratio_of_sums": "Ratio of sums",
    "sum": "Sum",
    "published": "The publisher's own figure",
    "difference": "Difference of two rebuilt figures",
    "percent_change": "Change of the rebuilt figure",
    "none": "Not combined",
}
COVER = {
    "upper": "counties and single-tier councils",
    "lower": "districts and single-tier councils",
    "police_force": "police forces",
    "community_safety_partnership": "community safety partnerships",
    "primary_care_trust": "primary care trusts",
    "small_area": "small areas",
}
CORRECTED = "corrected by the hub"
STATUS = {"provisional": "Provisional", "final": "Final", "revised": "Revised"}
INDICATOR_STATUS = {
    "active": "Active",
    "dropped": "Dropped from the framework",
    "deferred": "Deferred: not measured from the start",
    "withdrawn": "Withdrawn",
}
DIRECTION = {
    "improved": ("\N{BLACK STAR}", "Improved"),
    "maintained": ("\N{BLACK CIRCLE}", "No change"),
    "deteriorated": ("\N{BLACK DIAMOND}", "Deteriorated"),
    "no_comparison": ("", "No comparison"),
}
SAME_DIRECTION = {"unchanged": "maintained"}
VERIFICATION = {"sourced": "Sourced", "unverified": "Unverified"}
AREA_TYPE = {
    "country": ("Country", "England"),
    "region": ("Region", "Regions"),
    "region_part": ("Part of a region", "Inner and Outer London"),
    "county": ("County", "Counties"),
    "unitary": ("Unitary authority", "Unitary authorities"),
    "metropolitan_district": ("Metropolitan district", "Metropolitan districts"),
    "london_borough": ("London borough", "London boroughs"),
    "shire_district": ("Shire district", "Shire districts"),
    "police_force": ("Police force area", "Police force areas"),
    "primary_care_trust": ("Primary care trust", "Primary care trusts"),
    "strategic_health_authority": ("Strategic health authority", "Strategic health authorities"),
    "community_safety_partnership": ("Community safety partnership", "Community safety partnerships"),
    "waste_authority": ("Waste authority", "Waste authorities"),
}
LOCAL_TYPES = ("county", "unitary", "metropolitan_district", "london_borough", "shire_district")
RELATION = {
    "region": "Region",
    "county": "County",
    "police_force": "Police force",
    "primary_care_trust": "Primary care trust",
    "strategic_health_authority": "Strategic health authority",
    "multi_area_agreement": "Multi-area agreement",
    "local_measure_of_indicator": "Local measure of this indicator",
    "contributes": "Contributes to this indicator",
    "national_only": "Measured for the whole country only",
}
DELIVERY = {"landed": "Landed", "quarantined": "Quarantined: nothing of it is shown"}
SEVERITY = {"error": "Error", "warning": "Warning", "info": "Note"}


def words(code: str | None) -> str:
    """Turn a code without words of its own into a phrase: `financial_year` -> `Financial year`."""
    text = (code or "").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def say(book: dict, code: str | None) -> str:
    """Look a code up in one of the dictionaries above, else read it as a phrase."""
    return book.get(code) or words(code)


def unit(code: str | None) -> str:
    """Name a unit in running text; units keep the case their rows give them."""
    return UNIT.get(code) or (code or "").replace("_", " ")


def area_type(code: str | None, *, many: bool = False) -> str:
    """Name a type of area, one or many."""
    return AREA_TYPE[code][many] if code in AREA_TYPE else words(code)
