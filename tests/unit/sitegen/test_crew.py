import os
import signal
import subprocess
import sys
import time
from pathlib import Path

CREW = """
import os, time
from collections import Counter
from sitegen import crew

def work(mine, heard):
    print(os.getpid(), flush=True)
    time.sleep(600)
    return Counter()

crew.share_out(work, 2, lambda more: None)
"""


def test_processes_that_render_end_with_the_one_that_began_them():
    with subprocess.Popen([sys.executable, "-c", CREW], stdout=subprocess.PIPE, text=True) as builder:
        begun = [int(builder.stdout.readline()) for _ in range(2)]
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        until = time.monotonic() + 60
        while left := [pid for pid in begun if _lives(pid)]:
            assert time.monotonic() < until, left
            time.sleep(0.05)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
