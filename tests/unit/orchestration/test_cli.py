"""The command as a process: it ends at once, with its own exit code and nothing left unsaid."""

import subprocess
import sys

import pytest

from sources.registry import load_feeds


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (["--help"], 0, "usage: hub"),
        (["feeds"], 0, sorted(load_feeds())[-1]),
        (["build", "--nonsense"], 2, "unrecognized arguments: --nonsense"),
        (["build", "--feeds", "nowhere"], 2, "There is no folder"),
    ],
)
def test_a_command_ends_with_its_code_and_all_it_said(typed, code, said, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *typed], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == code
    assert said in done.stdout + done.stderr


def test_what_nobody_foresaw_is_told_and_is_no_success(tmp_path):
    program = "from orchestration import cli\ncli.main = lambda: 1 / 0\ncli.run()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, "ZeroDivisionError" in done.stderr) == (1, True)
