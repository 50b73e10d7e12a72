"""One builder at a time: two runs must not write the same unfinished warehouse or release.

Belongs here: the lock. Does not belong here: readers, who need none because they only see finished files.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_one(home: Path, what: str) -> Iterator[None]:
    """Wait until no other process does `what` in this home, then hold it; a crash lets go of it by itself.

    A process that is begun meanwhile with `close_fds=False` holds it too: should this one be killed, the next waits
    until that one has stopped writing.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / f".{what}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.set_inheritable(handle.fileno(), True)
        yield
