"""A correction says what is wrong, of which figure, and since when; a slip in it is refused."""

import pytest
import yaml
from pydantic import ValidationError

from sources.areas import read_seed
from sources.corrections import CORRECTIONS, Correction, correction_rows, load_corrections
from sources.landing import prepare
from sources.parquet import read_parquet

ENTRY = {
    "code": "T-1", "edition": "published", "feed": "ohid_fingertips", "indicator_code": "NI 070",
    "area_code": "E06000018", "period_label": "2007/08", "published": {"exactly": 2.5}, "corrected": 25,
    "reason": "ten times too low", "source": "letter of the publisher", "decided_on": "2009-03-15",
}  # fmt: skip


def without(name):
    return {key: value for key, value in ENTRY.items() if key != name}


def test_the_shipped_corrections_name_what_the_framework_knows():
    parts = {tuple(row) for row in read_seed("framework/indicator_parts")[["indicator_code", "part"]].to_numpy()}
    areas = set(read_seed("framework/areas")["area_code"])
    for one in load_corrections():
        assert (one.indicator_code, one.part) in parts
        assert one.area_code in areas


@pytest.mark.parametrize(
    "entry",
    [
        without("reason"),
        without("published"),
        without("corrected"),
        {**ENTRY, "multiply_by": 10},
        {**ENTRY, "published": {}},
        {**ENTRY, "feed": "nobody"},
        {**ENTRY, "edition": "draft"},
        {**ENTRY, "reson": "a slip"},
    ],
)
def test_a_slip_is_refused(entry):
    with pytest.raises(ValidationError):
        Correction.model_validate(entry)


def test_two_corrections_of_one_code_are_refused(tmp_path):
    path = tmp_path / "corrections.yaml"
    path.write_text(yaml.safe_dump([ENTRY, ENTRY]))
    with pytest.raises(ValueError, match="T-1 stands there twice"):
        load_corrections(path)


def test_a_file_without_entries_holds_none(tmp_path):
    path = tmp_path / "corrections.yaml"
    path.write_text("# none\n")
    assert correction_rows(load_corrections(path)).empty


def test_corrections_are_landed_with_their_guard(tmp_path):
    prepare(tmp_path)
    told = read_parquet([tmp_path / "landing/corrections/feed=_all/corrections.parquet"], "corrections")
    assert list(told["correction_code"]) == [entry["code"] for entry in yaml.safe_load(CORRECTIONS.read_text())]
    first = told.iloc[0]
    assert (first["published_below"], first["multiply_by"], str(first["decided_on"])[:10]) == (30, 10, "2009-03-15")
    assert first["part"] == "headline"
    assert told["published_exactly"].isna().all()
