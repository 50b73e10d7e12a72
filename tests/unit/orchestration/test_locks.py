import subprocess
import sys

from orchestration.lib.locks import only_one

WAIT = """
import sys; from pathlib import Path; from orchestration.lib.locks import only_one
print('asking', flush=True)
with only_one(Path(sys.argv[1]), 'warehouse'): print('mine', flush=True)
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
