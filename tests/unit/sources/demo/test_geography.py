"""Illustrative areas: what adds up to what."""

import numpy as np
import pytest

from sources.demo.geography import BOUNDARIES, Geography


@pytest.mark.parametrize("day", BOUNDARIES)
@pytest.mark.parametrize("level", ["pct", "sha"])
def test_trusts_and_health_authorities_share_out_every_council_once(day, level):
    england = Geography()
    one = np.ones((len(england.councils), 1))
    assert england.add_up(one, england.on(day, level)).sum() == pytest.approx(len(england.councils))


def test_a_trust_is_its_councils_and_its_share_of_one_it_has_a_part_of():
    england = Geography()
    trusts = england.on(BOUNDARIES[0], "pct").set_index("area_name", drop=False)
    people = england.councils.set_index("area_name")["people"]
    names = ["Nottingham City PCT", "Tameside and Glossop PCT"]
    nottingham, tameside = england.add_up(people.to_numpy()[:, None], trusts.loc[names])[:, 0]
    assert nottingham == people["Nottingham"]
    assert tameside == pytest.approx(people["Tameside"] + 0.355 * people["High Peak"])
