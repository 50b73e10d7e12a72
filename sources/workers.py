"""Processes for tasks that need nothing of each other.

Belongs here: how many, and that none outlives the run it works for. Does not belong here: any task.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import forkserver

MOST = 4  # each holds a delivery in memory, some 700 MB of it for the largest of the full illustrative edition

# A process that begins from nothing imports these for two seconds; the server they are forked from does it once a run.
IMPORTED_ONCE = ("sources.demo.edition", "sources.landing", "sources.reading", "quality.checks")


def workers(tasks: int) -> Executor:
    """An executor for so many tasks: a process a core, or a thread of this process where one is enough."""
    count = min(os.cpu_count() or 1, tasks, MOST)
    if count < 2:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(count, _context(), initializer=end_with_parent)


def make_ready() -> None:
    """Have the server that processes are forked from import beside this process, which has imports of its own to do."""
    if (os.cpu_count() or 1) > 1 and _context().get_start_method() == "forkserver":
        forkserver.ensure_running()


def _context() -> multiprocessing.context.BaseContext:
    """How a process begins: never as a copy of this one, whose threads and database connections must not be copied."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(IMPORTED_ONCE))
    return context


def end_with_parent() -> None:
    """A process whose run was killed must not go on working beside the next run."""
    gc.freeze()  # what it was forked with is never garbage

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
