from pathlib import Path

from orchestration import cli
from orchestration.settings import Settings


def test_home_defaults_to_data_in_the_working_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert Settings.from_env({}).home == tmp_path / "data"


def test_every_path_is_in_the_home(tmp_path):
    settings = Settings.from_env({"HUB_HOME": str(tmp_path)})
    names = [name for name, kind in vars(Settings).items() if isinstance(kind, property)]
    assert len(names) > 5
    assert all(getattr(settings, name).is_relative_to(tmp_path) for name in names)


def test_a_given_feeds_folder_goes_before_the_environment(tmp_path):
    environ = {"HUB_FEEDS": "elsewhere"}
    assert Settings.from_env(environ, tmp_path).feeds_dir == tmp_path
    assert Settings.from_env(environ).feeds_dir == Path("elsewhere").resolve()
    assert Settings.from_env({"HUB_FEEDS": ""}).feeds_dir is None


def test_both_warehouses_have_one_file_name(tmp_path):
    """DuckDB's views name their database, which is the file's name: another name would break them."""
    settings = Settings(tmp_path)
    assert settings.next_warehouse.name == settings.warehouse.name


def test_a_home_that_is_a_file_is_said_plainly(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("HUB_HOME", str(tmp_path / "file"))
    assert cli.main(["land", "decc_local_co2", "x.csv"]) == 2
    assert "no folder can be made there" in capsys.readouterr().err
