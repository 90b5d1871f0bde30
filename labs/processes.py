"""Worker processes that end with the program, however it ends, and that a Ctrl-C does not reach by itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, redirect_stderr
from multiprocessing import get_context, parent_process, resource_tracker
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
OnLoss = Callable[[int], None]
"""Told how many work on after a worker process has died."""


def spread(
    call: Callable[..., T], work: Sequence[tuple[Any, ...]], workers: int, on_loss: OnLoss | None = None
) -> Iterator[T]:
    """Yield what `call` returns for each set of arguments, as it comes, out of so many processes or out of this one.

    The system may end a worker at any time, most likely for want of memory. What is lost with it is done again by half
    as many, and at last here, so it must be equal whoever does it.
    """
    left = dict(enumerate(work))
    while workers > 1 and left:
        try:
            with processes(min(workers, len(left))) as pool:
                running = {pool.submit(call, *arguments): number for number, arguments in left.items()}
                for future in as_completed(running):
                    done = future.result()
                    del left[running[future]]
                    yield done
        except (BrokenProcessPool, MemoryError):
            workers //= 2
            if on_loss is not None:
                on_loss(workers)
    for arguments in left.values():
        yield call(*arguments)


class Processes(ProcessPoolExecutor):
    """Processes that know who began them."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers, mp_context=get_context("spawn"), initializer=_watch_parent)
        self.workers = workers

    def submit(self, call: Callable[..., T], /, *arguments: Any, **named: Any) -> Future[T]:  # noqa: ANN401 - anything
        """Hand a function and its arguments to the next free process; the first ones are started by this."""
        with _deaf_to_interrupts():
            return super().submit(call, *arguments, **named)

    def end(self) -> None:
        """End what the processes have begun."""
        for process in tuple((self._processes or {}).values()):
            process.terminate()


@contextmanager
def processes(workers: int) -> Iterator[Processes]:
    """Give an executor of so many processes; what they have not begun when the block is left, they never begin.

    If an exception leaves it, what they have begun is ended too.

    The first process needs a resource tracker, to which multiprocessing hands the descriptor of `sys.stderr`. Under
    Textual that is an object without one, so the tracker is started with the stderr that the program began with.
    """
    if os.name == "posix":
        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
    with Processes(workers) as pool:
        try:
            yield pool
        except BaseException:
            pool.end()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _watch_parent() -> None:
    """Let this process end with its parent: one that is killed tells nobody, and its workers would wait for ever."""
    Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Keep SIGINT waiting: processes that are started meanwhile keep it waiting for good."""
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
