"""What the hub corrects in publishers' figures: one checked list, sources/corrections.yaml.

Belongs here: what a correction must say, and its landed row. Does not belong here: which deliveries it applies to and
what follows from it (int_correction in the warehouse).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field, model_validator

from sources.registry import Strict, load_feeds
from sources.yaml_files import read_yaml

CORRECTIONS = Path(__file__).parent / "corrections.yaml"


class Guard(Strict):
    """What the wrong figure looks like; all that is given must hold."""

    exactly: float | None = None
    above: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Guard:
        if (self.exactly, self.above, self.below) == (None, None, None):
            raise ValueError("published needs exactly, above or below: else a figure put right would be corrected too")
        return self


class Correction(Strict):
    """One figure of one feed, what is wrong with it, and the value it should have had."""

    code: str = Field(pattern=r"^[A-Z0-9-]+$")
    edition: Literal["published", "Illustrative data"]
    feed: str
    indicator_code: str
    part: str = "headline"
    area_code: str
    period_label: str
    dimensions: str = ""
    published: Guard
    corrected: float | None = None
    multiply_by: float | None = None
    reason: str = Field(min_length=10)
    source: str = Field(min_length=10)
    decided_on: date

    @model_validator(mode="after")
    def _says_one_thing_of_a_feed_there_is(self) -> Correction:
        if (self.corrected is None) == (self.multiply_by is None):
            raise ValueError(f"correction {self.code} needs either corrected or multiply_by")
        if self.feed not in load_feeds():
            raise ValueError(f"correction {self.code}: there is no feed {self.feed!r}")
        return self


def load_corrections(path: Path = CORRECTIONS) -> list[Correction]:
    """Every correction of the file, in its order.

    Raises:
        ValueError: one does not fit the schema, or two have the same code.
    """
    found = [Correction.model_validate(entry) for entry in read_yaml(path) or []]
    codes = [one.code for one in found]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ValueError(f"{path.name}: {', '.join(twice)} stands there twice; every correction has a code of its own")
    return found


def correction_rows(corrections: list[Correction]) -> pd.DataFrame:
    """Corrections as landed rows (kind `corrections`)."""
    return pd.DataFrame(
        {
            **one.model_dump(exclude={"code", "published", "corrected"}),
            **{f"published_{name}": bound for name, bound in one.published.model_dump().items()},
            "correction_code": one.code,
            "corrected_value": one.corrected,
        }
        for one in corrections
    )
