"""Dagster keeps its records in PostgreSQL, by the lines orchestration/dagster.yaml holds for it: a real server."""

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

import dagster as dg
import pytest

from orchestration.settings import CHECKOUT

PLACES = ":".join([os.environ.get("PATH", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))])
INITDB, PG_CTL = (shutil.which(name, path=PLACES) for name in ("initdb", "pg_ctl"))


@pytest.fixture
def server(tmp_path):
    """The address of a fresh server; it will not run as root, so it is given a user of its own where it must be."""
    if not (INITDB and PG_CTL):
        pytest.skip("PostgreSQL's server is not installed on this machine")
    as_root = os.geteuid() == 0
    if as_root and "postgres" not in {user.pw_name for user in pwd.getpwall()}:
        pytest.skip("PostgreSQL does not run as root, and there is no user `postgres`")
    user = {"user": "postgres"} if as_root else {}
    folder = Path("/tmp") / f"hub-postgres-{os.getpid()}"  # the user must get there, and a socket's path is short
    folder.mkdir()
    if as_root:
        shutil.chown(folder, "postgres")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder, **user}
    try:
        subprocess.run([INITDB, "-D", folder / "data", "-U", "hub", "-A", "trust", "--no-sync"], **quiet)
        subprocess.run([PG_CTL, "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"], **quiet)
        yield f"postgresql+psycopg2://hub@127.0.0.1:{port}/postgres"
        subprocess.run([PG_CTL, "-D", folder / "data", "-m", "immediate", "stop"], **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def uncommented(config: str) -> str:
    """The configuration with the comment marks taken off the lines of `storage:`."""
    head, mark, lines = config.partition("# storage:\n")
    return head + mark[2:] + "".join(line.removeprefix("# ") for line in lines.splitlines(keepends=True))


def test_runs_are_kept_in_postgresql_by_config_alone(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HUB_DAGSTER_POSTGRES", server)
    config = (CHECKOUT / "orchestration" / "dagster.yaml").read_text()
    (tmp_path / "dagster.yaml").write_text(uncommented(config))

    @dg.asset
    def one() -> dg.MaterializeResult:
        return dg.MaterializeResult(metadata={"rows": 1})

    for _ in range(2):  # a second process finds what the first one kept
        with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
            assert type(instance.run_storage).__module__.startswith("dagster_postgres")
            before = instance.get_runs_count()
            assert dg.materialize([one], instance=instance).success
            assert instance.get_runs_count() == before + 1
    assert before == 1
    assert not list(tmp_path.rglob("*.db"))
