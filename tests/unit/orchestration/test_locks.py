import fcntl
import os
import signal
import subprocess
import sys

import pytest

from orchestration.lib.locks import only_one

WAIT = """
import sys; from pathlib import Path; from orchestration.lib.locks import only_one
print('asking', flush=True)
with only_one(Path(sys.argv[1]), 'warehouse'): print('mine', flush=True)
"""

WORK = """
import subprocess, sys; from pathlib import Path; from orchestration.lib.locks import only_one
with only_one(Path(sys.argv[1]), 'warehouse'):
    child = subprocess.Popen(['cat'], stdin=sys.stdin, close_fds=False)
    print(child.pid, flush=True); child.wait()
"""


def test_a_second_process_waits(tmp_path):
    with only_one(tmp_path, "warehouse"):
        other = subprocess.Popen([sys.executable, "-c", WAIT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert other.stdout.readline() == "asking\n"
        assert other.poll() is None
    assert other.communicate(timeout=30)[0] == "mine\n"


def test_another_kind_of_work_does_not_wait(tmp_path):
    with only_one(tmp_path, "warehouse"), only_one(tmp_path, "release"):
        pass


def test_what_a_killed_process_had_begun_holds_its_lock_until_it_ends(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        child = int(worker.stdout.readline())
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        with (tmp_path / ".warehouse.lock").open() as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.kill(child, signal.SIGKILL)
        with only_one(tmp_path, "warehouse"):
            pass
