"""Survey numbers come in through a feed's description like any other, and count as numbers."""

import pytest
import yaml

from sources import registry
from sources.landing import land
from sources.parquet import read_parquet
from sources.registry import FeedSpec

HEAD = b"geography_code,date,value,Measure,answers,deff\n"


@pytest.fixture
def spec():
    raw = yaml.safe_load((registry.FEEDS / "dclg_net_additional_dwellings.yaml").read_text(encoding="utf-8"))
    raw["layouts"][0]["columns"] |= {"answers": "answers", "deff": "deff"}
    raw["layouts"][0]["measures"][0] |= {"survey_base": "answers", "design_effect": "deff"}
    return FeedSpec.model_validate(raw)


def landed(spec, tmp_path, rows):
    (tmp_path / "net_additional.csv").write_bytes(HEAD + rows)
    report = land(spec, tmp_path / "net_additional.csv", tmp_path / "hub")
    return report, read_parquet(list((tmp_path / "hub/landing/observations").rglob("*.parquet")), "observations")


def test_base_and_design_effect_land_as_printed(spec, tmp_path):
    rows = b"E06000001,2009-10,120,net_additional_dwellings,1100,1.35\n"
    report, observations = landed(spec, tmp_path, rows + b"E06000002,2009-10,80,net_additional_dwellings,,\n")
    assert report.status == "landed"
    assert observations["survey_base"].fillna(-1).tolist() == [1100, -1]
    assert observations["design_effect"].fillna(-1).tolist() == [1.35, -1]


def test_a_design_effect_of_nought_is_refused(spec, tmp_path):
    report, _ = landed(spec, tmp_path, b"E06000001,2009-10,120,net_additional_dwellings,1100,0\n")
    assert report.status == "quarantined"
    assert "design_effect" in report.reasons()[0]


def test_an_unreadable_base_is_told(spec, tmp_path):
    report, observations = landed(spec, tmp_path, b"E06000001,2009-10,120,net_additional_dwellings,many,1\n")
    assert observations["value"].tolist() == [120]
    assert any("'many'" in issue.message for issue in report.issues)
