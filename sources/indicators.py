"""Which indicator and part a file's own words mean, however it writes their zeros, spaces and case.

Belongs here: look-ups made from the framework seeds, and the closest known code for what is not found.
Does not belong here: which column holds a code (layouts), or what is measured (canonical_measures).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from quality.issues import Issue
from sources.areas import read_seed
from sources.readers.table import ROW, Table
from sources.registry import Measure

CODE, PART = "__indicator", "__part"  # columns `identify` adds
HEADLINE = "headline"
_ROLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Indicators:
    """The framework's indicators: `codes[plain code]`, and `parts[code]` and `titles[code]`."""

    codes: dict[str, str]
    parts: dict[str, list[str]]
    titles: dict[str, str]

    def closest(self, code: str) -> str:
        """The nearest known code and its title, for the sentence that tells a publisher what was probably meant."""
        from rapidfuzz import fuzz, process

        found = process.extractOne(plain_code(code), self.codes.keys(), scorer=fuzz.ratio, score_cutoff=60)
        best = self.codes[found[0]] if found else ""
        return f"{best} ({self.titles[best]})" if best else ""


@cache
def load_indicators() -> Indicators:
    """The look-ups from indicators.csv and indicator_parts.csv, read once a process."""
    indicators, parts = read_seed("framework/indicators"), read_seed("framework/indicator_parts")
    codes = indicators["indicator_code"]
    return Indicators(
        {plain_code(code): code for code in codes},
        parts.groupby("indicator_code")["part"].agg(list).to_dict(),
        dict(zip(codes, indicators["title"], strict=True)),
    )


def plain_code(text: str) -> str:
    """A code without leading zeros, in capitals and with one space, so that its ways of being written meet."""
    return re.sub(r"^([A-Z]+)\s*0*(?=\d)", r"\1 ", re.sub(r"\s+", " ", text.strip().upper()))


def plain_part(text: str) -> str:
    """`County matters` as the framework writes it: county_matters. A blank is the headline."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower()).strip("_") or HEADLINE


def identify(rows: pd.DataFrame, measure: Measure, table: Table, file: str) -> tuple[pd.DataFrame, list[Issue]]:
    """Rows with their indicator code and part, and one warning for each code or part the framework does not know.

    A measure with a title brings codes of its own and is not compared with the framework.
    """
    rows = rows.assign(**{CODE: filled(rows, measure.indicator), PART: filled(rows, measure.part)})
    if _ROLE.search(measure.part):
        rows[PART] = rows[PART].map({text: plain_part(text) for text in rows[PART].unique()})
    if measure.title or not _ROLE.search(measure.indicator + measure.part):
        return rows, []
    known = load_indicators()
    rows[CODE] = rows[CODE].map({text: known.codes.get(plain_code(text), text) for text in rows[CODE].unique()})
    pairs = rows[[CODE, PART]].drop_duplicates()
    strange = [(code, part) for code, part in pairs.to_numpy().tolist() if part not in known.parts.get(code, ())]
    if not strange:
        return rows, []
    keys = pd.MultiIndex.from_frame(rows[[CODE, PART]])
    unknown = pd.Series(keys.isin(strange), index=rows.index)
    found = rows[unknown].groupby([CODE, PART], sort=False)
    return rows[~unknown], [_unknown(code, part, same, measure, table, file) for (code, part), same in found]


def filled(rows: pd.DataFrame, template: str) -> pd.Series:
    """A template such as `NI {ni}` with the cells of its roles, row by row."""
    words = _ROLE.split(template)
    text = pd.Series(words[0], index=rows.index, dtype="str")
    for role, after in zip(words[1::2], words[2::2], strict=True):
        text = text + rows[role].str.strip() + after
    return text


def _unknown(code: str, part: str, rows: pd.DataFrame, measure: Measure, table: Table, file: str) -> Issue:
    known = load_indicators()
    strange_part = code in known.parts
    if strange_part:
        said = f"{code} has no part {part!r}; its rows were kept out. Its parts are {', '.join(known.parts[code])}."
    else:
        near = known.closest(code)
        said = f"{code!r} is no indicator of the framework; its rows were kept out."
        said += f" The closest known code is {near}." if near else ""
    roles = _ROLE.findall(measure.part if strange_part else measure.indicator) or [""]
    return Issue(
        "warning",
        "unknown_indicator",
        said,
        "Correct the file, or add it to the framework's indicators and indicator_parts.",
        file,
        table.sheet,
        int(rows[ROW].iloc[0]),
        table.headers.get((roles[0], ""), roles[0]),
        rows[roles[0]].iloc[0].strip() if roles[0] else "",
        int(rows[ROW].nunique()),
    )
