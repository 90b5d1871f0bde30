"""Where grading happens: any `concurrent.futures.Executor`, opened anew when one breaks.

What is handed to one is a function of a module and its arguments, all of which can be pickled; what it returns is equal
whoever does it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, as_completed
from contextlib import AbstractContextManager
from typing import Any, TypeAlias, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Open: TypeAlias = Callable[[], AbstractContextManager[Executor]]
"""Gives an executor for as long as the block lasts."""
OnLoss: TypeAlias = Callable[[int], None]
"""Told how many pieces of work are left, after a worker was lost."""


def spread(
    call: Callable[..., T], work: Mapping[K, tuple[Any, ...]], open: Open, on_loss: OnLoss | None = None
) -> Iterator[tuple[K, T]]:
    """Yield the key of each piece of work with what `call` returns for its arguments, as it comes."""
    left = dict(work)
    while left:
        try:
            with open() as executor:
                running = {executor.submit(call, *arguments): key for key, arguments in left.items()}
                for future in as_completed(running):
                    done, key = future.result(), running[future]
                    del left[key]
                    yield key, done
        except BrokenExecutor:
            if on_loss is not None:
                on_loss(len(left))
