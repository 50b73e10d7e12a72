"""What the inspectorates of the illustrative edition judge of areas: which assessments come when and how they end.

Belongs here: the sendings, their judgements, and what is wrong with them. Does not belong here: the workbook
(agreement_sheets), words (words.yaml), or any link with figures: no rule leads from an indicator to a flag.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sources.demo.wording import said_by, words

FEED = "inspectorates_judgements"
GREEN, RED = 0.03, 0.02  # shares of themes with a flag: most areas have none, the normal state
SILENT = 0.1  # of scores: the report says nothing beside them
MENDED, DELAYED = 0.03, 0.04  # shares of judgements corrected later, and of areas whose assessments come later
STARS = {"four_stars": 0.3, "three_stars": 0.4, "two_stars": 0.22, "one_star": 0.06, "no_stars": 0.02}
TRAVEL = {
    "improving_strongly": 0.2,
    "improving_well": 0.6,
    "improving_adequately": 0.18,
    "not_improving_adequately": 0.02,
}
GRADES = {"outstanding": 0.08, "good": 0.62, "adequate": 0.25, "inadequate": 0.05}
SCORES = {"performs_excellently": 0.1, "performs_well": 0.58, "performs_adequately": 0.27, "performs_poorly": 0.05}
IMPROVEMENT = {"minimum_improvement": 0.25, "moderate_improvement": 0.45, "substantial_improvement": 0.25,
               "drastic_improvement": 0.05}  # fmt: skip


@dataclass(frozen=True)
class Assessment:
    """One assessment: who makes it, what it judges, the share of areas that have it, and of each judgement."""

    code: str
    organisation_code: str
    themes: tuple[str, ...]
    shares: dict[str, float]
    reach: float = 1.0


@dataclass(frozen=True)
class Sending:
    """One delivery of the inspectorates; a late one is received long after it was published."""

    label: str
    title: str
    published_on: date
    received_on: date


LAST_CPA = (
    Assessment("cpa_star_rating", "AC", ("Overall",), STARS),
    Assessment("direction_of_travel", "AC", ("Overall",), TRAVEL),
    Assessment("annual_performance_assessment", "Ofsted", ("Overall effectiveness",), GRADES),
    Assessment("joint_area_review", "Ofsted", ("Safeguarding", "Looked after children"), GRADES, 0.1),
)
YEARLY = (
    Assessment("childrens_services_rating", "Ofsted", ("Overall",), SCORES),
    Assessment("adult_social_care_rating", "CQC", ("Overall",), SCORES),
    Assessment("safeguarding_inspection", "Ofsted", ("Safeguarding", "Looked after children"), GRADES, 0.15),
    Assessment("youth_offending_inspection", "HMI Probation", ("Public protection",), IMPROVEMENT, 0.1),
)
ORGANISATIONS = Assessment(
    "organisational_assessment", "AC", ("Overall", "Managing performance", "Use of resources"), SCORES
)
FIRST = Sending(
    "2009-02", "last judgements before the Comprehensive Area Assessment", date(2009, 2, 26), date(2009, 2, 26)
)
FIRST_MENDED = Sending("2009-03", "judgements of February 2009, corrected", date(2009, 3, 19), date(2009, 3, 19))
AREA = Sending("2009-12", "Comprehensive Area Assessment 2009", date(2009, 12, 9), date(2009, 12, 9))
AREA_MENDED = Sending("2010-02", "later reports, and corrections, of 2009", date(2010, 2, 25), date(2010, 2, 25))
SECOND = Sending("2010-12", "ratings and inspections of 2010", date(2010, 12, 9), date(2011, 1, 13))


def inspections(rng: np.random.Generator, areas: pd.DataFrame) -> Iterator[tuple[Sending, pd.DataFrame, pd.DataFrame]]:
    """Each sending with its rows (canonical columns among others) and what is planted in it.

    `areas` have area_code, area_name, code (as printed), in_laa_2008 and in_laa_2009. Work on the Comprehensive Area
    Assessment ended in May 2010, so that of its December 2010 only ratings and inspections are left.
    """
    before, after = areas[areas["in_laa_2008"]], areas[areas["in_laa_2009"]]
    first = _judged(rng, before, LAST_CPA).assign(published_on=FIRST.published_on)
    hostile = words()["returns"]["hostile"]
    first.loc[0, "summary"] = f"{hostile['commentary']}\n{hostile['word'] * 40}"
    planted = first.head(1)[["area_code"]].assign(kind="hostile_text")
    yield FIRST, first, planted
    yield FIRST_MENDED, _mended(rng, first.iloc[1:], LAST_CPA), planted.head(0)
    every = pd.concat([_flags(rng, after), _judged(rng, after, (ORGANISATIONS, *YEARLY))], ignore_index=True)
    codes = after["area_code"]
    delayed = every["area_code"].isin(codes[(rng.random(len(codes)) < DELAYED) | (codes == codes.iloc[-1])])
    came = every[~delayed].assign(published_on=AREA.published_on)
    yield AREA, came, planted.head(0)
    late = every[delayed].assign(published_on=AREA_MENDED.published_on)
    mended = _mended(rng, came[came["assessment"] != "area_assessment"], (ORGANISATIONS, *YEARLY))
    yield AREA_MENDED, pd.concat([late, mended], ignore_index=True), planted.head(0)
    second = _judged(rng, after, YEARLY).assign(published_on=SECOND.published_on)
    yield SECOND, second, second.head(1)[["area_code"]].assign(kind="late_delivery")


def _judged(rng: np.random.Generator, areas: pd.DataFrame, assessments: tuple[Assessment, ...]) -> pd.DataFrame:
    """A row for each area that has an assessment and each of its themes."""
    made = []
    for one in assessments:
        here = areas[rng.random(len(areas)) < one.reach]
        for theme in one.themes:
            made.append(here.assign(
                organisation_code=one.organisation_code, assessment=one.code, theme=theme, indicator_code=None,
                judgement=rng.choice(list(one.shares), len(here), p=list(one.shares.values())),
            ))  # fmt: skip
    rows = _worded(rng, pd.concat(made, ignore_index=True))
    rows.loc[rng.random(len(rows)) < SILENT, "summary"] = None
    return rows


def _flags(rng: np.random.Generator, areas: pd.DataFrame) -> pd.DataFrame:
    """Green and red flags on themes, most of which name an indicator; areas with neither have one row that says so."""
    themes = pd.DataFrame(words()["inspections"]["flags"])
    rows = areas.merge(themes, how="cross")
    luck = rng.random(len(rows))
    rows = rows.assign(judgement=np.select([luck < GREEN, luck > 1 - RED], ["green_flag", "red_flag"], "no_flag"))
    rows = rows[rows["judgement"] != "no_flag"]
    none = areas[~areas["area_code"].isin(rows["area_code"])]
    none = none.assign(theme="The area as a whole", indicator_code=None, judgement="no_flag")
    rows = pd.concat([rows, none], ignore_index=True).sort_values(["area_code", "theme"], ignore_index=True)
    return _worded(rng, rows.assign(organisation_code="AC", assessment="area_assessment"))


def _worded(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with what the report says, by the tone of the judgement."""
    about = words()["inspections"]
    tone = rows["judgement"].map({code: tone for tone, codes in about["tones"].items() for code in codes})
    fields = rows.assign(area=rows["area_name"], topic=rows["theme"].str.lower())
    return rows.assign(summary=said_by(tone, about["said"], rng.integers(0, 10_000, len(rows)), fields))


def _mended(rng: np.random.Generator, rows: pd.DataFrame, assessments: tuple[Assessment, ...]) -> pd.DataFrame:
    """A few of the rows again, at least one, with the next judgement of their scale and a text of its own."""
    found = rows[rng.random(len(rows)) < MENDED]
    found = (rows.head(1) if found.empty else found).reset_index(drop=True)
    after = {}
    for one in assessments:
        scale = list(one.shares)
        after |= {(one.code, here): there for here, there in zip(scale, [*scale[1:], scale[-2]], strict=True)}
    pairs = pd.MultiIndex.from_frame(found[["assessment", "judgement"]])
    return _worded(rng, found.assign(judgement=pairs.map(after)))
