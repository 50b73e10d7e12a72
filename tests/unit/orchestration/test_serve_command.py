import http.client
import threading
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from orchestration import cli
from orchestration.commands import serve
from orchestration.lib import releases
from orchestration.settings import Settings
from sitegen import NotMade
from sitegen.render import CONTENT_SECURITY_POLICY


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    return Settings(tmp_path)


def publish(settings, words):
    folder = releases.begin(settings)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text(words)
    (folder / "site" / "404.html").write_text('<a href="index.html">Not here</a> <a href="#main">Skip</a>')
    (folder / "site" / "static").mkdir()
    (folder / "site" / "static" / "hub.css").write_text("body {}")
    releases.set_ready(settings)
    releases.show(settings)


def test_nothing_published_is_said_plainly(settings, capsys):
    assert cli.main(["serve"]) == 1
    assert "make build" in capsys.readouterr().err


def test_a_port_in_use_is_said_plainly(settings, capsys):
    publish(settings, "first")
    with serve.server_for(settings, "127.0.0.1", 0) as server:
        assert cli.main(["serve", "--port", str(server.server_port)]) == 1
    assert "--port" in capsys.readouterr().err


def test_a_new_release_is_served_without_a_restart(settings):
    publish(settings, "first")
    with serve.server_for(settings, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert urlopen(address).read() == b"first"
        publish(settings, "second")
        assert urlopen(address).read() == b"second"
        with pytest.raises(HTTPError):
            urlopen(address + "hub-lock")
        server.shutdown()


@pytest.mark.parametrize("port", ["-1", "65536", "99999999999"])
def test_a_number_that_is_no_port_is_said_plainly(settings, capsys, port):
    publish(settings, "first")
    assert cli.main(["serve", f"--port={port}"]) == 2
    assert "from 0 to 65535" in capsys.readouterr().err


@pytest.fixture
def ask(settings):
    """Ask a running server for an address exactly as written; returns status and body."""
    publish(settings, "first")

    def request(address, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.putrequest(method, address, skip_host=True)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    with serve.server_for(settings, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield request
        server.shutdown()


@pytest.mark.parametrize(
    "address",
    [
        "/none.html",
        "/ni/none.html",
        "/index.html/",
        "/%00",
        "/%ff%fe",
        "/%ed%a0%80",
        f"/{'a' * 5000}",
        "http://[",
        "/static/",
        "/../current",
        "/%2e%2e/hub.duckdb",
    ],
)
def test_a_missing_or_impossible_address_gets_the_sites_own_page(ask, address, capsys):
    status, body = ask(address)
    assert status == 404
    assert body == b'<a href="/index.html">Not here</a> <a href="#main">Skip</a>'
    assert capsys.readouterr().err == ""


def test_a_missing_page_has_no_body_when_only_the_head_is_asked(ask):
    assert ask("/none.html", "HEAD") == (404, b"")


def test_a_file_below_a_folder_is_served(ask):
    assert ask("/static/hub.css") == (200, b"body {}")


def test_every_answer_carries_the_strict_policy(settings):
    publish(settings, "first")
    with serve.server_for(settings, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        found = urlopen(address).headers
        with pytest.raises(HTTPError) as missing:
            urlopen(address + "none.html")
        server.shutdown()
    for headers in (found, missing.value.headers):
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) <= {"'none'", "'self'"}


class Moment:
    """Stands for a preview: one page that changes, one at fault, one style sheet."""

    words = "first"

    def page(self, path):
        if path == "ni/broken.html":
            raise NotMade("Could not make ni/broken.html")
        return self.words if path in ("index.html", "ni/index.html") else None

    def static(self, path):
        return b"body { color: red }" if path == "static/hub.css" else None


def test_watching_serves_pages_of_this_moment_and_a_fault_in_its_place(settings, monkeypatch, capsys):
    publish(settings, "as released")
    moment = Moment()
    monkeypatch.setattr(serve, "Preview", lambda published, frozen: moment)
    with serve.preview_for(settings, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert urlopen(address).read() == b"first"
        moment.words = "second"
        assert urlopen(f"{address}ni/").read() == b"second"
        assert urlopen(f"{address}static/hub.css").read() == b"body { color: red }"
        with pytest.raises(HTTPError) as broken:
            urlopen(f"{address}ni/broken.html")
        with pytest.raises(HTTPError) as missing:
            urlopen(f"{address}none.html")
        server.shutdown()
    assert (broken.value.code, broken.value.read()) == (500, b"Could not make ni/broken.html")
    assert broken.value.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert (missing.value.code, b"Not here" in missing.value.read()) == (404, True)
    assert "ni/broken.html" in capsys.readouterr().err
