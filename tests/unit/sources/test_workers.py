import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from sources import workers

ORPHANS = """
import os, sys, time
from sources import workers
workers.os.cpu_count = lambda: 2
if __name__ == "__main__":
    pool = workers.workers(2)
    print(*[task.result() for task in [pool.submit(os.getpid), pool.submit(os.getpid)]], flush=True)
    time.sleep(60)
"""


def test_one_task_or_one_core_stays_in_this_process(monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 1)
    with workers.workers(8) as pool:
        assert isinstance(pool, ThreadPoolExecutor)
        assert pool.submit(os.getpid).result() == os.getpid()
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    assert isinstance(workers.workers(1), ThreadPoolExecutor)


def test_several_cores_get_a_process_each_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 64)
    with workers.workers(100) as pool:
        assert isinstance(pool, ProcessPoolExecutor)
        assert pool._max_workers == workers.MOST
        assert pool.submit(os.getpid).result() != os.getpid()


def test_a_process_ends_with_the_run_that_began_it(tmp_path):
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    run = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    begun = {int(pid) for pid in run.stdout.readline().split()}
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    while any(_lives(pid) for pid in begun):  # ends, or the suite's own time limit says that it does not
        time.sleep(0.05)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
