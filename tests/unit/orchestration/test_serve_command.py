import threading
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from orchestration import cli
from orchestration.commands import serve
from orchestration.lib import releases
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    return Settings(tmp_path)


def publish(settings, words):
    folder = releases.begin(settings)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text(words)
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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert urlopen(address).read() == b"first"
        publish(settings, "second")
        assert urlopen(address).read() == b"second"
        with pytest.raises(HTTPError):
            urlopen(address + "hub-lock")
        server.shutdown()
