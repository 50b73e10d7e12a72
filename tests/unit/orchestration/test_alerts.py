"""Alerts are kept once and handed to the channel until it takes them: a real webhook and a real mail server."""

import json
import socket
import threading
import xml.etree.ElementTree as ET
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from orchestration.lib import alerts
from orchestration.lib.alerts import Alert
from orchestration.settings import Settings, UnusableSetting

LATE = Alert("late", "f:2009-03-31", "f is late: nothing came that was due by 2009-03-31", "Feed <f> & more")
REFUSED = Alert("quarantine", "f:1", "b.csv of f was quarantined", "b.csv: It is empty.")
ATOM = "{http://www.w3.org/2005/Atom}"


@contextmanager
def webhook(status):
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status[0])
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"json://127.0.0.1:{server.server_port}/alerts", got
        server.shutdown()
        thread.join()


def titles(settings):
    feed = ET.parse(settings.alerts_folder / "alerts.atom").getroot()
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_an_alert_is_told_once(tmp_path):
    status = [200]
    with webhook(status) as (url, got):
        settings = Settings(tmp_path, alerts=url)
        assert alerts.tell(settings, [LATE, LATE]) == 1
        assert alerts.tell(settings, [LATE, REFUSED]) == 1
        assert alerts.tell(settings, [LATE, REFUSED]) == 0
    assert [message["title"] for message in got] == [LATE.sentence, REFUSED.sentence]
    assert "Feed <f> & more" in got[0]["message"]
    assert titles(settings) == [REFUSED.sentence, LATE.sentence]


def test_what_the_channel_did_not_take_is_told_again(tmp_path):
    status = [503]
    with webhook(status) as (url, got):
        settings = Settings(tmp_path, alerts=url)
        alerts.tell(settings, [LATE])
        assert [row["told"] for row in alerts.kept(settings)] == [False]
        status[0] = 200
        assert alerts.tell(settings, [REFUSED]) == 1
        alerts.tell(settings, [])
    assert got[1]["title"] == "2 alerts of the performance hub"
    assert len(got) == 2
    assert all(row["told"] for row in alerts.kept(settings))


def test_alerts_come_by_mail(tmp_path):
    class Box:
        async def handle_DATA(self, server, session, envelope):
            got.append(envelope)
            return "250 OK"

    got = []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Box(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        channel = f"mailto://127.0.0.1:{port}/?from=hub@example.org&to=engineer@example.org&mode=insecure"
        alerts.tell(Settings(tmp_path, alerts=channel), [REFUSED])
    finally:
        server.stop()
    assert [envelope.rcpt_tos for envelope in got] == [["engineer@example.org"]]
    assert "b.csv of f was quarantined" in got[0].content.decode()


def test_without_a_channel_the_feed_tells(tmp_path):
    settings = Settings(tmp_path)
    alerts.tell(settings, [LATE])
    assert titles(settings) == [LATE.sentence]


def test_a_channel_that_is_none_is_a_sentence(tmp_path):
    with pytest.raises(UnusableSetting, match="HUB_ALERTS is no address"):
        alerts.tell(Settings(tmp_path, alerts="nonsense"), [LATE])
    assert titles(Settings(tmp_path)) == [LATE.sentence]
