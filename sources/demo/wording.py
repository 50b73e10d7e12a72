"""The words of the illustrative agreements: posts, plans, causes, actions and commentary (words.yaml).

Belongs here: choosing words and putting names into them, a column at a time. Does not belong here: numbers or dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sources.yaml_files import read_yaml

_FIELD = re.compile(r"\{(\w+)\}")


@cache
def words() -> dict[str, Any]:
    """All of words.yaml."""
    return read_yaml(Path(__file__).parent / "words.yaml")


@cache
def lead_kinds() -> dict[str, str]:
    """Indicator -> the kind of organisation that leads on it, where it is not the council."""
    return {indicator: kind for kind, indicators in words()["leads"].items() for indicator in indicators}


@cache
def topics() -> dict[str, str]:
    """Indicator -> the topic its returns talk about."""
    return {indicator: topic for topic, about in words()["topics"].items() for indicator in about["indicators"]}


def filled(template: str, fields: pd.DataFrame) -> pd.Series:
    """A template such as "{area} Partnership" with the columns it names put in; one text a row of `fields`."""
    pieces = _FIELD.split(template)
    text = pd.Series(pieces[0], index=fields.index, dtype=object)
    for name, after in zip(pieces[1::2], pieces[2::2], strict=True):
        text = text + fields[name].astype(object) + after
    return text


def said(templates: Sequence[str], draw: np.ndarray, fields: pd.DataFrame) -> pd.Series:
    """One of the templates for each row, by its draw (any whole number from 0), filled from `fields`."""
    return _picked(templates, np.asarray(draw) % len(templates), fields)


def said_by(group: pd.Series, templates: dict[Any, Sequence[str]], draw: np.ndarray, fields: pd.DataFrame) -> pd.Series:
    """As `said`, with templates of their own for each value of `group`."""
    sizes = {key: len(own) for key, own in templates.items()}
    firsts = dict(zip(sizes, np.cumsum([0, *sizes.values()]), strict=False))
    which = group.map(firsts).to_numpy() + np.asarray(draw) % group.map(sizes).to_numpy()
    return _picked([template for own in templates.values() for template in own], which, fields)


def _picked(templates: Sequence[str], which: np.ndarray, fields: pd.DataFrame) -> pd.Series:
    text = np.array(templates, dtype=object)[which]
    for number, template in enumerate(templates):
        names = _FIELD.findall(template)
        if names and (which == number).any():
            here = which == number
            text[here] = filled(template, fields[names][here])
    return pd.Series(text, index=fields.index, dtype=object)
