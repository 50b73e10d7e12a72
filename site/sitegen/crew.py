"""Work shared out among processes that each hold a copy of what was read.

Belongs here: processes, and what they say to the one that began them. Does not belong here: what the work is.
"""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from sitegen.broken import NotMade

Mine = Callable[[int], bool]
Heard = Callable[[int], None]
Answer = TypeVar("Answer")
Work = Callable[[Mine, Heard], Answer]


def share_out(work: Work, count: int, heard: Heard) -> list[Answer]:
    """Do `work` with `count` processes at a time and return what each of them answers.

    Every process goes through the same pieces in the same order, numbered from 0, and asks of each if it is `mine`:
    a piece goes to the first that is free. `heard` is called here with how much more each says is done. Where processes
    cannot be forked, or one is enough, this one does all.

    Raises:
        NotMade: a process could not do its share; the others are stopped.
    """
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(lambda number: True, heard)]
    fork = multiprocessing.get_context("fork")
    turn = fork.Value("q", 0)
    gc.freeze()  # what was read is looked through by no collection, so it stays shared
    crew = []
    try:
        for _ in range(count):
            ours, theirs = fork.Pipe(duplex=False)
            process = fork.Process(target=_do, args=(work, turn, theirs), daemon=True)
            process.start()
            theirs.close()
            crew.append((process, ours))
        return _listen([ours for _, ours in crew], heard)
    finally:
        for process, ours in crew:
            ours.close()
            process.terminate()
            process.join()
        gc.unfreeze()


def _do(work: Work, turn, said: Connection) -> None:
    """One process: its share of the work, what is done, and at the end its answer or why it failed."""
    _end_with_parent()

    def claim(number: int) -> bool:  # only when it is come to: a piece that waits for a long one is done by another
        with turn.get_lock():
            free = turn.value == number
            turn.value += free
        return free

    try:
        said.send(work(claim, said.send))
    except NotMade as problem:
        said.send(problem)


def _end_with_parent() -> None:
    """A process whose parent was killed must not go on writing into a folder that another build may begin with."""

    def leave() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()


def _listen(pipes: list[Connection], heard: Heard) -> list[Answer]:
    """Hear every process out; return their answers."""
    answers = []
    talking = list(pipes)
    while talking:
        for pipe in wait(talking):
            try:
                word = pipe.recv()
            except EOFError:
                raise NotMade(
                    "a process that rendered pages was stopped from outside, most likely because memory ran out; "
                    "build again"
                ) from None
            if isinstance(word, NotMade):
                raise word
            if isinstance(word, int):
                heard(word)
            else:
                answers.append(word)
                talking.remove(pipe)
    return answers
