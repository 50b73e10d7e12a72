import json
from datetime import date

import pytest

from orchestration import cli
from orchestration.commands import land
from quality.issues import Issue
from quality.report import Report
from sources import landing

FEED = "dfe_exclusions"


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """Stands in for landing, which its own package tests: a file's name says what becomes of it."""
    heard = []

    def answer(spec, source, home, *, published_on=None, edition="published", companion=None):
        print("noise")
        heard.append((source, published_on, companion))
        name = source.rsplit("/", 1)[-1]
        status = next(s for s in ("quarantined", "unchanged", "landed") if s in f"{name} landed")
        issues = [Issue("error", "c", "It is empty.")] if status == "quarantined" else []
        return Report(spec.key, name, "d", "0" * 64, status, 7, issues)

    monkeypatch.setattr(landing, "land", answer)
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    return heard


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_json_line_a_file_and_nothing_else_on_standard_output(calls, capsys):
    assert cli.main(["land", FEED, "a.csv", "unchanged.csv"]) == 0
    told = lines(capsys)
    assert [(line["file"], line["status"]) for line in told] == [
        ("a.csv", "landed"),
        ("unchanged.csv", "unchanged"),
    ]
    assert told[0] | {"feed": FEED, "rows": 7, "sha256": "0" * 64} == told[0]
    assert told[0]["issues"] == {"error": 0, "warning": 0, "info": 0}


def test_one_quarantined_file_fails_the_command_but_not_the_others(calls, capsys):
    assert cli.main(["land", FEED, "quarantined.csv", "b.csv"]) == 1
    first, second = lines(capsys)
    assert first["reasons"] == ["It is empty."]
    assert second["status"] == "landed"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_companion_goes_with_its_data_file_and_shares_its_fate(calls, capsys, tmp_path, order):
    meta = tmp_path / "quarantined.meta.csv"
    meta.write_text("col_name\n")
    files = [f"{tmp_path}/quarantined.csv", str(meta)]
    assert cli.main(["land", FEED, *(files[i] for i in order)]) == 1
    data, companion = lines(capsys)
    assert [data["file"], companion["file"]] == ["quarantined.csv", "quarantined.meta.csv"]
    assert companion["status"] == data["status"] == "quarantined"
    assert companion["sha256"] != data["sha256"]
    assert companion["rows"] == 0
    assert calls == [(files[0], None, meta)]


def test_a_companion_without_its_data_file_is_landed_as_it_is(calls, capsys):
    cli.main(["land", FEED, "x.meta.csv"])
    assert len(lines(capsys)) == len(calls) == 1


def test_addresses_are_handed_on(calls, capsys):
    assert cli.main(["land", FEED, "https://example.org/a.csv"]) == 0
    assert calls[0][0] == "https://example.org/a.csv"


def test_the_day_of_publication_is_handed_on(calls, capsys):
    cli.main(["land", FEED, "a.csv", "--published-on", "2009-11-12"])
    assert calls[0][1] == date(2009, 11, 12)


def test_a_bad_day_is_said_plainly(calls, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["land", FEED, "a.csv", "--published-on", "12/11/2009"])
    assert stop.value.code == 2
    assert "not a day written as YYYY-MM-DD" in capsys.readouterr().err


def test_an_unknown_feed_gets_the_closest_known_one(capsys):
    assert cli.main(["land", "dfe_exclusion", "a.csv"]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "no feed 'dfe_exclusion'" in told.err
    assert "'dfe_exclusions'" in told.err


def test_the_closest_feed_is_named_however_far():
    assert "'abc'" in land.unknown_feed("zzzzzz", ["abc"])
