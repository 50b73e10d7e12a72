"""Deliveries over http, against a real server on this machine that replays what real ones do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import tenacity.nap

from sources import transport
from sources.landing import land
from sources.registry import load_feeds

BODY = b"geography_code,date,value,Measure\nE06000001,2009-10,120,net_additional_dwellings\n"
FEED = "dclg_net_additional_dwellings"


@dataclass
class Replay:
    """Answers in order, the last one again and again; `asked` keeps the request headers."""

    url: str = ""
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server(monkeypatch) -> Iterator[Replay]:
    monkeypatch.setattr(tenacity.nap.time, "sleep", lambda _seconds: None)
    replay = Replay()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            replay.asked.append(dict(self.headers))
            status, headers, body = replay.answers[min(len(replay.asked), len(replay.answers)) - 1]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        replay.url = f"http://127.0.0.1:{httpd.server_port}/files/net%20additional.csv"
        yield replay
        httpd.shutdown()
        thread.join()


def fetched(replay: Replay, home):
    return land(load_feeds()[FEED], replay.url, home)


def test_a_file_is_fetched_with_its_name_and_date(server, tmp_path):
    server.answers = [(200, {"ETag": '"a"', "Last-Modified": "Wed, 23 Nov 2011 09:30:00 GMT"}, BODY)]
    report = fetched(server, tmp_path)
    assert (report.status, report.rows, report.file_name) == ("landed", 1, "net additional.csv")
    ledger = transport_ledger(tmp_path)
    assert ledger["source_url"] == server.url
    assert str(ledger["published_on"])[:10] == "2011-11-23"


def test_what_did_not_change_is_not_sent_again(server, tmp_path):
    tags = {"ETag": '"a"', "Last-Modified": "Wed, 23 Nov 2011 09:30:00 GMT"}
    server.answers = [(200, tags, BODY), (304, tags, b"")]
    first, second = fetched(server, tmp_path), fetched(server, tmp_path)
    assert second.status == "unchanged"
    assert second.delivery_id == first.delivery_id
    assert server.asked[1]["If-None-Match"] == '"a"'
    assert server.asked[1]["If-Modified-Since"] == tags["Last-Modified"]


def test_a_refused_file_is_fetched_again_whole(server, tmp_path):
    """What was not landed must not be hidden behind a 304 for ever."""
    tags = {"ETag": '"a"'}
    server.answers = [(200, tags, b"<html>down for maintenance</html>"), (200, tags, BODY)]
    assert fetched(server, tmp_path).status == "quarantined"
    assert fetched(server, tmp_path).status == "landed"
    assert "If-None-Match" not in server.asked[1]


def test_a_server_that_stumbles_is_asked_again(server, tmp_path):
    server.answers = [(500, {}, b""), (503, {}, b""), (200, {}, BODY)]
    assert fetched(server, tmp_path).status == "landed"
    assert len(server.asked) == 3


@pytest.mark.parametrize(("status", "said"), [(404, "answered 404"), (403, "answered 403"), (410, "answered 410")])
def test_a_missing_file_is_a_sentence_and_no_retry(server, tmp_path, status, said):
    server.answers = [(status, {}, b"gone")]
    report = fetched(server, tmp_path)
    assert report.status == "quarantined"
    assert said in report.reasons()[0]
    assert len(server.asked) == 1


def test_a_server_that_stays_down_is_a_sentence(server, tmp_path):
    server.answers = [(500, {}, b"")]
    report = fetched(server, tmp_path)
    assert "did not answer properly" in report.reasons()[0]
    assert len(server.asked) == transport.ATTEMPTS


def test_nobody_listening_is_a_sentence(server, tmp_path):
    report = land(load_feeds()[FEED], "http://127.0.0.1:9/net.csv", tmp_path)
    assert "did not answer properly" in report.reasons()[0]


def test_a_body_cut_short_is_refused(server, tmp_path):
    server.answers = [(200, {"Content-Length": str(len(BODY) + 100)}, BODY)]
    report = fetched(server, tmp_path)
    assert report.status == "quarantined"
    assert "did not answer properly" in report.reasons()[0]


def test_a_body_without_end_is_refused(server, tmp_path, monkeypatch):
    monkeypatch.setattr(transport, "LIMIT", 20)
    server.answers = [(200, {}, BODY)]
    assert fetched(server, tmp_path).issues[0].check == "too_large"


def test_an_error_page_is_not_data(server, tmp_path):
    server.answers = [(200, {"Content-Type": "text/html"}, b"<!doctype html><html>Sorry</html>")]
    assert "web page" in fetched(server, tmp_path).reasons()[0]


@pytest.mark.parametrize("modified", ["yesterday", "", "Wed, 99 Foo 2011"])
def test_an_odd_date_header_is_ignored(server, tmp_path, modified):
    server.answers = [(200, {"Last-Modified": modified}, BODY)]
    assert fetched(server, tmp_path).status == "landed"


@pytest.mark.parametrize("url", ["http://", "http://[", "https://exa mple/x.csv", "http://127.0.0.1:99999/x.csv"])
def test_an_impossible_address_is_a_sentence(tmp_path, url):
    report = land(load_feeds()[FEED], url, tmp_path)
    assert report.status == "quarantined"
    assert report.reasons()


def test_a_remembered_tag_file_that_is_broken_does_no_harm(server, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "http.json").write_text("{broken")
    server.answers = [(200, {}, BODY)]
    assert fetched(server, tmp_path).status == "landed"


def test_a_large_file_on_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(transport, "LIMIT", 20)
    (tmp_path / "net.csv").write_bytes(BODY)
    assert land(load_feeds()[FEED], tmp_path / "net.csv", tmp_path / "hub").issues[0].check == "too_large"


def transport_ledger(home):
    from sources.parquet import read_ledger

    return read_ledger(home).iloc[0]
