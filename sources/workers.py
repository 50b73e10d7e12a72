"""Processes for tasks that need nothing of each other.

Belongs here: how many, and that none outlives the run it works for. Does not belong here: any task.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

MOST = 4  # each holds a delivery in memory, some 700 MB of it for the largest of the full illustrative edition


def workers(tasks: int) -> Executor:
    """An executor for so many tasks: a process a core, or a thread of this process where one is enough."""
    count = min(os.cpu_count() or 1, tasks, MOST)
    if count < 2:
        return ThreadPoolExecutor(1)
    # spawned, not forked: threads and database connections of this process must not be copied
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A process whose run was killed must not go on working beside the next run."""

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
