import pytest

from orchestration.lib import releases
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "home")


def prepare(settings, words):
    folder = releases.begin(settings)
    (folder / "hub.duckdb").write_text(words)
    releases.set_ready(settings)
    return folder


def shown(settings):
    return (settings.published / "hub.duckdb").read_text()


def test_data_is_out_of_sight_until_it_is_shown(settings):
    prepare(settings, "first")
    assert not settings.published.exists()
    releases.show(settings)
    prepare(settings, "second")
    assert shown(settings) == "first"
    releases.show(settings)
    assert shown(settings) == "second"


def test_one_earlier_release_is_kept(settings):
    for words in ("first", "second", "third"):
        prepare(settings, words)
        releases.show(settings)
    assert sorted(path.name for path in settings.releases.iterdir()) == ["2", "3"]


def test_an_open_reader_keeps_the_release_it_opened(settings):
    prepare(settings, "first")
    releases.show(settings)
    with (settings.published / "hub.duckdb").open() as reader:
        for words in ("second", "third", "fourth"):
            prepare(settings, words)
            releases.show(settings)
        assert reader.read() == "first"


def test_pages_can_be_made_again_without_new_data(settings):
    prepare(settings, "first")
    first = releases.show(settings)
    again = releases.ready(settings)
    assert (again / "hub.duckdb").samefile(first / "hub.duckdb")
    (again / "site").mkdir()
    releases.show(settings)
    assert shown(settings) == "first"
    assert (settings.published / "site").is_dir()
    assert not (first / "site").exists()


def test_nothing_to_make_pages_from_is_said_plainly(settings):
    with pytest.raises(FileNotFoundError, match="hub build"):
        releases.ready(settings)


@pytest.mark.parametrize("left", ["preparing", "next", "7"])
def test_what_a_crash_left_behind_does_no_harm(settings, left):
    prepare(settings, "first")
    releases.show(settings)
    (settings.releases / left).mkdir()
    (settings.releases / left / "hub.duckdb").write_text("half")
    assert shown(settings) == "first"
    prepare(settings, "second")
    releases.show(settings)
    assert shown(settings) == "second"
    assert len(list(settings.releases.iterdir())) == 2


def test_a_crash_while_the_link_is_swapped_shows_the_old_release(settings, monkeypatch):
    prepare(settings, "first")
    releases.show(settings)
    prepare(settings, "second")
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            releases.show(settings)
    assert shown(settings) == "first"
    prepare(settings, "third")
    releases.show(settings)
    assert shown(settings) == "third"


def test_a_file_system_without_hard_links_gets_copies(settings, monkeypatch):
    prepare(settings, "first")
    releases.show(settings)

    def refuse(*_):
        raise OSError

    monkeypatch.setattr("os.link", refuse)
    assert (releases.ready(settings) / "hub.duckdb").read_text() == "first"
