import json

from orchestration import cli
from sources.registry import load_feeds


def test_a_pipe_gets_one_line_a_feed(capsys):
    assert cli.main(["feeds"]) == 0
    heading, *rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert heading == ["key", "family", "publisher", "indicators", "title"]
    assert [row[0] for row in rows] == sorted(load_feeds())
    assert {row[1] for row in rows} == {spec.family for spec in load_feeds().values()}


def test_json_says_where_files_are_looked_for(capsys):
    assert cli.main(["feeds", "--json"]) == 0
    feeds = json.loads(capsys.readouterr().out)
    assert all(feed["folder"] and feed["files"] for feed in feeds)


def test_a_terminal_gets_a_table(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert cli.main(["feeds"]) == 0
    assert f"{len(load_feeds())} feeds" in capsys.readouterr().out
