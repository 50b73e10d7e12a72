"""Which area a publisher's code or name means: every scheme's code and every known name -> canonical GSS.

Belongs here: look-ups made from the framework seeds and from landed look-ups of areas, and the closest known name for
what is not found.
Does not belong here: which rows of a file are areas at all (the layouts' area rules say so).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import pandas as pd

from sources.parquet import read_parquet

SEEDS = Path(__file__).parent.parent / "dbt_project" / "seeds"
# A GSS code that is well formed but belongs to another country is outside the framework, not unknown.
ELSEWHERE = re.compile(r"^(?:[WSNLM]\d{8}|K0[2-5]\d{6})$")
FRAMEWORK_DAY = date(2010, 3, 31)
# Words that councils' names carry or drop at will; taking them out lets "Bexley LB" meet "Bexley".
_NOISE = re.compile(
    r"\b(?:county council|city council|borough council|district council|metropolitan borough|council|"
    r"the|royal borough of|london borough of|city of|county of|cty|ua|lb|mbc|mcd|ccc|cc|pct|"
    r"strategic health authority|sha|constabulary|police|total)\b"
)


def read_seed(name: str) -> pd.DataFrame:
    """A seed as text, e.g. `framework/areas`; blank cells are empty strings. Each is read once a process."""
    return _seed(name).copy(deep=False)


@cache
def _seed(name: str) -> pd.DataFrame:
    return pd.read_csv(SEEDS / f"{name}.csv", dtype="str", keep_default_na=False, encoding="utf-8")


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """A name without case, punctuation, footnote digits and words that come and go."""
    text = re.sub(r"(?<=[a-z)])\d+\b", "", name.strip().lower().replace("&", " and "))
    text = re.sub(r"[^a-z0-9]+", " ", text.replace("'", "").replace("\u2019", "").replace("st.", "st"))
    swapped = re.sub(r"^(.*) city of$", r"\1", text.strip())
    cut = re.sub(r"\s+", " ", _NOISE.sub(" ", swapped)).strip()
    return cut or swapped


@dataclass(frozen=True)
class Named:
    """One bearer of a name and the days (ISO, blank open) it is in being."""

    code: str
    since: str
    until: str


def _bearer(known: set[Named], on: date | None) -> str:
    """Of several bearers the one in being on the day (default: in the framework's last year).

    A back-cast before any of them existed, or a series carried on after, goes to the one nearest in time.
    """
    day = (on or FRAMEWORK_DAY).isoformat()
    living = {area.code for area in known if area.since <= day <= (area.until or day)}
    if living:
        return living.pop() if len(living) == 1 else ""
    later = [area for area in known if area.since > day]
    return (min(later, key=lambda a: a.since) if later else max(known, key=lambda a: a.until)).code if known else ""


@dataclass(frozen=True)
class Areas:
    """The look-ups: `codes[scheme][CODE]`, `names[type][plain name]` and `details` (one row an area).

    A name may belong to several areas at different times (Shropshire, a county and then a unitary authority).
    """

    codes: dict[str, dict[str, list[Named]]]
    names: dict[str, dict[str, list[Named]]]
    details: pd.DataFrame

    def by_code(self, scheme: str, code: str, on: date | None = None) -> str:
        """Canonical area of a code, or an empty string. Codes are text; case and outer space do not matter.

        A scheme may give a number again (DfE 825 was a county and is a unitary authority): the day decides.
        """
        return _bearer(set(self.codes.get(scheme, {}).get(code.strip().upper(), ())), on)

    def by_name(self, types: tuple[str, ...], name: str, on: date | None = None) -> str:
        """Canonical area of a name among some area types, or an empty string when unknown or ambiguous."""
        plain = plain_name(name)
        return _bearer({area for kind in types for area in self.names.get(kind, {}).get(plain, ())}, on)

    def dated(self, scheme: str) -> bool:
        """Whether a scheme gives any code to several areas in turn."""
        return any(len(bearers) > 1 for bearers in self.codes.get(scheme, {}).values())

    def closest(self, text: str, types: tuple[str, ...] = ()) -> str:
        """The nearest known name, for the sentence that tells a publisher what was probably meant.

        A text that is nothing but a code is compared with codes, any other with names.
        """
        from rapidfuzz import fuzz, process

        words = text.strip()
        if words and " " not in words and any(c.isdigit() for c in words):
            codes = {code: bearers[0].code for known in self.codes.values() for code, bearers in known.items()}
            found = process.extractOne(words.upper(), codes.keys(), scorer=fuzz.ratio, score_cutoff=60)
            best = codes[found[0]] if found else ""
        else:
            known = self.details if not types else self.details[self.details["area_type"].isin(types)]
            choices = dict(zip(known["area_code"], known["area_name"].map(plain_name), strict=True))
            found = process.extractOne(plain_name(words), choices, scorer=fuzz.WRatio, score_cutoff=60)
            best = found[2] if found else ""
        return f"{self.details.set_index('area_code')['area_name'][best]} ({best})" if best else ""


def areas_of(home: Path) -> Areas:
    """The look-ups of the framework, and of the areas that have landed in a home."""
    return load_areas(tuple(sorted((home / "landing" / "areas").glob("feed=[!_]*/*.parquet"))))


@lru_cache(maxsize=4)
def load_areas(delivered: tuple[Path, ...] = ()) -> Areas:
    """The look-ups, read once: landed files carry the hash of what they hold in their names, and never change.

    What a file says of an area the framework itself names does not change the framework.
    """
    known = _framework()
    if not delivered:
        return known
    landed = read_parquet(list(delivered), "areas").drop_duplicates("area_code", keep="last")
    landed = landed[~landed["area_code"].isin(known.details["area_code"])]
    days = {column: landed[column].dt.strftime("%Y-%m-%d").fillna("") for column in ("valid_from", "valid_to")}
    landed = landed[["area_code", "area_name", "area_type", "region_code"]].assign(**days)
    codes, names = known.codes["gss"].copy(), {kind: found.copy() for kind, found in known.names.items()}
    for code, name, kind, _, since, until in landed.itertuples(index=False):
        codes[code] = [Named(code, since, until)]
        names.setdefault(kind, {}).setdefault(plain_name(name), []).append(codes[code][0])
    return Areas(known.codes | {"gss": codes}, names, pd.concat([known.details, landed], ignore_index=True).fillna(""))


@cache
def _framework() -> Areas:
    """The look-ups from areas.csv, area_codes.csv and area_names.csv."""
    areas = read_seed("framework/areas")
    codes: dict[str, dict[str, list[Named]]] = {}
    coded = read_seed("framework/area_codes")[["scheme", "code", "area_code", "valid_from", "valid_to"]]
    for scheme, code, area, since, until in coded.itertuples(index=False):
        codes.setdefault(scheme, {}).setdefault(code.upper(), []).append(Named(area, since, until))
    named = pd.concat([areas, read_seed("framework/area_names")])[["area_name", "area_type", "area_code"]]
    days = areas.set_index("area_code")[["valid_from", "valid_to"]]
    names: dict[str, dict[str, list[Named]]] = {}
    for name, kind, area in named.drop_duplicates().itertuples(index=False):
        bearer = Named(area, days.at[area, "valid_from"], days.at[area, "valid_to"])
        names.setdefault(kind, {}).setdefault(plain_name(name), []).append(bearer)
    return Areas(codes, names, areas)
