"""What the comparison marts say, and in which words: who an area is held against, and how it stands to them.

Belongs here: SQL that selects and orders rows of these marts, one dictionary a code list. Does not belong here: a
difference, a limit or any other number worked out (the marts have them), HTML.
"""

from functools import partial

from sitegen import words
from sitegen.data import by
from sitegen.lookup import Tables

# Pages hold areas with an agreement against others; of all other areas the published file says the same.
WITH_AGREEMENT = "select area_code from marts.dim_area where in_laa_2008 or in_laa_2009"
# an area's own list first: published for it, then worked out
SETS = "select * from marts.peer_set order by peer_set desc"
QUERIES = {
    "peers": "select * from marts.peer order by area_code, peer_set desc, rank",
    "variables": """
        select v.*, 100 * v.share_of_distance as percent_of_distance from marts.peer_variable v
        order by area_code, peer_set, peer_code, variable""",
    # how the councils lie that have a figure of the same period; each of these is the figure of one of them
    "spreads": """
        select indicator_code, part, definition_version, period_label, period_basis, count(*) as areas,
            min(value) as lowest, max(value) as highest, quantile_disc(value, 0.25) as lower_quarter,
            quantile_disc(value, 0.75) as upper_quarter
        from marts.comparison where comparator = 'england' and value is not null group by all order by all""",
    "measures": f"""
        select distinct area_code, indicator_code, part from marts.comparison where area_code in ({WITH_AGREEMENT})
        order by all""",
    "areas": f"select distinct area_code from marts.comparison where area_code in ({WITH_AGREEMENT}) order by all",
}
SPREAD = ("indicator_code", "part", "definition_version", "period_label", "period_basis")
# One row a measure and comparator: many, so pages are cut as they come, area by area.
COMPARISONS = f"""
    select c.*, 100 * c.gap_closed as gap_closed_percent from marts.comparison c where area_code in ({WITH_AGREEMENT})
    order by area_code, indicator_code, part,
        case comparator when 'england' then 1 when 'region' then 2 else 3 end, comparator desc"""

# Of each measure the period that most councils have their latest figure for; a funnel of fewer than ten says nothing.
FUNNELS = """
    with figures as (
        select *, count(*) over (
            partition by indicator_code, part, definition_version, period_label, period_basis) as areas
        from marts.comparison where comparator = 'england' and funnel_position is not null and base > 0)
    select * from figures where areas >= 10
    qualify dense_rank() over (
        partition by indicator_code, part
        order by areas desc, period_end desc nulls last, definition_version, period_label, period_basis) = 1
    order by indicator_code, part, area_code"""

# No two shapes look alike in black and white; those of better and worse are those of a direction of travel.
VERDICT = {
    "better": ("improved", words.DIRECTION["improved"][0], "Better"),
    "worse": ("deteriorated", words.DIRECTION["deteriorated"][0], "Worse"),
    "similar": ("maintained", words.DIRECTION["maintained"][0], "Similar"),
    "higher": ("none", "\N{FULLWIDTH PLUS SIGN}", "Higher"),
    "lower": ("none", "\N{MINUS SIGN}", "Lower"),
    "not_comparable": ("none", "", "No verdict"),
}
REASON = {
    "no_figure": "the area has no figure",
    "depends_on_size": "a count depends on how big a place is",
    "no_peers": "no peers are known for this area",
    "chooses_the_peers": "these peers were chosen by this very measure",
    "too_few_peers": "too few of the peers have a figure of the same period",
    "no_comparator_figure": "it has no figure of the same period, published or rolled up",
    "no_interval": "nothing published says how far chance moves this figure",
}
METHOD = {
    "published": "published",
    "rolled_up": "rolled up from its areas",
    "ratio_of_sums": "peers' counts added up, then divided",
    "median": "middle one of the peers' figures",
}
INTERVAL = {
    "published": "the publisher's own limits",
    "wilson": "Wilson's limits of a share of its denominator",
    "wilson_survey": "Wilson's limits of a survey's base, widened by its design",
    "byar": "Byar's limits of a count",
}
DIRECTION = {
    "gaining": "Gaining",
    "losing": "Losing ground",
    "keeping_pace": "Keeping pace",
    "no_comparison": "",
}
GAP = {
    "no_gap": "there was no gap",
    "ahead": "it was ahead then",
    "no_baseline": "no figure to begin from",
    "no_polarity": "neither way is better",
    "other_method": "worked out differently then",
}
FUNNEL = {
    "inside": "inside the funnel",
    "above_95": "above the inner limits of the funnel",
    "below_95": "below the inner limits of the funnel",
    "above_998": "above the outer limits of the funnel",
    "below_998": "below the outer limits of the funnel",
}

# How every council stands to England on a measure of which that can be said of any: a verdict, or its quarter.
MAPPED = f"""
    select indicator_code, part, area_code, area_name, definition_version, period_label, period_basis, value, mark,
        significance, reason, quartile
    from marts.comparison join marts.dim_area using (area_code)
    where comparator = 'england' and area_code in ({WITH_AGREEMENT})
    qualify count(*) filter (where significance <> 'not_comparable' or quartile is not null)
        over (partition by indicator_code, part) > 0
    order by indicator_code, part, area_name, area_code"""


class Compared:
    """Peers by area, what makes them near, and which areas and measures of them are compared or have a funnel."""

    def __init__(self, tables: Tables):
        """Name what pages look up; the kinds of peers are read, and a change of them reaches every page."""
        of = {name: partial(tables.by, query) for name, query in QUERIES.items()}
        self.sets = by(tables.fixed(SETS), "peer_set", single=True)
        self.peers = of["peers"]("area_code")
        self.variables = of["variables"]("area_code", "peer_set", "peer_code")
        self.spreads = of["spreads"](*SPREAD, single=True)
        self.measures = of["measures"]("area_code", "indicator_code", "part")
        self.areas = of["areas"]("area_code")
        self.measures_of = of["measures"]("area_code")
        self.comparisons = tables.by(COMPARISONS, "area_code", "indicator_code")
        self.mapped = tables.by(MAPPED, "indicator_code", "part")
        self.funnels = tables.by(FUNNELS, "indicator_code", "part", streamed=True)
