"""Feeds are data, and a slip in them is refused."""

import re

import pytest
import yaml
from pydantic import ValidationError

from quality.schemas import MARKS
from sources import registry
from sources.areas import read_seed
from sources.cells import NOTHING, ZERO
from sources.readers import ees
from sources.registry import FeedSpec, load_feeds

FEEDS = sorted(load_feeds())


@pytest.mark.parametrize("key", FEEDS)
def test_every_feed_says_who_when_and_under_what_terms(key):
    spec = load_feeds()[key]
    for name in ("title", "publisher", "licence", "cadence", "description", "area_scheme", "folder"):
        assert getattr(spec, name).strip(), name
    assert spec.contact_page.startswith("https://")
    assert spec.public_url.startswith("https://")
    assert 0 <= spec.arrival_lag_months <= 36
    assert list(spec.due_months) == sorted(set(spec.due_months))
    assert set(spec.marks.values()) <= {*MARKS, ZERO, NOTHING}
    assert all(re.compile(pattern) for pattern in spec.files)


@pytest.mark.parametrize("key", FEEDS)
def test_every_role_and_indicator_of_a_feed_is_known(key):
    parts = {tuple(row) for row in read_seed("framework/indicator_parts")[["indicator_code", "part"]].to_numpy()}
    for layout in load_feeds()[key].layouts:
        roles = {*layout.columns, *layout.optional, *layout.from_title, "period"}
        if load_feeds()[key].reader == "ees":  # the standard's own columns, which every such layout has
            roles |= {"time_period", "time_identifier", "geographic_level", *ees.PLACES}
        for measure in layout.measures:
            used = {*measure.roles(), *measure.when, *measure.add_rows, *measure.alike_when}
            used |= {*re.findall(r"{(\w+)}", measure.indicator + measure.part), layout.status or "period"}
            used |= {column for rule in measure.dimensions.values() for column in rule.columns}
            assert used <= roles, used - roles
            assert "{" in measure.indicator or (measure.indicator, measure.part) in parts
        for rule in (*layout.areas, *layout.exclude):
            used = {*rule.when} | {role for way in rule.find for role in (way.code, way.name) if role}
            assert used <= roles, used - roles


def spec_of(**changed):
    raw = yaml.safe_load((registry.FEEDS / "dclg_net_additional_dwellings.yaml").read_text(encoding="utf-8"))
    return {**raw, **changed}


@pytest.mark.parametrize(
    "slip", [{"publsher": "x"}, {"family": "schools"}, {"key": "Has Spaces"}, {"layouts": []}, {"status": "draft"},
             {"arrival_lag_months": "soon"}, {"due_months": [13]}]
)  # fmt: skip
def test_a_slip_is_refused(slip):
    with pytest.raises(ValidationError):
        FeedSpec.model_validate(spec_of(**slip))


def test_a_slip_deep_inside_is_refused():
    raw = spec_of()
    raw["layouts"][0]["measures"][0]["valu"] = "value"
    with pytest.raises(ValidationError, match="valu"):
        FeedSpec.model_validate(raw)


@pytest.mark.parametrize(
    ("slip", "said"),
    [({"record": "wishes"}, "record"), ({"record": "targets"}, "observations need measures"),
     ({"record": "plans", "measures": ()}, None), ({"measures": ()}, "observations need measures"),
     ({"record": "targets", "measures": (), "period": None}, "need a period"), ({"period": None}, "need a period")],
)  # fmt: skip
def test_a_layout_says_what_its_kind_of_record_needs(slip, said):
    raw = spec_of()
    raw["layouts"][0] |= slip
    if said is None:
        assert FeedSpec.model_validate(raw).layouts[0].record == "plans"
    else:
        with pytest.raises(ValidationError, match=said):
            FeedSpec.model_validate(raw)


def test_key_and_file_name_agree(tmp_path, monkeypatch):
    (tmp_path / "other.yaml").write_text(yaml.safe_dump(spec_of()), encoding="utf-8")
    monkeypatch.setattr(registry, "FEEDS", tmp_path)
    with pytest.raises(ValueError, match="key and file name must agree"):
        load_feeds.__wrapped__()
