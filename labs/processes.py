"""Worker processes that end with the program, however it ends, and that a Ctrl-C does not reach by itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, redirect_stderr
from multiprocessing import active_children, get_context, parent_process, resource_tracker
from threading import Thread
from typing import Any

Submit = Callable[..., "Future[Any]"]
"""Hands a function and its arguments to the next free process."""


@contextmanager
def processes(workers: int) -> Iterator[Submit]:
    """Give what hands work to so many processes; what they have not begun when the block is left, they never begin.

    The first process needs a resource tracker, to which multiprocessing hands the descriptor of `sys.stderr`. Under
    Textual that is an object without one, so the tracker is started with the stderr that the program began with.
    """
    if os.name == "posix":
        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_watch_parent) as pool:

        def submit(call: Callable[..., Any], *arguments: object) -> Future[Any]:
            with _deaf_to_interrupts():
                return pool.submit(call, *arguments)

        try:
            yield submit
        except KeyboardInterrupt:
            for process in active_children():
                process.terminate()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


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
