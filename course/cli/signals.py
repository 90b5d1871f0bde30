"""What the system sends when the program is to end: SIGTERM at a shutdown or a time limit, SIGHUP with the terminal."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread, current_thread, main_thread

NAMES = ("SIGTERM", "SIGHUP")
"""Not every system has both."""
ALL = ("SIGINT", *NAMES)
"""With Ctrl-C, which tends to be pressed more than once."""


class Ended(KeyboardInterrupt):
    """The system asks for the end, which unwinds like a Ctrl-C: workers are ended and the history is closed."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number
        """As shells have it."""


def end(number: int) -> None:
    """Unwind from wherever the program is."""
    raise KeyboardInterrupt if number == signal.SIGINT else Ended(number)


@contextmanager
def asked_to_end(do: Callable[[int], None], names: Sequence[str] = NAMES) -> Iterator[None]:
    """Do this at the first signal, and hear no other: whoever stops a program tends to send several.

    A signal that the program was started without, as under nohup, stays unheard.
    """
    if current_thread() is not main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    heard = [number for number, handler in before.items() if handler != signal.SIG_IGN]

    def hear(number: int, frame: object) -> None:
        for each in heard:
            signal.signal(each, signal.SIG_IGN)
        do(number)

    for number in heard:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])


def end_with(terminal: int) -> None:
    """Have the program asked to end once its terminal is gone.

    SIGHUP goes to whoever leads the session; one that stays, as `make` does, keeps it for itself, and the program would
    go on reading nothing as fast as it can. SIGTERM is heard under nohup too, where no terminal can come back either.
    """
    if hasattr(select, "poll"):
        Thread(target=_wait_for_the_end_of, args=(terminal,), daemon=True).start()


def _wait_for_the_end_of(terminal: int) -> None:
    poll = select.poll()
    poll.register(terminal, 0)
    if any(event & select.POLLHUP for _, event in poll.poll()):
        os.kill(os.getpid(), signal.SIGTERM)
