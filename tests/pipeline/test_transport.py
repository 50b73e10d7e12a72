"""Deliveries over http, against a real server on this machine that replays what real ones do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import tenacity.nap

from orchestration.lib import deliveries
from orchestration.settings import Settings
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


def test_a_server_that_asks_to_wait_is_asked_again(server, tmp_path):
    server.answers = [(429, {"Retry-After": "1"}, b"slow down"), (200, {}, BODY)]
    assert fetched(server, tmp_path).status == "landed"


def test_a_server_that_trickles_is_given_up(server, tmp_path, monkeypatch):
    monkeypatch.setattr(transport, "DOWNLOAD_SECONDS", -1)
    server.answers = [(200, {}, BODY)]
    report = fetched(server, tmp_path)
    assert report.issues[0].check == "too_slow"
    assert not read_landed(tmp_path)


def test_a_file_that_moved_is_followed(server, tmp_path):
    server.answers = [(302, {"Location": "/new/place.csv"}, b""), (200, {}, BODY)]
    assert fetched(server, tmp_path).status == "landed"


def test_a_redirect_without_end_is_a_sentence(server, tmp_path):
    server.answers = [(302, {"Location": "/files/net%20additional.csv"}, b"")]
    report = fetched(server, tmp_path)
    assert "TooManyRedirects" in report.reasons()[0]


LOGIN = b"<html><head><title>Sign in</title></head><form method=post><input type=password></form></html>"
NOW = {"a login page": (LOGIN, "web page"), "a PDF": (b"%PDF-1.4\n", "a PDF document"), "JSON": (b"[{}]", "JSON")}


@pytest.mark.parametrize("what", NOW)
def test_an_address_that_now_gives_something_else_changes_nothing_that_landed(server, tmp_path, what):
    content, said = NOW[what]
    server.answers = [(200, {}, BODY), (200, {"Content-Type": "text/csv"}, content), (200, {}, BODY)]
    assert fetched(server, tmp_path).status == "landed"
    before = read_landed(tmp_path)
    report = fetched(server, tmp_path)
    assert report.status == "quarantined"
    assert said in report.reasons()[0]
    assert read_landed(tmp_path) == before
    assert fetched(server, tmp_path).status == "unchanged"


@pytest.mark.parametrize("address", ["..%2F..%2F..%2Fetc%2Fpasswd.csv", "..%5C..%5Cpasswd.csv", "%2Fetc%2Fpasswd.csv"])
@pytest.mark.parametrize("body", [BODY, b"<html>"])
def test_a_name_that_climbs_out_of_the_folder_does_not(server, tmp_path, address, body):
    server.answers = [(200, {}, body)]
    home = tmp_path / "deep" / "home"
    report = land(load_feeds()[FEED], f"{server.url.rpartition('/')[0]}/{address}", home)
    assert report.file_name == "passwd.csv"
    assert {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*") if path.is_file()} == {
        ("deep", "home")
    }


def test_what_was_fetched_before_is_fetched_anew(server, tmp_path):
    server.answers = [(200, {"ETag": '"a"'}, BODY), (200, {}, BODY.replace(b"120", b"121"))]
    fetched(server, tmp_path)
    reports = deliveries.land(load_feeds()[FEED], Settings(tmp_path), pull=True)
    assert [report.status for report in reports] == ["landed"]
    assert len(read_landed(tmp_path)) == 2
    assert transport.addresses(tmp_path, "ons_conceptions") == []


def read_landed(home):
    return {path.name: path.read_bytes() for path in (home / "landing" / "observations").rglob("*.parquet")}


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
