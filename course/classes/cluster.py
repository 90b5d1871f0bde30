"""A Dask cluster as an executor: its scheduler is asked, its workers are compared with this program, and if it goes
away that is said in a sentence. What was done by then has come back already.

Dask gives a lost piece of work to other workers by itself. When it has lost as many as its scheduler allows, that is a
`Killer` here, whatever Dask calls it.
"""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from course.classes.code import Code, code
from course.classes.executors import Killer, Open
from course.classes.same_program import (
    NoCluster,
    NotInstalled,
    compare_scheduler,
    compare_workers,
    lonely,
    refuse_other_code,
)
from course.errors import one_line

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
LOOK_S = 1.0
"""How often the scheduler is asked whether it is still there, and has workers."""


def cluster(address: str, patience_s: float) -> Open:
    """Return what opens the cluster whose scheduler has this address, such as `tcp://10.0.0.1:8786`.

    `patience_s` is how long the scheduler may take to answer, and how long it may be without workers. Opening raises
    NotInstalled or NoCluster; if the cluster goes away later, that is raised by the work that was handed over.
    """
    return partial(_connected, address, patience_s)


@contextmanager
def _connected(address: str, patience_s: float) -> Iterator[Executor]:
    try:
        import dask

        # Read when distributed is imported first: whatever it complains of is said here in a sentence.
        with dask.config.set({"logging": {"distributed": "critical", "distributed.client": "critical"}}):
            import distributed
    except ImportError as error:
        raise NotInstalled from error
    compare_scheduler(address, patience_s)
    with warnings.catch_warnings():
        # Differences that matter were refused; of others, such as a patch of Python, it tells in a table.
        warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
        client = distributed.Client(address, timeout=patience_s, set_as_default=False, name="mlcourse")
    with client:
        compare_workers(client, address, patience_s)
        executor = ClusterExecutor(client, address, patience_s)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)


class ClusterExecutor(Executor):
    """Hands work to the workers of a cluster, and looks after the cluster meanwhile.

    Work and arguments are sent as bytes: Dask would look through arguments for futures of its own.
    """

    def __init__(self, client: Client, address: str, patience_s: float) -> None:
        self._client, self._where, self._patience_s = client, one_line(address)[:80], patience_s
        self._executor = client.get_executor(pure=False)
        self._running: set[Future[Any]] = set()
        self._left = Event()
        self.workers = sum(client.nthreads().values())
        """How many pieces of work are done at a time: one by each thread of each worker. Workers come and go."""
        self._watch = Thread(target=self._look_after, daemon=True)
        self._watch.start()

    def submit(self, call: Callable[..., T], /, *arguments: Any, **named: Any) -> Future[T]:  # noqa: ANN401 - anything
        """Hand a function of a module and its arguments to the cluster."""
        if self._client.status != "running":
            raise NoCluster(self._gone())
        inner = self._executor.submit(_carried, code(), pickle.dumps((call, arguments, named)))
        outer: Future[T] = Future()
        self._running.add(outer)
        outer.add_done_callback(partial(self._ended, inner))
        inner.add_done_callback(partial(self._pass_on, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; what is still running is not waited for."""
        self._left.set()
        self._watch.join()
        for future in tuple(self._running):
            future.cancel()
        self._executor.shutdown(wait=wait and not cancel_futures)

    def _ended(self, inner: Future[Any], outer: Future[Any]) -> None:
        self._running.discard(outer)
        if outer.cancelled():
            inner.cancel()

    def _pass_on(self, outer: Future[Any], inner: Future[Any]) -> None:
        """Give what came of one future to the other."""
        if outer.done() or not outer.set_running_or_notify_cancel():
            return
        if inner.cancelled():  # by no one here, but since the scheduler is gone
            outer.set_exception(NoCluster(self._gone()))
        elif error := inner.exception():
            outer.set_exception(self._translated(error))
        elif isinstance(result := inner.result(), _Other):
            outer.set_exception(self._of_other(result))
        else:
            outer.set_result(result)

    def _translated(self, error: BaseException) -> BaseException:
        from distributed.scheduler import KilledWorker

        return Killer(error.allowed_failures + 1) if isinstance(error, KilledWorker) else error

    def _of_other(self, other: _Other) -> NoCluster:
        try:
            refuse_other_code(f"The worker {other.worker} of {self._where}, which came later,", other.code)
        except NoCluster as error:
            return error
        raise AssertionError(other)

    def _gone(self) -> str:
        return (
            f"The scheduler at {self._where} went away. What was done by then is kept; "
            "start it again, and then the same command, to go on."
        )

    def _look_after(self) -> None:
        """Let work fail for which nobody is there any more, rather than have it waited for."""
        lonely_s = 0.0
        while not self._left.wait(LOOK_S):
            try:
                self.workers = sum(self._client.nthreads(callback_timeout=self._patience_s).values())
            except Exception:  # the scheduler is gone or silent; when the connection breaks, Dask raises what it likes
                self._fail(self._gone())
                return
            lonely_s = 0.0 if self.workers else lonely_s + LOOK_S
            if lonely_s >= self._patience_s:
                self._fail(lonely(self._where, self._patience_s))
                return

    def _fail(self, why: str) -> None:
        for future in tuple(self._running):
            if not future.done() and future.set_running_or_notify_cancel():
                future.set_exception(NoCluster(why))


class _Other:
    """What a worker returns that is of another version."""

    def __init__(self, worker: str, code: Code) -> None:
        self.worker, self.code = worker, code


def _carried(wanted: Code, packed: bytes) -> object:
    """Do a piece of work on a worker, if it is of the same version: workers may join at any time."""
    if code() != wanted:
        from distributed import get_worker

        return _Other(get_worker().address, code())
    call, arguments, named = pickle.loads(packed)
    return call(*arguments, **named)
