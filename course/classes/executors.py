"""Where grading happens: any `concurrent.futures.Executor`, opened anew when one breaks.

What is handed to one is a function of a module and its arguments, all of which can be pickled; what it returns is equal
whoever does it. A few pieces of work at a time are on their way, so that a whole class never lies pickled in memory.

A worker that ends in the middle, most likely for want of memory, takes along what others have begun too, and nobody
says whose fault that was. All of it is done again. What was there time and again when a worker ended is done alone,
after everything else, and if its worker ends then as well, it comes back as `Lost`.

CourseError
├── NoWorkers                  workers end whatever they are given
└── see course.classes.cluster
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

from course.errors import CourseError
from labs.processes import processes

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Open: TypeAlias = Callable[[], AbstractContextManager[Executor]]
"""Gives an executor for as long as the block lasts."""
OnLoss: TypeAlias = Callable[[int], None]
"""Told how many pieces of work are left, after a worker was lost."""
SUSPECT = 2
"""How often a piece of work is there when a worker ends, until it is done alone."""
PER_WORKER = 2
"""Pieces of work on their way for each worker: one that it does, and one so that it need not wait for the next."""
WORKERS = 8
"""How many an executor is taken to have that does not say so in `workers`."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What comes instead of a result from a piece of work that no worker survives."""

    times: int
    """How often a worker ended while it was done, the last time while it was alone."""
    why: str


class Killer(BrokenExecutor):
    """A piece of work that an executor has tried several times by itself, and a worker ended each time."""

    def __init__(self, times: int) -> None:
        super().__init__(f"the {times} workers that tried it last ended while they did it")
        self.times = times


class NoWorkers(CourseError):
    """Workers end before they have done anything."""

    def __init__(self, left: int) -> None:
        super().__init__(
            f"Worker processes end before they do anything, most likely for want of memory; {left} of the pieces of "
            "work are not done. What was done is kept: close other programs, or try fewer workers."
        )


def local(workers: int) -> Open:
    """Return what opens so many processes of this machine."""
    return partial(processes, workers)


def spread(
    call: Callable[..., T], work: Mapping[K, tuple[Any, ...]], open: Open, on_loss: OnLoss | None = None
) -> Iterator[tuple[K, T | Lost]]:
    """Yield the key of each piece of work with what `call` returns for its arguments, as it comes, or with `Lost`.

    Whoever closes this cancels what has not begun. What `call` raises is raised here, and ends all: a MemoryError alone
    counts as a worker that has ended. NoWorkers is raised if no worker lives for long enough to do nothing at all.
    """
    todo = _Todo(call, work, deque(work))
    with open() as executor:
        yield from todo.done_by(executor, on_loss)
    while todo.left:
        with open() as executor:
            _probe(executor, todo.left)
            yield from todo.done_by(executor, on_loss)


@dataclass(slots=True)
class _Todo(Generic[K, T]):
    """What is still to be done."""

    call: Callable[..., T]
    work: Mapping[K, tuple[Any, ...]]
    fresh: deque[K]
    suspects: deque[K] = field(default_factory=deque)
    """What is to be done alone."""
    running: dict[Future[T], K] = field(default_factory=dict)
    losses: Counter[K] = field(default_factory=Counter)

    @property
    def left(self) -> int:
        """How many pieces of work are not done."""
        return len(self.fresh) + len(self.suspects) + len(self.running)

    def done_by(self, executor: Executor, on_loss: OnLoss | None) -> Iterator[tuple[K, T | Lost]]:
        """Yield what the executor does, until it has done all or breaks."""
        try:
            while self._begin(executor) or self.running:
                done, _ = wait(self.running, return_when=FIRST_COMPLETED)
                before = self.losses.total()
                ended = [each for future in done for each in self._ended(future, self.running.pop(future))]
                if on_loss is not None and self.losses.total() > before:
                    on_loss(self.left)
                yield from ended
        finally:
            for future in self.running:
                future.cancel()

    def _begin(self, executor: Executor) -> bool:
        """Hand the next pieces of work to the executor; return whether it takes any, and there are any."""
        most = PER_WORKER * int(getattr(executor, "workers", WORKERS))
        try:
            while self.fresh and len(self.running) < most:
                self._hand_over(executor, self.fresh)
            if self.suspects and not self.running:
                self._hand_over(executor, self.suspects)
        except BrokenExecutor:
            return False
        return bool(self.running)

    def _hand_over(self, executor: Executor, those: deque[K]) -> None:
        future = executor.submit(self.call, *self.work[those[0]])
        self.running[future] = those.popleft()

    def _ended(self, future: Future[T], key: K) -> Iterator[tuple[K, T | Lost]]:
        try:
            yield key, future.result()
        except (BrokenExecutor, MemoryError) as error:
            alone = self.losses[key] >= SUSPECT
            self.losses[key] += error.times if isinstance(error, Killer) else 1
            if alone:
                yield key, Lost(self.losses[key], str(error) or "there was not enough memory")
            else:
                (self.suspects if self.losses[key] >= SUSPECT else self.fresh).append(key)


def _probe(executor: Executor, left: int) -> None:
    try:
        executor.submit(int).result()
    except (BrokenExecutor, MemoryError) as error:
        raise NoWorkers(left) from error
